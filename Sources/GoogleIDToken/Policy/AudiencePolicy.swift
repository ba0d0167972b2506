//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The audiences that a verifier accepts (RFC 7519 §4.1.3, OpenID Connect Core §3.1.3.7, rule 3).
struct AudiencePolicy: Sendable {
    let accepted: ExactStrings
    /// The accepted audiences by their authority, which does not change in likely mistakes.
    let acceptedByAuthority: [ExactString: [URLParts]]
    /// Whether every audience is accepted; only a report about captured tokens may do that.
    var acceptsAny = false

    init(_ audiences: [String]) {
        self.accepted = ExactStrings(audiences)
        self.acceptedByAuthority = Dictionary(grouping: audiences.map { URLParts($0) }) {
            ExactString($0.authority)
        }
    }

    /// Checks that a token can be for each of the audiences.
    ///
    /// - Parameters:
    ///   - audiences: The audiences of a verifier.
    ///   - place: Where they come from, for the error; nil if the application gives them.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `audience_missing` or `audience_invalid`.
    static func checkNames(
        _ audiences: [String],
        from place: String? = nil
    ) throws(IDTokenVerifier.ConfigurationError) {
        guard !audiences.isEmpty, audiences.allSatisfy({ !$0.isEmpty }) else {
            throw IDTokenVerifier.ConfigurationError(
                .audienceMissing,
                "The verifier has no audience, or an empty one; give the URL of the service, or the audience that its "
                    + "callers request tokens for."
            )
        }
        for audience in audiences {
            guard let mistake = ConfiguredText(audience).mistake else { continue }
            throw IDTokenVerifier.ConfigurationError(
                .audienceInvalid,
                "\(place ?? "The verifier") names the audience",
                audience,
                mistake
            )
        }
    }

    /// Checks that every audience of the token is accepted, byte by byte.
    ///
    /// - Throws: ``VerificationError`` with `audience_mismatch`.
    func check(_ claims: Claims) throws(VerificationError) {
        if claims.hasOneAudience(in: self.accepted) { return }
        let words = claims.profile.words
        guard claims.hasAudience else {
            throw VerificationError(
                .audienceMismatch,
                "The token's audience (aud) is not a string or a list of strings; \(words.audienceRemedy)."
            )
        }
        if !self.acceptsAny, let audience = claims.audience(notIn: self.accepted) {
            throw VerificationError(.audienceMismatch, self.explain(audience, words))
        }
        guard claims.profile.rules.allowsSeveralAudiences || !claims.hasSeveralAudiences else {
            throw VerificationError(
                .audienceMismatch,
                "The token is for several audiences (aud), but \(words.tokens) are for one; \(words.remedy)."
            )
        }
    }
}
