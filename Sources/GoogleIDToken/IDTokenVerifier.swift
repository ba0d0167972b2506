//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

/// Establishes who calls a private service from the Google-signed OpenID Connect ID token that the caller presents.
///
/// ```swift
/// let verifier = try IDTokenVerifier(
///     audience: "https://profiles-123456.europe-west1.run.app",
///     callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com"))
/// let caller = try await verifier.verify(headers: request.headers)
/// ```
/// It is for ID tokens that Google issues, to services that receive them. It is not for access tokens, and not for
/// tokens of Firebase or Identity-Aware Proxy, which have issuers and keys of their own.
public struct IDTokenVerifier: Sendable {
    /// Where Google publishes its keys.
    package static let googleKeysURL = TrustProfile.googleIDToken.keysURL

    let profile = TrustProfile.googleIDToken
    let usualHeader = UsualHeader(algorithm: TrustProfile.googleIDToken.algorithm)
    let configuration: Configuration
    let keys: KeyRing
    let memory: TokenMemory?
    let issuers: IssuerPolicy
    let audiences: AudiencePolicy
    let times: TimePolicy
    let callers: CallerPolicy

    /// Makes a verifier for a service with one audience.
    ///
    /// - Parameters:
    ///   - audience: The audience that callers' tokens are minted for, byte by byte; on Cloud Run the service's URL.
    ///   - callers: Who may call.
    ///   - keys: Where Google's keys come from.
    ///   - configuration: How strictly to judge.
    /// - Throws: ``ConfigurationError`` if the audience is empty, the policy names nobody, a value is out of its
    ///   range, or the keys cannot be read.
    public init(
        audience: String,
        callers: CallerPolicy,
        keys: KeySource = .google,
        configuration: Configuration = Configuration()
    ) throws(ConfigurationError) {
        try self.init(audiences: [audience], callers: callers, keys: keys, configuration: configuration)
    }

    /// Makes a verifier for a service with several audiences, such as the two URLs of a Cloud Run service.
    ///
    /// - Parameters:
    ///   - audiences: The audiences that callers' tokens are minted for; at least one.
    ///   - callers: Who may call.
    ///   - keys: Where Google's keys come from.
    ///   - configuration: How strictly to judge.
    /// - Throws: ``ConfigurationError`` if there is no audience or an empty one, the policy names nobody, a value is
    ///   out of its range, or the keys cannot be read.
    public init(
        audiences: [String],
        callers: CallerPolicy,
        keys: KeySource = .google,
        configuration: Configuration = Configuration()
    ) throws(ConfigurationError) {
        try self.init(audiences: audiences, callers: callers, configuration: configuration) {
            () throws(ConfigurationError) in try keys.open(onEvent: configuration.onEvent)
        }
    }

    /// Makes a verifier with keys that are opened once all else is in order.
    init(
        audiences: [String],
        callers: CallerPolicy,
        configuration: Configuration,
        openKeys: () throws(ConfigurationError) -> KeyRing
    ) throws(ConfigurationError) {
        guard !audiences.isEmpty, audiences.allSatisfy({ !$0.isEmpty }) else {
            throw ConfigurationError(.audienceMissing, "Give at least one audience, and no empty one.")
        }
        guard !callers.namesNobody else {
            throw ConfigurationError(
                .callersMissing,
                "The caller policy names nobody, or an empty name; say who may call, or .anyGoogleIdentity."
            )
        }
        try configuration.validate()
        self.configuration = configuration
        self.issuers = IssuerPolicy(configuration.issuers)
        self.audiences = AudiencePolicy(audiences)
        self.times = TimePolicy(
            clockSkew: configuration.clockSkew.inSeconds,
            longestLifetime: configuration.longestLifetime.inSeconds
        )
        self.callers = callers
        self.memory = TokenMemory(capacity: configuration.rememberedTokens)
        self.keys = try openKeys()
        if let memory, case .fetched(let store) = self.keys {
            store.onKeySet { memory.forgetAll(notSignedWith: $0) }
        }
    }
}

extension IDTokenVerifier {
    /// Establishes who sent a request.
    ///
    /// Looks at `X-Serverless-Authorization` if the request has it, else at `Authorization`; never at both, except
    /// under ``RemovedSignaturePolicy/verifyAuthorizationInstead``. Suspends only while keys must be fetched.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; names may come in any case.
    ///   - time: The time to judge by; now, if nil.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``.
    public func verify(
        headers: some Sequence<(name: String, value: String)>,
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        let start = self.startTime()
        let progress = try self.reporting(since: start) { () throws(VerificationError) in
            try self.begin(try self.present(RequestHeaders(headers)), at: time)
        }
        switch progress {
        case .settled(let caller, _): return caller
        case .waits(let presented): return try await self.verifyAfterFetch(presented, at: time, since: start)
        }
    }

    /// Establishes who sent a request.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; names may come in any case.
    ///   - time: The time to judge by; now, if nil.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``.
    public func verify(
        headers: [String: String],
        at time: Date? = nil
    ) async throws(VerificationError) -> VerifiedIDToken {
        let start = self.startTime()
        let progress = try self.reporting(since: start) { () throws(VerificationError) in
            try self.begin(try self.present(RequestHeaders(headers)), at: time)
        }
        switch progress {
        case .settled(let caller, _): return caller
        case .waits(let presented): return try await self.verifyAfterFetch(presented, at: time, since: start)
        }
    }

    /// Establishes who sent a request, unless keys must be waited for.
    ///
    /// - Parameter headers: The request's headers.
    /// - Returns: The caller, or nil if only ``verify(headers:at:)`` can tell.
    /// - Throws: ``VerificationError``.
    package func verifyAtOnce(
        headers: [(name: String, value: String)]
    ) throws(VerificationError) -> VerifiedIDToken? {
        let progress = try self.reporting(since: self.startTime()) { () throws(VerificationError) in
            try self.begin(try self.present(RequestHeaders(headers)), at: nil)
        }
        if case .settled(let caller, _) = progress { return caller }
        return nil
    }

    /// Establishes whom a token names.
    ///
    /// A removed signature is rejected under every policy, since no header tells where the token came from.
    ///
    /// - Parameters:
    ///   - token: The token, in the compact form of RFC 7515 §7.1.
    ///   - time: The time to judge by; now, if nil.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``.
    public func verify(token: String, at time: Date? = nil) async throws(VerificationError) -> VerifiedIDToken {
        let start = self.startTime()
        let progress = try self.reporting(since: start) { () throws(VerificationError) in
            try self.begin(try self.present(Substring(token)), at: time)
        }
        switch progress {
        case .settled(let caller, _): return caller
        case .waits(let presented): return try await self.verifyAfterFetch(presented, at: time, since: start)
        }
    }
}

extension IDTokenVerifier {
    /// Fetches the keys, so that the first request need not wait for them.
    ///
    /// A service may start without: the first requests then wait, or get `keys_unavailable`, and all is well as soon
    /// as keys arrive.
    ///
    /// - Throws: ``VerificationError`` with `keys_unavailable` or `cancelled`.
    public func warmUp() async throws(VerificationError) {
        try await self.keys.warmUp()
    }

    /// Keeps the keys fresh until the task is cancelled, so that requests wait for them only at the start.
    ///
    /// Without it keys are fetched when requests need them.
    public func run() async {
        await self.keys.run()
    }

    /// How the keys are.
    public var health: KeyHealth {
        self.keys.health
    }
}
