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
    /// How long to wait at most, jitter aside.
    static let longestBackoff: Duration = .seconds(60)
    /// For how long a failure speaks for the present: attempts come more often as long as there are requests.
    static let failureRelevance: Duration = .seconds(120)

    /// A key set and its times.
    private struct Current {
        var keySet: KeySet
        var validators: KeyValidators
        var fetchedAt: Duration
        var lifetime: Duration
        var freshUntil: Duration
        var refreshAt: Duration

        func isUsable(at now: Duration) -> Bool {
            now < self.freshUntil + KeyRefresh.longestStaleness
        }
    }

    private var current: Current?
    private(set) var isFetching = false
    private var asksForUnknownKey = false
    private var lastStart: Duration?
    private var failureCount = 0
    private var lastFailure: (reason: String, at: Duration)?
    private var nextAttempt: Duration = .zero
    private var clockOffset: Duration?

    /// What to tell whoever asks for a key.
    enum Answer {
        /// Here it is.
        case key(RSAPublicKey)
        /// Wait for the fetch under way, then ask again with ``resolve(_:at:)``.
        case wait
        /// There is no such key; in words, why there might be newer ones.
        case unknown(whyNotNewer: String?)
        /// There are no keys; in words, and for how long.
        case unavailable(String, retryAfter: Duration)
    }

    /// Says what to do before there can be any answer.
    ///
    /// Keys past their lifetime are good enough only if a fetch has just failed: else it may bring the word that one of
    /// them is withdrawn.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - isPatient: Whether to wait for a fetch even though the last one failed.
    /// - Returns: The answer for want of keys, and whether a fetch is to be started now; nil if there are keys.
    mutating func prepare(at now: Duration, isPatient: Bool = false) -> (answer: Answer, startsFetch: Bool)? {
        if let current, now < current.freshUntil { return nil }
        if let current, current.isUsable(at: now), self.hasJustFailed(at: now) { return nil }
        if self.isFetching {
            // Whatever comes of it, there will be an answer if there are keys that may be used on.
            let isWorthWaiting = self.failureCount == 0 || isPatient || self.current?.isUsable(at: now) == true
            return isWorthWaiting ? (.wait, false) : (self.unavailable(at: now), false)
        }
        return self.start(at: now) ? (.wait, true) : (self.unavailable(at: now), false)
    }

    private func hasJustFailed(at now: Duration) -> Bool {
        self.failureCount > 0 && self.lastFailure.map { now < $0.at + Self.failureRelevance } ?? false
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
        if let lastStart, now < lastStart + Self.unknownKeyCooldown { return (self.unknown, false) }
        return self.start(at: now, forUnknownKey: true) ? (.wait, true) : (self.unknown, false)
    }

    /// The answer for a key ID that is not there; with the last failure, if newer keys could not be had.
    private var unknown: Answer {
        .unknown(whyNotNewer: self.failureCount > 0 ? self.lastFailure?.reason : nil)
    }

    /// Looks a key up among those at hand, without ever causing a fetch.
    func resolve(_ id: String, at now: Duration) -> Answer {
        guard let current = self.current, current.isUsable(at: now) else { return self.unavailable(at: now) }
        return current.keySet[id].map { .key($0) } ?? self.unknown
    }

    /// When the next fetch is due if nobody asks for a key, or nil while one is under way.
    func nextFetch() -> Duration? {
        if self.isFetching { return nil }
        guard let current = self.current else { return self.nextAttempt }
        return max(current.refreshAt, self.nextAttempt)
    }

    /// Notes that a fetch begins, unless one is under way or it is too early after a failure.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - forUnknownKey: Whether it is for the sake of a key that is not at hand.
    /// - Returns: Whether to begin.
    mutating func start(at now: Duration, forUnknownKey: Bool = false) -> Bool {
        guard !self.isFetching, now >= self.nextAttempt else { return false }
        self.isFetching = true
        self.asksForUnknownKey = forUnknownKey
        self.lastStart = now
        return true
    }

    /// What to ask the server with, so that it need not send again what is at hand.
    ///
    /// Nothing after a failure, which they may have caused, and nothing if what is at hand lacks a key.
    var validators: KeyValidators? {
        self.failureCount > 0 || self.asksForUnknownKey ? nil : self.current?.validators
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
        switch outcome.clock {
        case .offset(let offset)?: self.clockOffset = offset
        case .inTime?: self.clockOffset = nil
        case nil: break
        }
        var events: [IDTokenVerifier.Event] = []
        switch outcome.result {
        case .document(let keySet, let fresh):
            let lifetime = fresh.lifetime ?? CacheLifetime.fallback
            self.renew(keySet, fresh.validators, lifetime: lifetime, at: now, jitter: jitter)
            events.append(
                .keysFetched(Self.fetch(keySet, freshFor: lifetime))
            )
        case .notModified(let fresh):
            guard let current else { break }
            // What a 304 does not say again stays as it was (RFC 9111 §4.3.4).
            let lifetime = fresh.lifetime ?? current.lifetime
            let validators = fresh.validators.orElse(current.validators)
            self.renew(current.keySet, validators, lifetime: lifetime, at: now, jitter: jitter)
            events.append(.keysUnchanged(Self.fetch(current.keySet, freshFor: lifetime)))
        case .failure(let reason, let retryAfter):
            let delay = self.backOff(asked: retryAfter, jitter: jitter)
            self.lastFailure = (reason, now)
            self.nextAttempt = now + delay
            events.append(
                .fetchFailed(
                    IDTokenVerifier.Event.FetchFailure(
                        explanation: reason,
                        retryIn: delay,
                        hasUsableKeys: self.current?.isUsable(at: now) == true
                    )
                )
            )
        }
        if case .offset(let offset)? = outcome.clock { events.append(.clockOffset(offset)) }
        return events
    }

    private static func fetch(_ keySet: KeySet, freshFor lifetime: Duration) -> IDTokenVerifier.Event.KeyFetch {
        IDTokenVerifier.Event.KeyFetch(
            keyCount: keySet.keys.count,
            skippedKeyCount: keySet.skippedKeyCount,
            freshFor: lifetime
        )
    }

    private mutating func renew(
        _ keySet: KeySet,
        _ validators: KeyValidators,
        lifetime: Duration,
        at now: Duration,
        jitter: Double
    ) {
        self.failureCount = 0
        self.nextAttempt = now
        self.current = Current(
            keySet: keySet,
            validators: validators,
            fetchedAt: now,
            lifetime: lifetime,
            freshUntil: now + lifetime,
            refreshAt: now + lifetime * (0.8 * (1 + jitter / 10))
        )
    }

    private mutating func backOff(asked: Duration?, jitter: Double) -> Duration {
        // Beyond six doublings the longest is reached.
        let doubled = Self.firstBackoff * (1 << min(self.failureCount, 6))
        self.failureCount += 1
        guard let asked, asked > doubled else { return min(doubled, Self.longestBackoff) * (1 + jitter / 10) }
        // Never earlier than the server asks, and not all at once.
        return min(asked, Self.longestBackoff) * (1 + abs(jitter) / 10)
    }

    private func unavailable(at now: Duration) -> Answer {
        let reason =
            self.lastFailure?.reason ?? (self.current == nil ? "they have not been fetched yet" : "they are too old")
        return .unavailable(reason, retryAfter: max(self.nextAttempt - now, self.isFetching ? .seconds(1) : .zero))
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
            lastFailure: self.lastFailure.map { KeyHealth.Failure(explanation: $0.reason, age: now - $0.at) },
            clockOffset: self.clockOffset
        )
    }
}
