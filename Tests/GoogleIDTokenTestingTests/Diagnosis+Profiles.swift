//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension Diagnosis {
    private static let assertion = "X-Goog-IAP-JWT-Assertion"

    /// Mistakes with tokens of Google's other issuers.
    static let ofProfiles = [
        Diagnosis("users of Identity-Aware Proxy are rejected", "what it sends to a service on Cloud Run") {
            let token = try Self.token(defect: .signatureRemoved)
            return try await Self.message(
                about: [Self.assertion: "a.b.c", "X-Serverless-Authorization": "Bearer \(token)"],
                by: Self.verifier()
            )
        },
        Diagnosis(
            "users of Identity-Aware Proxy are rejected",
            "a request with its assertion, to a verifier of ID tokens"
        ) {
            try await Self.message(about: [Self.assertion: "a.b.c"], by: Self.verifier())
        },
        Diagnosis("a request came past Identity-Aware Proxy", "a request with `X-Goog-Authenticated-User-Email` alone")
        {
            let verifier = try IDTokenVerifier(
                trusting: .identityAwareProxy,
                audience: .cloudRun(project: 123456, region: "europe-west1", service: "profiles"),
                callers: .hostedDomain("example.com")
            )
            let headers = ["X-Goog-Authenticated-User-Email": "accounts.google.com:admin@example.com"]
            return try await Self.message(about: headers, by: verifier)
        },
        Diagnosis("a token of another Firebase project", "a token of a user of `other-project`") {
            let token = try Self.sign(["iss": "https://securetoken.google.com/other-project", "aud": "other-project"])
            return try await Self.message(about: ["Authorization": "Bearer \(token)"], by: Self.firebase())
        },
        Diagnosis("a token of the Firebase emulator", "an unsigned token, which ends with a dot") {
            try await Self.message(about: ["Authorization": "Bearer eyJhbGciOiJub25lIn0.e30."], by: Self.firebase())
        },
        Diagnosis("a bound token was stolen", "a token with `cnf`, over a connection without its certificate") {
            let now = Int(Self.now.timeIntervalSince1970)
            let claims = """
                {"iss":"https://accounts.google.com","aud":"\(Self.audience)","sub":"1","iat":\(now),"exp":\(now + 60),\
                "cnf":{"x5t#S256":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}
                """
            let token = try TestIssuer().sign(claims: claims)
            return try await Self.message(about: ["Authorization": "Bearer \(token)"], by: Self.verifier())
        },
        Diagnosis("two verifiers might read one header", "verifiers of ID tokens and of Firebase tokens together") {
            Self.message { _ = try IDTokenVerifiers(Self.verifier(), Self.firebase()) }
        },
    ]

    private static func firebase() throws -> IDTokenVerifier {
        try IDTokenVerifier(trusting: .firebase(project: "my-project"), callers: .anyCaller, keys: TestIssuer().keys)
    }

    private static func message(about headers: [String: String], by verifier: IDTokenVerifier) async throws -> String {
        do throws(VerificationError) {
            _ = try await verifier.verify(headers: headers, at: Self.now)
            return "verified"
        } catch {
            return "\(error)"
        }
    }
}
