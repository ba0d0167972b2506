//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The issuers that a verifier accepts (OpenID Connect Core §3.1.3.7, rule 2).
struct IssuerPolicy: Sendable {
    private let accepted: ExactStrings

    init(_ issuers: [String]) {
        self.accepted = ExactStrings(issuers)
    }

    /// Checks the claim `iss`.
    ///
    /// - Throws: ``VerificationError`` with `issuer_mismatch`.
    func check(_ claims: Claims) throws(VerificationError) {
        if claims.hasIssuer(in: self.accepted) { return }
        throw VerificationError(
            .issuerMismatch,
            claims.issuer.map { Self.explain($0) }
                ?? "The token has no issuer (iss) as a string; the caller must send an ID token that Google issues."
        )
    }

    private static func explain(_ issuer: String) -> String {
        let bytes = issuer.utf8
        if bytes.starts(with: KnownToken.firebaseIssuerPrefix.utf8) {
            return "The token is a Firebase or Identity Platform token, not a Google ID token; verify it with the "
                + "Firebase Admin SDK, or have the caller send a Google ID token."
        }
        if issuer.isExactly(KnownToken.identityAwareProxyIssuer) {
            return "The token is an assertion of Identity-Aware Proxy, not a Google ID token; read it from "
                + "X-Goog-IAP-JWT-Assertion and verify it with the keys of Identity-Aware Proxy."
        }
        if bytes.starts(with: "https://accounts.google.com/".utf8) {
            return "The issuer \(issuer.quotedForOperators) differs from Google's by a slash or a path, so Google did "
                + "not issue the token; the caller must send an ID token that Google issues."
        }
        if issuer.isExactly(KnownToken.chatIssuer) {
            return "The token is one that Google Chat signed for a project number, not a Google ID token; set the "
                + "authentication audience of the Chat app to its URL."
        }
        if Bytes.firstIndex(of: UInt8(ascii: "@"), in: bytes.span) != nil {
            return "The issuer \(issuer.quotedForOperators) is a service account that signed the token itself; have "
                + "the caller exchange it for an ID token that Google signs."
        }
        return "The issuer \(issuer.quotedForOperators) is not accepted by this service; the caller must send an ID "
            + "token that Google issues."
    }
}
