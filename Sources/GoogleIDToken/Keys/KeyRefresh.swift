//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// Decides when keys are fetched and how long they are used.
///
/// It is a value without a clock, a lock or a task; its caller performs the fetches and reports their outcomes. All
/// times are durations since a fixed instant of a monotonic clock.
struct KeyRefresh: Sendable {
    /// The time for which keys may be used past their lifetime while fetches fail.
    static let longestStaleness: Duration = .seconds(60 * 60)
    /// The time after a fetch for an unknown key ID during which another unknown key ID causes no fetch.
    static let unknownKeyCooldown: Duration = .seconds(30)
    /// The time for which a failure counts as recent; while there are requests, attempts are more frequent than that.
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
    private var backoff = Backoff()
    private var lastFailure: (reason: String, at: Duration)?
    private var nextAttempt: Duration = .zero
    private var clockOffset: Duration?

    /// The result of a key lookup.
    enum Answer {
        /// The key.
        case key(SignatureKey)
        /// The current fetch must end first; then call ``resolve(_:at:)``.
        case wait
        /// There is no such key among the loaded ones.
        case unknown(LoadedKeys)
        /// No keys are available, with the reason and the time until the next fetch.
        case unavailable(String, retryAfter: Duration)
    }

    /// Checks whether the keys are fresh enough for a lookup.
    ///
    /// Keys past their lifetime are used only if a fetch has just failed, because a fetch may show that one of them was
    /// withdrawn.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - isPatient: Whether to wait for a fetch even though the last one failed.
    /// - Returns: The answer and whether to start a fetch now; nil if the keys can be used.
    mutating func prepare(at now: Duration, isPatient: Bool = false) -> (answer: Answer, startsFetch: Bool)? {
        if let current, now < current.freshUntil { return nil }
        if let current, current.isUsable(at: now), self.hasJustFailed(at: now) { return nil }
        if self.isFetching {
            // After the fetch, even if it fails, keys past their lifetime may still be usable.
            let isWorthWaiting = self.backoff.failureCount == 0 || isPatient || self.current?.isUsable(at: now) == true
            return isWorthWaiting ? (.wait, false) : (self.unavailable(at: now), false)
        }
        return self.start(at: now) ? (.wait, true) : (self.unavailable(at: now), false)
    }

    private func hasJustFailed(at now: Duration) -> Bool {
        self.backoff.failureCount > 0 && self.lastFailure.map { now < $0.at + Self.failureRelevance } ?? false
    }

    /// Looks up a key.
    ///
    /// - Returns: The answer, and whether to start a fetch now.
    mutating func lookUp(_ id: String, at now: Duration) -> (answer: Answer, startsFetch: Bool) {
        if let preparation = self.prepare(at: now) { return preparation }
        guard let current else { return (self.unavailable(at: now), false) }
        if let key = current.keySet[id] {
            return (.key(key), now >= current.refreshAt && self.start(at: now))
        }
        if self.isFetching { return (.wait, false) }
        if let lastStart, now < lastStart + Self.unknownKeyCooldown { return (self.unknown(at: now), false) }
        return self.start(at: now, forUnknownKey: true) ? (.wait, true) : (self.unknown(at: now), false)
    }

    /// The answer for an unknown key ID, with the last failure if newer keys could not be fetched.
    private func unknown(at now: Duration) -> Answer {
        let nextFetch = max(self.nextAttempt, self.lastStart.map { $0 + Self.unknownKeyCooldown } ?? now)
        return .unknown(
            .fetched(
                age: self.current.map { now - $0.fetchedAt } ?? .zero,
                nextFetch: self.isFetching ? nil : max(nextFetch - now, .zero),
                lastFailure: self.backoff.failureCount > 0 ? self.lastFailure?.reason : nil
            )
        )
    }

    /// Looks up a key among the loaded ones and never causes a fetch.
    func resolve(_ id: String, at now: Duration) -> Answer {
        guard let current = self.current, current.isUsable(at: now) else { return self.unavailable(at: now) }
        return current.keySet[id].map { .key($0) } ?? self.unknown(at: now)
    }

    /// Returns the time of the next fetch if no request needs one earlier, or nil during a fetch.
    func nextFetch() -> Duration? {
        if self.isFetching { return nil }
        guard let current = self.current else { return self.nextAttempt }
        return max(current.refreshAt, self.nextAttempt)
    }

    /// Records the start of a fetch, unless one is in progress or the wait after a failure is not over.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - forUnknownKey: Whether an unknown key ID causes the fetch.
    /// - Returns: Whether to start the fetch.
    mutating func start(at now: Duration, forUnknownKey: Bool = false) -> Bool {
        guard !self.isFetching, now >= self.nextAttempt else { return false }
        self.isFetching = true
        self.asksForUnknownKey = forUnknownKey
        self.lastStart = now
        return true
    }

    /// The validators for a conditional request, with which the server need not send an unchanged document again.
    ///
    /// Nil after a failure, which the validators may have caused, and if the current document lacks a key.
    var validators: KeyValidators? {
        self.backoff.failureCount > 0 || self.asksForUnknownKey ? nil : self.current?.validators
    }

    /// Records the outcome of a fetch.
    ///
    /// - Parameters:
    ///   - outcome: The outcome.
    ///   - now: The time.
    ///   - jitter: A number from -1 to 1 that distributes the fetches of many processes over time.
    /// - Returns: The events to report.
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
            // Fields that a 304 does not repeat keep their values (RFC 9111 §4.3.4).
            let lifetime = fresh.lifetime ?? current.lifetime
            let validators = fresh.validators.orElse(current.validators)
            self.renew(current.keySet, validators, lifetime: lifetime, at: now, jitter: jitter)
            events.append(.keysUnchanged(Self.fetch(current.keySet, freshFor: lifetime)))
        case .failure(let reason, let retryAfter):
            let delay = self.backoff.next(asked: retryAfter, jitter: jitter)
            self.lastFailure = (reason, now)
            self.nextAttempt = now + delay
            events.append(
                .fetchFailed(
                    IDTokenVerifier.Event.FetchFailure(
                        explanation: reason,
                        retryIn: delay,
                        hasUsableKeys: self.current?.isUsable(at: now) == true,
                        underlying: outcome.underlying
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
        self.backoff = Backoff()
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

    private func unavailable(at now: Duration) -> Answer {
        let reason =
            self.lastFailure?.reason ?? (self.current == nil ? "they have not been fetched yet" : "they are too old")
        return .unavailable(reason, retryAfter: max(self.nextAttempt - now, self.isFetching ? .seconds(1) : .zero))
    }

    /// Returns the state of the keys.
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
