//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform

/// Fetches one token on demand, keeps it, and replaces it before it expires.
///
/// ``TokenRefresh`` makes the decisions; the store holds the lock, runs at most one fetch at a time, and lets callers wait for
/// it. The cancellation of a caller affects neither the fetch nor other callers.
final class TokenStore: Sendable {
    private struct State: Sendable {
        var refresh = TokenRefresh()
        var waiters = Waiters()
    }

    private let environment: CredentialsEnvironment
    private let fetch: @Sendable () async throws(IDTokenCredentialsError) -> FetchedToken
    private let onResult: (@Sendable (Result<FetchedToken, IDTokenCredentialsError>, FetchOutcome) -> Void)?
    private let state = Lock(State())

    /// What a fetch has changed.
    struct FetchOutcome: Sendable {
        let retryIn: Duration
        let hasUsableToken: Bool
    }

    /// Creates a store without a token.
    ///
    /// - Parameters:
    ///   - environment: The clocks.
    ///   - fetch: Obtains a token; it is never called while another call runs.
    ///   - onResult: Receives the result of each fetch.
    init(
        _ environment: CredentialsEnvironment,
        fetch: @escaping @Sendable () async throws(IDTokenCredentialsError) -> FetchedToken,
        onResult: (@Sendable (Result<FetchedToken, IDTokenCredentialsError>, FetchOutcome) -> Void)? = nil
    ) {
        self.environment = environment
        self.fetch = fetch
        self.onResult = onResult
    }

    /// Returns the token, and waits for a fetch if there is none.
    ///
    /// - Throws: ``IDTokenCredentialsError``.
    func token() async throws(IDTokenCredentialsError) -> FetchedToken {
        // Most calls end here: with one clock read and one lock.
        let wall = self.environment.clock.now()
        if let token = self.state.withLock({ $0.refresh.freshToken(at: wall) }) { return token }
        if let token = try self.currentToken() { return token }
        await self.state.wait(in: \.waiters) { $0.refresh.isFetching }
        if Task.isCancelled { throw .cancelled }
        let now = self.environment.now
        switch self.state.withLock({ $0.refresh.resolve(at: now) }) {
        case .token(let token): return token
        case .failed(let error): throw error
        // Only `lookUp` returns this case.
        case .wait: throw .cancelled
        }
    }

    /// Returns the token, and starts a fetch if one is due.
    ///
    /// - Returns: The token, or nil if the caller must wait for the fetch.
    /// - Throws: ``IDTokenCredentialsError``.
    private func currentToken() throws(IDTokenCredentialsError) -> FetchedToken? {
        let now = self.environment.now
        let (answer, startsFetch) = self.state.withLock { $0.refresh.lookUp(at: now) }
        if startsFetch { self.startFetch() }
        switch answer {
        case .token(let token): return token
        case .wait: return nil
        case .failed(let error): throw error
        }
    }

    /// Starts a fetch if one is due.
    func refreshIfDue() {
        let now = self.environment.now
        if self.state.withLock({ $0.refresh.start(at: now) }) { self.startFetch() }
    }

    /// Forgets a token that a server has refused.
    func forget(_ text: String) {
        self.state.withLock { $0.refresh.forget(text) }
    }

    /// The state of the token.
    func health(of audience: String) -> IDTokenCredentials.Health.Audience {
        let now = self.environment.now
        let refresh = self.state.withLock { $0.refresh }
        return IDTokenCredentials.Health.Audience(
            audience: audience,
            expiresIn: refresh.token.flatMap { token in
                now.wall < token.usableUntil ? .seconds(token.usableUntil - now.wall) : nil
            },
            nextRefresh: refresh.nextFetch(at: now),
            lastFailure: refresh.lastFailure.map { .init(error: $0.error, age: now.steady - $0.at) }
        )
    }

    /// Runs a fetch in its own task.
    private func startFetch() {
        // A detached task: the fetch must not inherit cancellation, priority or task-local values from the first caller.
        Task.detached {
            let result: Result<FetchedToken, IDTokenCredentialsError>
            do throws(IDTokenCredentialsError) {
                result = .success(try await self.fetch())
            } catch {
                result = .failure(error)
            }
            let now = self.environment.now
            let jitter = self.environment.jitter()
            let (outcome, waiters) = self.state.withLock { state in
                let retryIn = state.refresh.finish(result, at: now, jitter: jitter)
                let isUsable = state.refresh.token.map { now.wall < $0.usableUntil } ?? false
                return (FetchOutcome(retryIn: retryIn, hasUsableToken: isUsable), state.waiters.removeAll())
            }
            for waiter in waiters { waiter.resume() }
            self.onResult?(result, outcome)
        }
    }
}
