//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

extension IDTokenVerifier.TrustedIssuer where Audience == IdentityAwareProxyAudience {
    /// Identity-Aware Proxy, whose assertions say which user it has let through.
    ///
    /// The assertion is in `X-Goog-IAP-JWT-Assertion`; it is signed with ES256 and valid for ten minutes. The headers
    /// `X-Goog-Authenticated-User-*` are not signed and never read. See
    /// [Securing your app with signed headers](https://cloud.google.com/iap/docs/signed-headers-howto).
    public static var identityAwareProxy: IDTokenVerifier.TrustedIssuer<IdentityAwareProxyAudience> {
        Self(
            claim: { (audience) throws(IDTokenVerifier.ConfigurationError) in try audience.claim },
            { () throws(IDTokenVerifier.ConfigurationError) in .identityAwareProxy }
        )
    }
}

extension TrustProfile {
    /// The assertions of Identity-Aware Proxy.
    package static let identityAwareProxy: TrustProfile = TrustProfile(
        kind: .identityAwareProxy,
        name: "identityAwareProxy",
        signatureAlgorithm: .es256,
        issuers: [KnownToken.identityAwareProxyIssuer],
        keysURL: "https://www.gstatic.com/iap/verify/public_key-jwk",
        credentialHeaders: [.xGoogIAPJWTAssertion],
        maximumLifetime: .seconds(10 * 60),
        rules: ClaimRules(
            subject: .ascii(maximumCount: 1_024),
            isEmailVerified: { IdentityAwareProxyUser.hasVerifiedEmail($0) }
        )
    )
}

/// The user of an assertion.
private enum IdentityAwareProxyUser {
    /// The start of the subject of a Google account.
    static let googleAccount = "accounts.google.com:"

    /// Whether an e-mail address is that of the user.
    ///
    /// Assertions have no claim `email_verified`. Google accounts have verified addresses. Users of Identity Platform have
    /// them if the claim `gcip` says so; for users of a workforce pool nothing says so.
    static func hasVerifiedEmail(_ claims: JSONTape) -> Bool {
        if let index = claims.member("email_verified", of: 0), claims.kind(at: index) != .true { return false }
        if let subject = claims.string(at: claims.member("sub", of: 0)), subject.utf8.starts(with: googleAccount.utf8) {
            return true
        }
        guard
            let user = claims.member("gcip", of: 0), claims.kind(at: user) == .object,
            let isVerified = claims.member("email_verified", of: user)
        else { return false }
        return claims.kind(at: isVerified) == .true
    }
}

extension TrustProfile.Kind {
    static let identityAwareProxy: TrustProfile.Kind = TrustProfile.Kind(
        name: "identityAwareProxy",
        shortName: "iap",
        words: .identityAwareProxy,
        callerClaims: [.email, .subject, .hostedDomain, .accessLevel],
        isIssuer: { $0.isExactly(KnownToken.identityAwareProxyIssuer) },
        checkAudience: { (audience) throws(IDTokenVerifier.ConfigurationError) in
            _ = try IdentityAwareProxyAudience.exactly(audience).claim
        },
        callerMistake: { caller, _ in
            if caller.claim.isSame(as: .subject), !caller.text.utf8.contains(UInt8(ascii: ":")) {
                return CallerName.Mistake(
                    "which does not say whose user it is",
                    .name(CallerName(.subject, "\(IdentityAwareProxyUser.googleAccount)\(caller.text)"))
                )
            }
            guard caller.claim.isSame(as: .email) else { return nil }
            let prefix = IdentityAwareProxyUser.googleAccount
            guard caller.text.utf8.starts(with: prefix.utf8) else { return nil }
            let address = String(Substring(caller.text.utf8.dropFirst(prefix.utf8.count)))
            return CallerName.Mistake(
                "which begins with \(prefix.quotedForOperators), as in X-Goog-Authenticated-User-Email",
                .name(CallerName(.email, address))
            )
        },
        exampleClaims: { token, _ in
            let isComplete = token.subject.utf8.contains(UInt8(ascii: ":"))
            let subject = isComplete ? token.subject : "\(IdentityAwareProxyUser.googleAccount)\(token.subject)"
            return [
                ("aud", .string(token.audience)), ("azp", .string(token.audience)), ("sub", .string(subject)),
                ("email", .string(token.email)),
            ] + token.domainClaim
        },
        profile: Self.only { .identityAwareProxy }
    )
}

