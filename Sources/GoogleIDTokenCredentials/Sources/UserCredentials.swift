//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken
internal import IDTokenPlatform

/// Access tokens of a user's refresh token (RFC 6749 §6), with which a service account is impersonated.
struct UserCredentials: AccessTokenFetching {
    let words: String
    private let exchange: Exchange
    private let url: String
    private let clientID: String
    private let clientSecret: String
    /// Whether the client is named in a header field (RFC 6749 §2.3.1) and not in the form.
    private let usesBasicAuthorization: Bool
    /// The server may replace the refresh token with each access token.
    private let refreshToken: Lock<String>

    /// Reads credentials of the type `authorized_user`.
    init(google file: CredentialMembers, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) {
        let url = try file.url("token_uri", environment) ?? GoogleName.tokenURL
        try self.init(file, url: url, words: "user credentials of gcloud", isWorkforce: false, environment)
    }

    /// Reads credentials of the type `external_account_authorized_user`.
    init(workforce file: CredentialMembers, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) {
        let universe = try file.universe()
        let url = try file.url("token_url", environment) ?? "https://sts.\(universe)/v1/oauthtoken"
        try self.init(file, url: url, words: "workforce user credentials", isWorkforce: true, environment)
    }

    private init(
        _ file: CredentialMembers,
        url: String,
        words: String,
        isWorkforce: Bool,
        _ environment: CredentialsEnvironment
    ) throws(IDTokenCredentialsError) {
        self.exchange = .secure(environment)
        self.url = url
        self.words = words
        self.clientID = try file.required("client_id")
        self.clientSecret = try file.required("client_secret")
        self.usesBasicAuthorization = isWorkforce
        let refreshToken = try file.required("refresh_token")
        self.refreshToken = Lock(refreshToken)
    }

    func accessToken() async throws(IDTokenCredentialsError) -> FetchedToken {
        let refreshToken = self.refreshToken.withLock { $0 }
        var form = [(name: "grant_type", value: "refresh_token"), (name: "refresh_token", value: refreshToken)]
        var fields = [GoogleName.formField]
        if self.usesBasicAuthorization {
            fields.append(BasicAuthorization.field(self.clientID, self.clientSecret))
        } else {
            form += [("client_id", self.clientID), ("client_secret", self.clientSecret)]
        }
        let request = Exchange.Request(
            http: HTTPRequest(.post, self.url, fields: fields, body: FormText.form(form)),
            secrets: [refreshToken, self.clientSecret],
            remedy: { _, error in
                error?.refusesCredential == true
                    ? "The user's session has expired or was revoked; run 'gcloud auth application-default login' again."
                    : ""
            }
        )
        let (token, replacement) = try await self.exchange.send(request) { answer throws(IDTokenCredentialsError) in
            (try answer.accessToken(), try answer.object()["refresh_token"]?.stringValue)
        }
        if let replacement, !replacement.utf8.isEmpty { self.refreshToken.withLock { $0 = replacement } }
        return token
    }
}

/// The header field of RFC 7617, in which OAuth clients name themselves.
enum BasicAuthorization {
    static func field(_ clientID: String, _ clientSecret: String) -> (name: String, value: String) {
        ("Authorization", "Basic \(Self.base64(Array("\(clientID):\(clientSecret)".utf8)))")
    }

    /// Encodes bytes as base64 with padding (RFC 4648 §4).
    static func base64(_ bytes: [UInt8]) -> String {
        let text = Base64URL.encode(bytes).utf8
            .map { byte in
                switch byte {
                case UInt8(ascii: "-"): UInt8(ascii: "+")
                case UInt8(ascii: "_"): UInt8(ascii: "/")
                default: byte
                }
            }
        return String(
            decoding: text + [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4),
            as: UTF8.self
        )
    }
}
