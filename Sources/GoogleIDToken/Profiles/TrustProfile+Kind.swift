//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension TrustProfile {
    /// A kind of token, of which there may be several profiles, such as one for each Firebase project.
    struct Kind: Sendable {
        /// The name in fixture cases and arguments.
        let name: String
        /// A shorter name that is accepted as well.
        var shortName: String?
        /// What follows the name and a colon, such as `PROJECT`; empty if nothing does.
        var arguments: [String] = []
        /// The words for the tokens in explanations.
        let words: TokenWords
        /// The claims by which a policy can name callers.
        let callerClaims: [CallerClaim]
        /// How a verifier may handle a token whose signature was removed.
        var removedSignaturePolicies: [RemovedSignaturePolicy] = [.reject]
        /// Whether an issuer is one of these tokens.
        let isIssuer: @Sendable (String) -> Bool
        /// What follows the name and a colon in the name of the profile that accepts an issuer of this kind.
        var argument: @Sendable (_ issuer: String) -> String? = { _ in nil }
        /// Checks that tokens of this kind can have an audience; throws ``IDTokenVerifier/ConfigurationError``.
        var checkAudience: @Sendable (_ audience: String) throws(IDTokenVerifier.ConfigurationError) -> Void = { _ in }
        /// Explains an issuer of this kind, or one that resembles it, that a profile does not accept.
        var issuerMistake: @Sendable (_ issuer: String, _ profile: TrustProfile) -> String? = { _, _ in nil }
        /// Describes why no token of a profile can name a caller so, with the remedy.
        var callerMistake: @Sendable (_ caller: CallerName, _ profile: TrustProfile) -> CallerName.Mistake? = { _, _ in
            nil
        }
        /// The claims that a valid token has beside the issuer and the times of the token, for test kits and stand-ins.
        let exampleClaims: @Sendable (_ token: ExampleToken, _ profile: TrustProfile) -> [IDTokenJSON.Member]
        /// Creates a profile from the text after the name and a colon; nil if there is none.
        let profile: @Sendable (_ argument: String?) throws(IDTokenVerifier.ConfigurationError) -> TrustProfile
    }

    /// All kinds of tokens; a new kind is one more line here.
    static let kinds: [Kind] = [.googleIDToken, .identityAwareProxy, .firebase, .firebaseSession, .agentIdentity]

    /// The forms of the names of all profiles, such as `firebase:PROJECT`.
    package static var nameForms: [String] { Self.kinds.flatMap(\.nameForms) }

    /// Returns the profile with a name.
    ///
    /// | name | tokens |
    /// |---|---|
    /// | `googleIDToken` | Google's ID tokens |
    /// | `identityAwareProxy` or `iap` | the assertions of Identity-Aware Proxy |
    /// | `firebase:PROJECT` | the ID tokens of a project of Firebase or Identity Platform |
    /// | `firebaseSession:PROJECT` | the session cookies of such a project |
    /// | `agentIdentity:organizations/N`, `agentIdentity:projects/N` | the ID tokens of agents |
    ///
    /// - Parameter name: The name.
    /// - Returns: The profile.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `issuer_invalid`.
    package static func named(_ name: String) throws(IDTokenVerifier.ConfigurationError) -> TrustProfile {
        let colon = name.utf8.firstIndex(of: UInt8(ascii: ":"))
        let kindName = String(name[..<(colon ?? name.endIndex)])
        guard let kind = Self.kinds.first(where: { $0.isNamed(kindName) }) else {
            throw IDTokenVerifier.ConfigurationError(
                .issuerInvalid,
                "There is no kind of token \(kindName.quotedForOperators); name one of "
                    + "\(Self.nameForms.joined(separator: ", "))."
            )
        }
        return try kind.profile(colon.map { String(name[name.utf8.index(after: $0)...]) })
    }

    /// Returns the profile that accepts an issuer, for a program that shows a token without verifying it.
    ///
    /// - Parameter issuer: The claim `iss`, which may be forged.
    /// - Returns: The profile; nil if the issuer is none of these.
    package static func accepting(issuer: String) -> TrustProfile? {
        for kind in Self.kinds where kind.isIssuer(issuer) {
            guard let profile = try? kind.profile(kind.argument(issuer)) else { continue }
            if profile.issuers.contains(where: { $0.isExactly(issuer) }) { return profile }
        }
        return nil
    }
}

extension TrustProfile.Kind {
    fileprivate func isNamed(_ name: String) -> Bool {
        self.name.isExactly(name) || self.shortName.map { $0.isExactly(name) } ?? false
    }

    fileprivate var nameForms: [String] {
        if !self.arguments.isEmpty { return self.arguments.map { "\(self.name):\($0)" } }
        return [self.name] + (self.shortName.map { [$0] } ?? [])
    }
}

extension TrustProfile.Kind {
    /// Creates a kind with a single profile.
    ///
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `issuer_invalid` if there is an argument.
    static func only(
        _ profile: @escaping @Sendable () -> TrustProfile
    ) -> @Sendable (String?) throws(IDTokenVerifier.ConfigurationError) -> TrustProfile {
        { (argument: String?) throws(IDTokenVerifier.ConfigurationError) in
            let profile = profile()
            if case .some = argument {
                throw IDTokenVerifier.ConfigurationError(
                    .issuerInvalid,
                    "The kind of token \(profile.name) has no parts; write \(profile.name) alone."
                )
            }
            return profile
        }
    }
}
