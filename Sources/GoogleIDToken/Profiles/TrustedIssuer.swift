//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// An issuer of Google's whose tokens a verifier trusts, with everything that belongs to it.
    ///
    /// | issuer | audience |
    /// |---|---|
    /// | ``identityAwareProxy`` | ``IdentityAwareProxyAudience`` |
    /// | ``firebase(project:)``, ``firebaseSession(project:)`` | none to give: it is the project |
    /// | ``agentIdentity(organization:)``, ``agentIdentity(project:)`` | `String`, such as the service's URL |
    ///
    /// One verifier trusts one issuer (RFC 8725 §3.12). For a service that is called with tokens of several issuers, see
    /// ``IDTokenVerifiers``.
    public struct TrustedIssuer<Audience: Sendable>: Sendable {
        /// The profile, or the reason why there is none.
        private let result: Result<TrustProfile, ConfigurationError>
        /// Returns the claim `aud` for an audience.
        private let claim: @Sendable (Audience) throws(ConfigurationError) -> String

        init(
            claim: @escaping @Sendable (Audience) throws(ConfigurationError) -> String,
            _ profile: () throws(ConfigurationError) -> TrustProfile
        ) {
            self.claim = claim
            do throws(ConfigurationError) {
                self.result = .success(try profile())
            } catch {
                self.result = .failure(error)
            }
        }

        package var profile: TrustProfile {
            get throws(ConfigurationError) { try self.result.get() }
        }

        package func claims(_ audiences: [Audience]) throws(ConfigurationError) -> [String] {
            var claims: [String] = []
            for audience in audiences { claims.append(try self.claim(audience)) }
            return claims
        }
    }
}

extension IDTokenVerifier {
    /// Creates a verifier for the tokens of another issuer of Google's than that of ID tokens.
    ///
    /// ```swift
    /// let verifier = try IDTokenVerifier(
    ///     trusting: .identityAwareProxy,
    ///     audience: .cloudRun(project: 123456, region: "europe-west1", service: "profiles"),
    ///     callers: .hostedDomain("example.com"))
    /// ```
    ///
    /// - Parameters:
    ///   - issuer: The issuer.
    ///   - audience: The audience that the claim `aud` must name, compared byte by byte.
    ///   - callers: The callers that are allowed.
    ///   - keys: The source of the issuer's keys; ``KeySource/google`` means those that Google publishes for this issuer.
    ///   - configuration: Limits and options.
    /// - Throws: ``ConfigurationError`` if the issuer cannot exist, no token of it can have the audience or name one of the
    ///   callers, a value is out of its range, or the keys cannot be read.
    public init<Audience>(
        trusting issuer: TrustedIssuer<Audience>,
        audience: Audience,
        callers: CallerPolicy,
        keys: KeySource = .google,
        configuration: Configuration = Configuration()
    ) throws(ConfigurationError) {
        try self.init(
            trusting: issuer,
            audiences: [audience],
            callers: callers,
            keys: keys,
            configuration: configuration
        )
    }

    /// Creates a verifier for the tokens of another issuer of Google's, for a service with several audiences.
    ///
    /// - Parameters:
    ///   - issuer: The issuer.
    ///   - audiences: The audiences that the claim `aud` may name; at least one.
    ///   - callers: The callers that are allowed.
    ///   - keys: The source of the issuer's keys; ``KeySource/google`` means those that Google publishes for this issuer.
    ///   - configuration: Limits and options.
    /// - Throws: ``ConfigurationError`` if the issuer cannot exist, no token of it can have an audience or name one of the
    ///   callers, a value is out of its range, or the keys cannot be read.
    public init<Audience>(
        trusting issuer: TrustedIssuer<Audience>,
        audiences: [Audience],
        callers: CallerPolicy,
        keys: KeySource = .google,
        configuration: Configuration = Configuration()
    ) throws(ConfigurationError) {
        let profile = try issuer.profile
        try self.init(
            trusting: profile,
            audiences: try issuer.claims(audiences),
            callers: callers,
            keys: keys,
            configuration: configuration
        )
    }

    /// Creates a verifier for the tokens of an issuer that determines their audience, such as a Firebase project.
    ///
    /// ```swift
    /// let verifier = try IDTokenVerifier(trusting: .firebase(project: "my-project"), callers: .anyCaller)
    /// ```
    ///
    /// - Parameters:
    ///   - issuer: The issuer.
    ///   - callers: The callers that are allowed.
    ///   - keys: The source of the issuer's keys; ``KeySource/google`` means those that Google publishes for this issuer.
    ///   - configuration: Limits and options.
    /// - Throws: ``ConfigurationError`` if the issuer cannot exist, no token of it can name one of the callers, a value is
    ///   out of its range, or the keys cannot be read.
    public init(
        trusting issuer: TrustedIssuer<Never>,
        callers: CallerPolicy,
        keys: KeySource = .google,
        configuration: Configuration = Configuration()
    ) throws(ConfigurationError) {
        let profile = try issuer.profile
        try self.init(
            trusting: profile,
            audiences: profile.audiences ?? [],
            callers: callers,
            keys: keys,
            configuration: configuration
        )
    }

    /// Creates a verifier for the tokens of a profile that was chosen by its name.
    package init(
        trusting profile: TrustProfile,
        audiences: [String],
        callers: CallerPolicy,
        keys: KeySource,
        configuration: Configuration
    ) throws(ConfigurationError) {
        try profile.checkCallers(callers)
        try self.init(
            profile: profile,
            audiences: audiences,
            callers: callers,
            keys: keys,
            configuration: configuration
        )
    }
}
