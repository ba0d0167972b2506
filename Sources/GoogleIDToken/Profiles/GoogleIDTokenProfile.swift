//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension TrustProfile {
    /// Google's OpenID Connect ID tokens.
    ///
    /// See [OpenID Connect](https://developers.google.com/identity/openid-connect/openid-connect).
    package static let googleIDToken: TrustProfile = TrustProfile(
        kind: .googleIDToken,
        name: "googleIDToken",
        issuers: [KnownToken.googleIssuer, "accounts.google.com"],
        keysURL: "https://www.googleapis.com/oauth2/v3/certs",
        credentialHeaders: [.xServerlessAuthorization, .authorization],
        maximumLifetime: .seconds(24 * 60 * 60),
        rules: ClaimRules(allowsSeveralAudiences: true)
    )
}

extension TrustProfile.Kind {
    static let googleIDToken: TrustProfile.Kind = TrustProfile.Kind(
        name: "googleIDToken",
        words: .googleIDToken,
        callerClaims: [.email, .subject, .hostedDomain],
        removedSignaturePolicies: RemovedSignaturePolicy.allCases,
        isIssuer: { issuer in
            issuer.isExactly(KnownToken.googleIssuer) || issuer.isExactly("accounts.google.com")
        },
        issuerMistake: { issuer, _ in
            guard issuer.utf8.starts(with: "\(KnownToken.googleIssuer)/".utf8) else { return nil }
            return "The issuer \(issuer.quotedForOperators) differs from Google's by a slash or a path, so Google did "
                + "not issue the token; the caller must send an ID token that Google issues."
        },
        exampleClaims: { token, _ in
            [("aud", .string(token.audience)), ("azp", .string(token.subject))] + token.userClaims
        },
        profile: Self.only { .googleIDToken }
    )
}

extension TokenWords {
    static let googleIDToken: TokenWords = TokenWords(
        token: "a Google ID token",
        tokens: "Google's ID tokens",
        remedy: "the caller must send an ID token that Google issues",
        alternative: "have the caller send a Google ID token",
        audienceRemedy: "have the caller request a token for this service's audience",
        emailRemedy:
            "have the caller request it with format=full (metadata server) or includeEmail (generateIdToken), or "
            + "allow the subject",
        lifetime: "an hour",
        missing: "The request has neither an Authorization nor an X-Serverless-Authorization header; the caller must "
            + "send 'Authorization: Bearer' and an ID token.",
        unknownKey:
            "The token was not signed with Google's keys for ID tokens (it may be a Firebase token, which "
            + "IDTokenVerifier(trusting: .firebase(project:), …) verifies, or a service account signed it itself), or it is so old that its key was retired; run 'idtoken inspect' to see its "
            + "header and claims.",
        usage: "verify it with IDTokenVerifier(audience:callers:)"
    )
}
