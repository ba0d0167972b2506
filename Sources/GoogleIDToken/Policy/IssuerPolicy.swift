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
        guard let issuer = claims.issuer else {
            throw VerificationError(.issuerMismatch) {
                "The token has no issuer (iss) as a string; \($0.remedy)."
            }
        }
        throw VerificationError(.issuerMismatch, Self.explain(issuer, at: claims.profile))
    }

    private static func explain(_ issuer: String, at profile: TrustProfile) -> String {
        for kind in TrustProfile.kinds {
            if let mistake = kind.issuerMistake(issuer, profile) { return mistake }
            guard kind.isIssuer(issuer), !kind.name.isExactly(profile.kind.name) else { continue }
            return "The token is \(kind.words.token), not \(profile.words.token); \(kind.words.usage), or "
                + "\(profile.words.alternative)."
        }
        if issuer.isExactly(KnownToken.chatIssuer) {
            return "The token is one that Google Chat signed for a project number, not \(profile.words.token); set the "
                + "authentication audience of the Chat app to its URL."
        }
        if Bytes.firstIndex(of: UInt8(ascii: "@"), in: issuer.utf8.span) != nil {
            return "The issuer \(issuer.quotedForOperators) is a service account that signed the token itself; have "
                + "the caller exchange it for an ID token that Google signs."
        }
        return "The issuer \(issuer.quotedForOperators) is not accepted by this service; \(profile.words.remedy)."
    }
}
