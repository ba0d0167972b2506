//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// When keys are fetched and how long they are used: a value that is told what happens and says what to do.
///
/// It has no clock, no lock and no task of its own. All times are durations since one instant of a clock that never
/// goes back.
struct KeyRefresh: Sendable {
    /// How long a set may be used past its lifetime, while fetches fail.
    static let longestStaleness: Duration = .seconds(60 * 60)
    /// How long an unknown key ID must wait before another one may cause a fetch.
    static let unknownKeyCooldown: Duration = .seconds(30)
    /// How long to wait after the first failure; each further one doubles it.
    static let firstBackoff: Duration = .seconds(1)
    /// How long to wait at most.
    static let longestBackoff: Duration = .seconds(60)

    /// A key set and its times.
    private struct Current {
        var keySet: KeySet
        var validators: KeyValidators
        var fetchedAt: Duration
        var freshUntil: Duration
        var refreshAt: Duration

        func isUsable(at now: Duration) -> Bool {
            now < self.freshUntil + KeyRefresh.longestStaleness
        }
    }

    private var current: Current?
    private(set) var isFetching = false
    private var lastStart: Duration?
    private var failureCount = 0
    private var lastFailure: (words: String, at: Duration)?
    private var nextAttempt: Duration = .zero
    private var clockOffset: Duration?

    /// What to tell whoever asks for a key.
    enum Answer {
        /// Here it is.
        case key(RSAPublicKey)
        /// Wait for the fetch under way, then ask again with ``resolve(_:at:)``.
        case wait
        /// There is no such key.
        case unknown
        /// There are no keys; in words, and for how long.
        case unavailable(String, retryAfter: Duration)
    }

    /// Says what to do before there can be any answer.
    ///
    /// Keys past their lifetime are good enough only once a fetch has failed: until then it may bring the word that
    /// one of them is withdrawn.
    ///
    /// - Returns: The answer for want of keys, and whether a fetch is to be started now; nil if there are keys.
    mutating func prepare(at now: Duration) -> (answer: Answer, startsFetch: Bool)? {
        if let current, now < current.freshUntil || (self.failureCount > 0 && current.isUsable(at: now)) { return nil }
        if self.isFetching { return (.wait, false) }
        return self.start(at: now) ? (.wait, true) : (self.unavailable(at: now), false)
    }

    /// Looks a key up.
    ///
    /// - Returns: The answer, and whether a fetch is to be started now.
    mutating func lookUp(_ id: String, at now: Duration) -> (answer: Answer, startsFetch: Bool) {
        if let preparation = self.prepare(at: now) { return preparation }
        guard let current else { return (self.unavailable(at: now), false) }
        if let key = current.keySet[id] {
            return (.key(key), now >= current.refreshAt && self.start(at: now))
        }
        if self.isFetching { return (.wait, false) }
        if let lastStart, now < lastStart + Self.unknownKeyCooldown { return (.unknown, false) }
        return self.start(at: now) ? (.wait, true) : (.unknown, false)
    }

    /// Looks a key up among those at hand, without ever causing a fetch.
    func resolve(_ id: String, at now: Duration) -> Answer {
        guard let current = self.current, current.isUsable(at: now) else { return self.unavailable(at: now) }
        return current.keySet[id].map { .key($0) } ?? .unknown
    }

    /// When the next fetch is due if nobody asks for a key, or nil while one is under way.
    func nextFetch() -> Duration? {
        if self.isFetching { return nil }
        guard let current = self.current else { return self.nextAttempt }
        return max(current.refreshAt, self.nextAttempt)
    }

    /// Notes that a fetch begins, unless one is under way or it is too early after a failure.
    ///
    /// - Returns: Whether to begin.
    mutating func start(at now: Duration) -> Bool {
        guard !self.isFetching, now >= self.nextAttempt else { return false }
        self.isFetching = true
        self.lastStart = now
        return true
    }

    /// What to ask the server with, so that it need not send again what is at hand.
    var validators: KeyValidators? {
        self.current?.validators
    }

    /// Notes what came of a fetch.
    ///
    /// - Parameters:
    ///   - outcome: What came of it.
    ///   - now: The time.
    ///   - jitter: A number from -1 to 1 that spreads many processes over time.
    /// - Returns: What there is to report.
    mutating func finish(_ outcome: KeyFetchOutcome, at now: Duration, jitter: Double) -> [IDTokenVerifier.Event] {
        self.isFetching = false
        self.clockOffset = outcome.clockOffset
        var events: [IDTokenVerifier.Event] = []
        switch outcome.result {
        case .document(let keySet, let fresh):
            self.renew(keySet, fresh, at: now, jitter: jitter)
            events.append(
                .keysFetched(
                    keyCount: keySet.keys.count,
                    skippedKeyCount: keySet.skippedKeyCount,
                    freshFor: fresh.lifetime
                )
            )
        case .notModified(let fresh):
            guard let current else { break }
            self.renew(current.keySet, fresh, at: now, jitter: jitter)
            events.append(.keysUnchanged(keyCount: current.keySet.keys.count, freshFor: fresh.lifetime))
        case .failure(let words, let retryAfter):
            let delay = self.backOff(asked: retryAfter, jitter: jitter)
            self.lastFailure = (words, now)
            self.nextAttempt = now + delay
            events.append(
                .fetchFailed(explanation: words, retryIn: delay, hasUsableKeys: self.current?.isUsable(at: now) == true)
            )
        }
        if let clockOffset { events.append(.clockOffset(clockOffset)) }
        return events
    }

    private mutating func renew(
        _ keySet: KeySet,
        _ fresh: KeyFetchOutcome.Freshness,
        at now: Duration,
        jitter: Double
    ) {
        self.failureCount = 0
        self.nextAttempt = now
        self.current = Current(
            keySet: keySet,
            validators: fresh.validators,
            fetchedAt: now,
            freshUntil: now + fresh.lifetime,
            refreshAt: now + fresh.lifetime * (0.8 * (1 + jitter / 10))
        )
    }

    private mutating func backOff(asked: Duration?, jitter: Double) -> Duration {
        // Beyond six doublings the longest is reached.
        let doubled = Self.firstBackoff * (1 << min(self.failureCount, 6))
        self.failureCount += 1
        let jittered = min(doubled, Self.longestBackoff) * (1 + jitter / 10)
        return min(max(jittered, asked ?? .zero), Self.longestBackoff)
    }

    private func unavailable(at now: Duration) -> Answer {
        let words = self.lastFailure?.words ?? "they have not been fetched yet"
        return .unavailable(words, retryAfter: max(self.nextAttempt - now, .zero))
    }

    /// How the keys are.
    func health(at now: Duration) -> KeyHealth {
        KeyHealth(
            keyCount: self.current?.keySet.keys.count ?? 0,
            skippedKeyCount: self.current?.keySet.skippedKeyCount ?? 0,
            isUsable: self.current?.isUsable(at: now) == true,
            isStale: self.current.map { now >= $0.freshUntil } ?? false,
            age: self.current.map { now - $0.fetchedAt },
            nextRefresh: self.nextFetch().map { max($0 - now, .zero) },
            lastFailure: self.lastFailure.map { KeyHealth.Failure(explanation: $0.words, age: now - $0.at) },
            clockOffset: self.clockOffset
        )
    }
}
