//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

/// Verifies the Google-signed OpenID Connect ID tokens that callers of a private service send.
///
/// ```swift
/// let verifier = try IDTokenVerifier(
///     audience: "https://profiles-123456.europe-west1.run.app",
///     callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com"))
/// let caller = try await verifier.verify(headers: request.headers)
/// ```
/// Use it in services that receive ID tokens which Google issues. With `init(trusting:…)` it verifies the tokens of one of
/// Google's other issuers instead: Identity-Aware Proxy, Firebase and Identity Platform, or agent identities. It does not
/// verify access tokens.
public struct IDTokenVerifier: Sendable {
    let profile: TrustProfile
    let configuration: Configuration
    let keys: KeyRing
    let cache: VerifiedTokenCache?
    let issuers: IssuerPolicy
    private(set) var audiences: AudiencePolicy
    let times: TimePolicy
    let callers: CallerPolicy
    /// The client certificate of the connection, to which tokens may be bound.
    var clientCertificate: ClientCertificate?

    /// Creates a verifier for a service with one audience.
    ///
    /// - Parameters:
    ///   - audience: The audience that the claim `aud` must name, compared byte by byte; on Cloud Run this is the
    ///     service's URL.
    ///   - callers: The callers that are allowed.
    ///   - keys: The source of Google's keys.
    ///   - configuration: Limits and options.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` if the audience is empty or no token can have it, the policy
    ///   names no caller or one that no token can name, a value is out of its range, or the keys cannot be read.
    public init(
        audience: String,
        callers: CallerPolicy,
        keys: KeySource = .google,
        configuration: Configuration = Configuration()
    ) throws(IDTokenVerifier.ConfigurationError) {
        try self.init(audiences: [audience], callers: callers, keys: keys, configuration: configuration)
    }

    /// Creates a verifier for a service with several audiences, such as the two URLs of a Cloud Run service.
    ///
    /// ``cloudRunAudiences(_:)-(String...)`` returns the audiences of a Cloud Run service.
    ///
    /// - Parameters:
    ///   - audiences: The audiences that the claim `aud` may name; at least one.
    ///   - callers: The callers that are allowed.
    ///   - keys: The source of Google's keys.
    ///   - configuration: Limits and options.
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` if there is no audience, an empty one or one that no token can
    ///   have, the policy names no caller or one that no token can name, a value is out of its range, or the keys cannot
    ///   be read.
    public init(
        audiences: [String],
        callers: CallerPolicy,
        keys: KeySource = .google,
        configuration: Configuration = Configuration()
    ) throws(IDTokenVerifier.ConfigurationError) {
        try self.init(
            profile: .googleIDToken,
            audiences: audiences,
            callers: callers,
            keys: keys,
            configuration: configuration
        )
    }

    /// Creates a verifier for one kind of token.
    package init(
        profile: TrustProfile,
        audiences: [String],
        callers: CallerPolicy,
        keys: KeySource,
        configuration: Configuration
    ) throws(ConfigurationError) {
        try self.init(profile: profile, audiences: audiences, callers: callers, configuration: configuration) {
            () throws(ConfigurationError) in try keys.open(for: profile, onEvent: configuration.onEvent)
        }
    }

    /// Returns a verifier that accepts tokens for every audience, for a report about captured tokens.
    ///
    /// A service must never use it: it would accept tokens that were sent to another service.
    package func acceptingAnyAudience() -> IDTokenVerifier {
        var verifier = self
        verifier.audiences.acceptsAny = true
        return verifier
    }

    /// Creates a verifier whose keys are opened only after all other arguments are checked.
    init(
        profile: TrustProfile,
        audiences: [String],
        callers: CallerPolicy,
        configuration: Configuration,
        openKeys: () throws(ConfigurationError) -> KeyRing
    ) throws(ConfigurationError) {
        try AudiencePolicy.checkNames(audiences)
        try callers.checkNames("The caller policy")
        try configuration.validate()
        try profile.checkRemovedSignature(configuration.removedSignature)
        self.profile = profile
        self.configuration = configuration
        self.issuers = IssuerPolicy(profile.issuers)
        self.audiences = AudiencePolicy(audiences)
        self.times = TimePolicy(
            clockSkew: configuration.clockSkew.inSeconds,
            maximumLifetime: (configuration.maximumLifetime ?? profile.maximumLifetime).inSeconds
        )
        self.callers = callers
        self.cache = VerifiedTokenCache(capacity: configuration.maximumCachedTokens)
        self.keys = try openKeys()
        if let cache, case .fetched(let store) = self.keys {
            store.onKeySet { cache.removeAll(notSignedWith: $0) }
        }
    }
}

extension IDTokenVerifier {
    /// Verifies the ID token of a request.
    ///
    /// The verifier reads `X-Serverless-Authorization` if the request has it, and `Authorization` otherwise. It never
    /// reads both, except under ``RemovedSignaturePolicy/verifyAuthorizationInstead``. It suspends only while keys are
    /// fetched.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; the case of their names does not matter.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``.
    public func verify(
        headers: some Sequence<(name: String, value: String)>,
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        try await self.verify(.request(RequestHeaders(headers)), at: JudgementTime(time))
    }

    /// Verifies the ID token of a request.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; the case of their names does not matter.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``.
    public func verify(
        headers: [String: String],
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        try await self.verify(.request(RequestHeaders(headers)), at: JudgementTime(time))
    }

    /// Verifies a token.
    ///
    /// A token whose signature was removed is rejected under every policy, since no header shows that it passed Cloud
    /// Run.
    ///
    /// - Parameters:
    ///   - token: The token, in the compact form of RFC 7515 §7.1.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``.
    public func verify(token: String, at time: Date? = nil) async throws(VerificationError) -> VerifiedIDToken {
        try await self.verify(.token(token[...]), at: JudgementTime(time))
    }
}

extension IDTokenVerifier {
    /// Fetches the keys, so that the first request does not wait for them.
    ///
    /// A service may start without this call, or after it fails: requests then wait for the keys or fail with
    /// `keys_unavailable`, and succeed as soon as keys are fetched.
    ///
    /// - Throws: ``VerificationError`` with `keys_unavailable` or `cancelled`.
    public func warmUp() async throws(VerificationError) {
        try await self.keys.warmUp()
    }

    /// Keeps the keys fresh until the task is cancelled, so that requests wait for keys only at the start.
    ///
    /// Without this method, keys are fetched when a request needs them.
    public func run() async {
        await self.keys.run()
    }

    /// The state of the keys.
    public var health: KeyHealth {
        self.keys.health
    }
}
