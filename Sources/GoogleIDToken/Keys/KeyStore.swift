//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform
internal import OpenSSLSignature

/// Keys that are fetched when they are needed, kept while they are fresh, and fetched again before they are not.
///
/// The decisions are those of ``KeyRefresh``; the store carries them out: it holds the lock, runs the one fetch, and
/// lets callers wait for it. A caller that is cancelled leaves the fetch and the other callers alone.
final class KeyStore: Sendable {
    /// What the store takes from outside.
    struct Environment: Sendable {
        /// Makes one attempt to fetch, asking with these validators if there are any.
        var fetch: @Sendable (KeyValidators?) async -> KeyFetchOutcome
        /// The time since one instant, by a clock that never goes back.
        var now: @Sendable () -> Duration
        /// Waits until that clock shows a time; returns early when the task is cancelled.
        var sleep: @Sendable (_ until: Duration) async -> Void
        /// A number from -1 to 1.
        var jitter: @Sendable () -> Double = { .random(in: -1...1) }
        /// Is told what happens.
        var onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)?
    }

    private struct State: Sendable {
        var refresh = KeyRefresh()
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter: UInt64 = 0
        var onKeySet: (@Sendable (KeySet) -> Void)?
    }

    private let environment: Environment
    private let state = Lock(State())

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// Looks a key up, and starts a fetch if there must be one.
    ///
    /// - Returns: The key, or nil if the fetch must be waited for.
    /// - Throws: ``VerificationError`` with `key_unknown` or `keys_unavailable`.
    func currentKey(_ id: String) throws(VerificationError) -> RSAPublicKey? {
        let now = self.environment.now()
        let (answer, startsFetch) = self.state.withLock { $0.refresh.lookUp(id, at: now) }
        if startsFetch { self.startFetch() }
        if case .wait = answer { return nil }
        return try Self.key(answer)
    }

    /// Waits for the fetch under way, then looks a key up.
    ///
    /// - Throws: ``VerificationError`` with `key_unknown`, `keys_unavailable` or `cancelled`.
    func fetchedKey(_ id: String) async throws(VerificationError) -> RSAPublicKey {
        try await self.waitForFetch()
        return try self.keyWithoutFetching(id)
    }

    /// Looks a key up among those at hand.
    ///
    /// - Throws: ``VerificationError`` with `key_unknown` or `keys_unavailable`.
    func keyWithoutFetching(_ id: String) throws(VerificationError) -> RSAPublicKey {
        let now = self.environment.now()
        return try Self.key(self.state.withLock { $0.refresh.resolve(id, at: now) })
    }

    /// Fetches the keys if there are none that can be used.
    ///
    /// - Throws: ``VerificationError`` with `keys_unavailable` or `cancelled`.
    func warmUp() async throws(VerificationError) {
        let now = self.environment.now()
        guard let (answer, startsFetch) = self.state.withLock({ $0.refresh.prepare(at: now, isPatient: true) })
        else { return }
        if startsFetch { self.startFetch() }
        if case .wait = answer { try await self.waitForFetch() }
        let health = self.health
        guard health.isUsable else {
            throw .keysUnavailable(health.lastFailure?.explanation ?? "", retryAfter: health.nextRefresh ?? .zero)
        }
    }

    /// Fetches whenever it is due, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let now = self.environment.now()
            let due = self.state.withLock { $0.refresh.nextFetch() }
            if let due, due > now {
                await self.environment.sleep(due)
            } else {
                if self.state.withLock({ $0.refresh.start(at: now) }) { self.startFetch() }
                try? await self.waitForFetch()
            }
        }
    }

    /// Has something done with each key set that is fetched from now on, before those who wait for it go on.
    func onKeySet(_ body: @escaping @Sendable (KeySet) -> Void) {
        self.state.withLock { $0.onKeySet = body }
    }

    /// How the keys are.
    var health: KeyHealth {
        let now = self.environment.now()
        return self.state.withLock { $0.refresh.health(at: now) }
    }

    private static func key(_ answer: KeyRefresh.Answer) throws(VerificationError) -> RSAPublicKey {
        switch answer {
        case .key(let key): return key
        case .unknown(let whyNotNewer): throw .keyUnknown(whyNotNewer: whyNotNewer)
        case .unavailable(let reason, let retryAfter): throw .keysUnavailable(reason, retryAfter: retryAfter)
        // Only `lookUp` says so, and its callers wait.
        case .wait: throw .keysUnavailable("they are being fetched", retryAfter: .zero)
        }
    }
}

extension KeyStore {
    /// Runs the fetch in a task of its own.
    private func startFetch() {
        let validators = self.state.withLock { $0.refresh.validators }
        // Nothing of whoever needs keys first belongs to it: no cancellation, priority or task-local value.
        Task.detached {
            let outcome = await self.environment.fetch(validators)
            let now = self.environment.now()
            let jitter = self.environment.jitter()
            let (events, waiters, onKeySet) = self.state.withLock { state in
                let events = state.refresh.finish(outcome, at: now, jitter: jitter)
                defer { state.waiters = [:] }
                return (events, Array(state.waiters.values), state.onKeySet)
            }
            if case .document(let keySet, _) = outcome.result { onKeySet?(keySet) }
            for waiter in waiters { waiter.resume() }
            for event in events { self.environment.onEvent?(event) }
        }
    }

    /// Waits until the fetch under way is over.
    ///
    /// - Throws: ``VerificationError`` with `cancelled`.
    private func waitForFetch() async throws(VerificationError) {
        let id = self.state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = self.state.withLock { state in
                    // Whoever is cancelled before this point finds it out here, later the handler finds the waiter.
                    guard state.refresh.isFetching, !Task.isCancelled else { return false }
                    state.waiters[id] = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            self.state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
        if Task.isCancelled { throw .cancelled }
    }
}

extension KeyStore.Environment {
    /// This machine's clock and chance.
    static func system(
        fetch: @escaping @Sendable (KeyValidators?) async -> KeyFetchOutcome,
        onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)?
    ) -> KeyStore.Environment {
        let clock = ContinuousClock()
        let start = clock.now
        return KeyStore.Environment(
            fetch: fetch,
            now: { start.duration(to: clock.now) },
            sleep: { until in try? await clock.sleep(until: start.advanced(by: until)) },
            onEvent: onEvent
        )
    }
}