extension CallerClaim {
    static let accessLevel: CallerClaim = CallerClaim(
        prefix: "accessLevel",
        function: ".accessLevels(",
        words: "access level",
        pluralWords: "the access levels",
        mistake: { name in
            guard !name.utf8.starts(with: "accessPolicies/".utf8) else { return nil }
            return CallerName.Mistake(
                "which is not the full name of an access level",
                .words("give a name such as accessPolicies/POLICY/accessLevels/LEVEL")
            )
        },
        policy: { .accessLevels($0) },
        isNamed: { claims, names in
            let tape = claims.tape
            guard
                let google = tape.member("google", of: 0),
                let levels = tape.member("access_levels", of: google), tape.isListOfStrings(at: levels)
            else { return false }
            return (levels + 1..<tape.end(of: levels)).contains { tape.isString(at: $0, in: names) }
        }
    )
}

extension CallerPolicy {
    /// Allows users with at least one of several access levels, in assertions of Identity-Aware Proxy.
    ///
    /// - Parameter names: The full names, such as `accessPolicies/518551280924/accessLevels/corporate`.
    /// - Returns: A policy that allows these users.
    public static func accessLevels(_ names: String...) -> CallerPolicy {
        self.accessLevels(names)
    }

    /// Allows users with at least one of several access levels, in assertions of Identity-Aware Proxy.
    ///
    /// - Parameter names: The full names, such as `accessPolicies/518551280924/accessLevels/corporate`.
    /// - Returns: A policy that allows these users.
    public static func accessLevels(_ names: [String]) -> CallerPolicy {
        self.named(names, by: .accessLevel)
    }
}

extension VerifiedIDToken {
    /// The access levels of the user (claim `google.access_levels`), in assertions of Identity-Aware Proxy.
    public var accessLevels: [String] {
        self.claim("google")?["access_levels"]?.stringsValue ?? []
    }

    /// The principal of a user of a workforce pool (claim `workforce_identity.iam_principal`), in assertions of
    /// Identity-Aware Proxy, such as
    /// `principal://iam.googleapis.com/locations/global/workforcePools/POOL/subject/SUBJECT`; nil for other users.
    public var workforcePrincipal: String? {
        self.claim("workforce_identity")?["iam_principal"]?.stringValue
    }

    /// The workforce pool of a user (claim `workforce_identity.workforce_pool_name`), in assertions of Identity-Aware
    /// Proxy, such as `locations/global/workforcePools/POOL`; nil for other users.
    public var workforcePool: String? {
        self.claim("workforce_identity")?["workforce_pool_name"]?.stringValue
    }
}

extension TokenWords {
    static let identityAwareProxy: TokenWords = TokenWords(
        token: "an assertion of Identity-Aware Proxy",
        tokens: "the assertions of Identity-Aware Proxy",
        remedy: "the request must come through Identity-Aware Proxy, which adds a new assertion",
        alternative: "have the request come through Identity-Aware Proxy, which adds an assertion",
        audienceRemedy:
            "if the request is meant for this service, give the audience that the page of Identity-Aware Proxy in "
            + "the Google Cloud console shows for it",
        emailRemedy: "allow the user by the subject",
        lifetime: "ten minutes",
        missing:
            "The request has no X-Goog-IAP-JWT-Assertion header, so it did not come through Identity-Aware Proxy: it came "
            + "past it, or Identity-Aware Proxy is turned off. Turn it on, and let only it reach this service; answer health "
            + "checks, which do not come through it, without a verifier.",
        unknownKey:
            "The assertion was not signed with the keys of Identity-Aware Proxy, or its key is newer than the keys.",
        usage: "read X-Goog-IAP-JWT-Assertion and verify it with IDTokenVerifier(trusting: .identityAwareProxy, …)"
    )
}
