//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import OpenSSLSigning
internal import TestSupport

@testable internal import GoogleIDTokenCredentials

/// The texts of credential files whose servers are on the loopback.
enum KeyFiles {
    static let account = "login@my-project.iam.gserviceaccount.com"
    static let target = "target@my-project.iam.gserviceaccount.com"

    /// A service account key file with changes, where nil takes a member away.
    static func serviceAccount(
        _ tokenURL: String,
        pem: [UInt8]? = nil,
        _ changes: [String: IDTokenJSON?] = [:]
    ) throws -> String {
        let pem = try pem ?? TestToken.key.privateKeyPEM()
        return Self.json(
            [
                "type": .string("service_account"), "client_email": .string(Self.account),
                "private_key_id": .string("key-1"), "private_key": .string(String(decoding: pem, as: UTF8.self)),
                "token_uri": .string(tokenURL), "universe_domain": .string("googleapis.com"),
            ],
            changes
        )
    }

    /// A federation file with a source.
    static func externalAccount(
        _ server: LoopbackServer,
        source: String,
        type: String = "urn:ietf:params:oauth:token-type:jwt",
        _ changes: [String: IDTokenJSON?] = [:]
    ) throws -> String {
        Self.json(
            [
                "type": .string("external_account"),
                "audience": .string(Self.provider),
                "subject_token_type": .string(type),
                "token_url": .string(server.url("/v1/token")),
                "service_account_impersonation_url": .string(Self.impersonationURL(server)),
                "credential_source": try JSONReader.read(Array(source.utf8)),
            ],
            changes
        )
    }

    static let provider = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/p"

    static func impersonationURL(_ server: LoopbackServer) -> String {
        server.url("/v1/projects/-/serviceAccounts/\(Self.target):generateAccessToken")
    }

    /// A file that impersonates an account with other credentials.
    static func impersonation(_ server: LoopbackServer, source: String, delegates: [String] = []) throws -> String {
        Self.json(
            [
                "type": .string("impersonated_service_account"),
                "service_account_impersonation_url": .string(Self.impersonationURL(server)),
                "source_credentials": try JSONReader.read(Array(source.utf8)),
                "delegates": .array(delegates.map { .string($0) }),
            ],
            [:]
        )
    }

    /// The credentials of a user.
    static func authorizedUser(_ tokenURL: String) -> String {
        Self.json(
            [
                "type": .string("authorized_user"), "client_id": .string("client"),
                "client_secret": .string("GOCSPX-swordfish"),
                "refresh_token": .string("1//refresh"), "token_uri": .string(tokenURL),
            ],
            [:]
        )
    }

    static func json(_ members: [String: IDTokenJSON], _ changes: [String: IDTokenJSON?]) -> String {
        var members = members
        for (name, value) in changes { members[name] = value }
        return IDTokenJSON.object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }).json
    }

    /// The credentials of a file's text.
    static func credentials(_ text: String, _ environment: CredentialsEnvironment) throws -> IDTokenCredentials {
        let members = try CredentialMembers(json: Array(text.utf8), place: "the credential file")
        return try IDTokenCredentials.credentialFile(members, environment)
    }
}

extension LoopbackServer {
    /// A stand-in for the token endpoint, the Security Token Service and the IAM Credentials API.
    static func google() throws -> LoopbackServer {
        try LoopbackServer { request in
            let path = request.path
            if path.hasSuffix(":generateIdToken") {
                let audience = (try? JSONReader.read(request.body))?["audience"]?.stringValue ?? ""
                return .json("token", (try? TestToken.minted(for: audience)) ?? "")
            }
            if path.hasSuffix(":generateAccessToken") {
                return .text(#"{"accessToken":"impersonated","expireTime":"2023-11-14T23:14:20.123456789Z"}"#)
            }
            if path == "/v1/token" {
                return .text(
                    #"{"access_token":"federated","issued_token_type":"a","token_type":"Bearer","expires_in":"3600"}"#
                )
            }
            if path == "/v1/oauthtoken" || request.form["grant_type"] == "refresh_token" {
                return .text(#"{"access_token":"user","expires_in":3599,"refresh_token":"1//second"}"#)
            }
            let claims = request.form["assertion"]?.split(separator: ".").dropFirst().first
                .flatMap { Base64URL.decode(Array($0.utf8).span) }.flatMap { try? JSONReader.read($0) }
            guard let audience = claims?["target_audience"]?.stringValue else {
                return .text(#"{"access_token":"key","expires_in":3599}"#)
            }
            return .json("id_token", (try? TestToken.minted(for: audience)) ?? "")
        }
    }
}
