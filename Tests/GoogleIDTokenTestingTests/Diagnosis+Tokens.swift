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
    /// Mistakes that are in the token or in the header field that carries it.
    static let ofTokens = [
        Diagnosis("Cloud Run removed the signature", "a token in `X-Serverless-Authorization`, on Cloud Run") {
            try await Self.message(about: Self.token(defect: .signatureRemoved), in: "X-Serverless-Authorization")
        },
        Diagnosis("Cloud Run removed the signature", "a token in `Authorization`, to a first-generation function") {
            try await Self.message(about: Self.token(defect: .signatureRemoved))
        },
        Diagnosis(
            "the signature has an unexpected length",
            "a token whose last bytes are missing, as a log cuts it off"
        ) {
            try await Self.message(about: Self.token(defect: .signatureCut))
        },
        Diagnosis("a signature might not be verified", "a token with other claims and the same signature") {
            try await Self.message(about: Self.token(defect: .tampered))
        },
        Diagnosis("an access token instead of an ID token", "`gcloud auth print-access-token`: `ya29.a0AfB_…`") {
            try await Self.message(about: "ya29.a0AfB_byC1")
        },
        Diagnosis("a token of Firebase", "a token that Firebase's keys have signed") {
            let other = try TestIssuer(key: .second)
            let issuer = "https://securetoken.google.com/my-project"
            return try await Self.message(about: Self.sign(["iss": issuer, "aud": "my-project"], by: other))
        },
        Diagnosis("an assertion of Identity-Aware Proxy", "`X-Goog-IAP-JWT-Assertion`, copied to `Authorization`") {
            let header = #"{"alg":"ES256","typ":"JWT","kid":"mpf0DA"}"#
            return try await Self.message(about: TestIssuer().sign(claims: "{}", header: header))
        },
        Diagnosis("the issuer might not be checked", "`iss` is `https://accounts.google.com/`") {
            try await Self.message(about: Self.sign(["iss": "https://accounts.google.com/"]))
        },
        Diagnosis("a malformed token might end the process", "`Bearer a.b.c`") {
            try await Self.message(about: "a.b.c")
        },
        Diagnosis("a token of many dots might cost memory", "a token of 16,000 dots") {
            try await Self.message(about: String(repeating: ".", count: 16_000))
        },
        Diagnosis("“token used too early”", "the service's clock is 40 seconds slow") {
            try await Self.message(about: Self.token(), at: Self.now.addingTimeInterval(-40))
        },
        Diagnosis("“token expired” right after minting", "the service's clock is two hours fast") {
            try await Self.message(about: Self.token(), at: Self.now.addingTimeInterval(7_200))
        },
        Diagnosis(
            "a cached token might outlive its time",
            "the same token three times; the third time is an hour later"
        ) {
            let verifier = try Self.verifier()
            let token = try Self.token()
            _ = try await verifier.verify(token: token, at: Self.now)
            _ = try await verifier.verify(token: token, at: Self.now)
            return try await Self.message(about: token, by: verifier, at: Self.now.addingTimeInterval(3_630))
        },
        Diagnosis("an error might put the token into the log", "print the error of a token that was changed") {
            try await Self.message(about: Self.token(defect: .tampered))
        },
    ]

    /// Signs claims that no sender has.
    static func sign(_ changes: [String: String], by issuer: TestIssuer? = nil) throws -> String {
        let issuer = try issuer ?? TestIssuer()
        let seconds = Int(Self.now.timeIntervalSince1970)
        var texts = ["iss": "https://accounts.google.com", "aud": Self.audience, "sub": Self.login.subject]
        texts.merge(changes) { $1 }
        let members = texts.sorted { $0.key < $1.key }.map { #""\#($0.key)":"\#($0.value)""# }
        let claims = members.joined(separator: ",")
        return try issuer.sign(claims: #"{\#(claims),"iat":\#(seconds),"exp":\#(seconds + 3_600)}"#)
    }
}
