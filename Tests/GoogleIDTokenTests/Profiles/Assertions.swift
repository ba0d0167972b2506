//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import OpenSSLSigning
internal import TestSupport

@testable internal import GoogleIDToken

/// An assertion of Identity-Aware Proxy, and the key that signs it.
struct Assertions {
    static let audience = "/projects/123456/locations/europe-west1/services/profiles"
    static let subject = "accounts.google.com:104029292853099978293"
    static let header = "X-Goog-IAP-JWT-Assertion"

    private let key: ECKeyPair
    /// The key as Google publishes it: by its key ID, in PEM form.
    let keyDocument: [UInt8]

    init() throws {
        self.key = try ECKeyPair()
        let pem = String(decoding: try self.key.publicKeyPEM(), as: UTF8.self)
        self.keyDocument = Array(IDTokenJSON.object([("proxy1", .string(pem))]).json.utf8)
    }

    func signed(_ changes: [String: String?] = [:]) throws -> String {
        var claims = [
            "iss": #""https://cloud.google.com/iap""#,
            "aud": "\"\(Self.audience)\"",
            "sub": "\"\(Self.subject)\"",
            "email": #""user@example.com""#,
            "hd": #""example.com""#,
            "google": #"{"access_levels":["accessPolicies/1/accessLevels/a"]}"#,
            "iat": "\(TestToken.issuedAt)",
            "exp": "\(TestToken.issuedAt + 600)",
        ]
        for (name, json) in changes { claims[name] = json }
        let text = claims.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        let header = Base64URL.encode(Array(#"{"alg":"ES256","kid":"proxy1","typ":"JWT"}"#.utf8))
        let message = "\(header).\(Base64URL.encode(Array("{\(text)}".utf8)))"
        return "\(message).\(Base64URL.encode(try self.key.sign(Array(message.utf8))))"
    }

    func verifier(
        callers: CallerPolicy = .anyCaller,
        _ change: (inout IDTokenVerifier.Configuration) -> Void = { _ in }
    ) throws -> IDTokenVerifier {
        var configuration = IDTokenVerifier.Configuration()
        change(&configuration)
        return try IDTokenVerifier(
            trusting: .identityAwareProxy,
            audience: .cloudRun(project: 123456, region: "europe-west1", service: "profiles"),
            callers: callers,
            keys: .document(self.keyDocument),
            configuration: configuration
        )
    }
}
