//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// Decides when a token is fetched and how long it is used.
///
/// It is a value without a clock, a lock or a task. Tokens expire by the wall clock, in seconds since 1970; waits are measured
/// with a monotonic clock, so that a correction of the wall clock does not change them.
struct TokenRefresh: Sendable {
    /// A time by both clocks.
    struct Instant: Sendable {
        /// Seconds since 1970.
        let wall: Double
        /// The time since a fixed instant.
        let steady: Duration
    }

    /// A token with less time left, in seconds, is used only while no other one can be fetched.
    static let shortest = 10.0
    /// The time after a fetch during which a token that is due again is not fetched: a metadata server may give the same
    /// token several times.
    static let pause: Duration = .seconds(10)

    /// The result of a lookup.
    enum Answer {
        case token(FetchedToken)
        /// The current fetch must end first; then call ``resolve(at:)``.
        case wait
        case failed(IDTokenCredentialsError)
    }

    private(set) var token: FetchedToken?
    private(set) var isFetching = false
    private(set) var lastFailure: (error: IDTokenCredentialsError, at: Duration)?
    private var backoff = Backoff()
    private var nextAttempt: Duration = .zero
    private var lastSuccess: Duration?

    /// Returns the token if it need not be replaced yet.
    ///
    /// - Parameter wall: Seconds since 1970.
    /// - Returns: The token, or nil if only ``lookUp(at:)`` can tell.
    func freshToken(at wall: Double) -> FetchedToken? {
        guard let token, wall < token.refreshAt else { return nil }
        return token
    }

    /// Looks the token up.
    ///
    /// - Parameter now: The time.
    /// - Returns: The answer, and whether to start a fetch now.
    mutating func lookUp(at now: Instant) -> (answer: Answer, startsFetch: Bool) {
        if let token = self.freshToken(at: now.wall) { return (.token(token), false) }
        let starts = self.start(at: now)
        if let token, now.wall < token.usableUntil {
            let isWorthWaiting = self.isFetching && token.usableUntil - now.wall < Self.shortest
            return (isWorthWaiting ? .wait : .token(token), starts)
        }
        return (self.isFetching ? .wait : self.resolve(at: now), starts)
    }

    /// Returns the token if it can be used, otherwise the last failure.
    func resolve(at now: Instant) -> Answer {
        if let token, now.wall < token.usableUntil { return .token(token) }
        guard var error = self.lastFailure?.error else {
            return .failed(
                IDTokenCredentialsError(.tokenExpired, "The token expired before it could be used.", retryAfter: .zero)
            )
        }
        error.retryAfter = max(self.nextAttempt - now.steady, .zero)
        return .failed(error)
    }

    /// Returns the time until the next fetch is due, or nil during a fetch.
    func nextFetch(at now: Instant) -> Duration? {
        if self.isFetching { return nil }
        let untilDue = self.token.map { Duration.seconds(max($0.refreshAt - now.wall, 0)) } ?? .zero
        return max(untilDue, self.earliestStart(at: now) - now.steady, .zero)
    }

    private func earliestStart(at now: Instant) -> Duration {
        let isUsable = self.token.map { now.wall < $0.usableUntil } ?? false
        return max(self.nextAttempt, isUsable ? self.lastSuccess.map { $0 + Self.pause } ?? .zero : .zero)
    }

    /// Records the start of a fetch if one is due.
    ///
    /// - Returns: Whether to start the fetch.
    mutating func start(at now: Instant) -> Bool {
        if case _? = self.freshToken(at: now.wall) { return false }
        guard !self.isFetching, now.steady >= self.earliestStart(at: now) else { return false }
        self.isFetching = true
        return true
    }

    /// Records the result of a fetch.
    ///
    /// - Parameters:
    ///   - result: The result.
    ///   - now: The time.
    ///   - jitter: A number from -1 to 1.
    /// - Returns: The wait until the next attempt after a failure.
    mutating func finish(
        _ result: Result<FetchedToken, IDTokenCredentialsError>,
        at now: Instant,
        jitter: Double
    ) -> Duration {
        self.isFetching = false
        switch result {
        case .success(let token):
            self.token = token
            self.backoff = Backoff()
            self.lastSuccess = now.steady
            self.nextAttempt = now.steady
            return .zero
        case .failure(let error):
            let wait = self.backoff.next(asked: error.retryAfter, jitter: jitter)
            self.lastFailure = (error, now.steady)
            self.nextAttempt = now.steady + wait
            return wait
        }
    }

    /// Forgets a token that a server has refused.
    mutating func forget(_ text: String) {
        if let token, token.text.isExactly(text) { self.token = nil }
    }
}
