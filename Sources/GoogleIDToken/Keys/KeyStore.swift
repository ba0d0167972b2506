//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform
internal import OpenSSLSignature

/// Fetches keys on demand, caches them while they are fresh, and refreshes them before they expire.
///
/// ``KeyRefresh`` makes the decisions; the store holds the lock, runs at most one fetch at a time, and lets callers
/// wait for it. The cancellation of a caller affects neither the fetch nor other callers.
final class KeyStore: Sendable {
    /// The store's dependencies.
    struct Environment: Sendable {
        /// Makes one attempt to fetch, as a conditional request if there are validators.
        var fetch: @Sendable (KeyValidators?) async -> KeyFetchOutcome
        /// Returns the time since a fixed instant of a monotonic clock.
        var now: @Sendable () -> Duration
        /// Sleeps until a time of that clock; returns early if the task is cancelled.
        var sleep: @Sendable (_ until: Duration) async -> Void
        /// Returns a number from -1 to 1.
        var jitter: @Sendable () -> Double = { .random(in: -1...1) }
        /// Receives the events.
        var onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)?
    }

    private struct State: Sendable {
        var refresh = KeyRefresh()
        var waiters = Waiters()
        var onKeySet: (@Sendable (KeySet) -> Void)?
    }

    private let environment: Environment
    private let state = Lock(State())

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// Looks up a key, and starts a fetch if one is needed.
    ///
    /// - Returns: The key, or nil if the caller must wait for the fetch.
    /// - Throws: ``VerificationError`` with `key_unknown` or `keys_unavailable`.
    func currentKey(_ id: String) throws(VerificationError) -> SignatureKey? {
        let now = self.environment.now()
        let (answer, startsFetch) = self.state.withLock { $0.refresh.lookUp(id, at: now) }
        if startsFetch { self.startFetch() }
        if case .wait = answer { return nil }
        return try Self.key(answer)
    }

    /// Waits for the current fetch, then looks up a key.
    ///
    /// - Throws: ``VerificationError`` with `key_unknown`, `keys_unavailable` or `cancelled`.
    func fetchedKey(_ id: String) async throws(VerificationError) -> SignatureKey {
        try await self.waitForFetch()
        return try self.keyWithoutFetching(id)
    }

    /// Looks up a key among the loaded ones.
    ///
    /// - Throws: ``VerificationError`` with `key_unknown` or `keys_unavailable`.
    func keyWithoutFetching(_ id: String) throws(VerificationError) -> SignatureKey {
        let now = self.environment.now()
        return try Self.key(self.state.withLock { $0.refresh.resolve(id, at: now) })
    }

    /// Fetches the keys if no usable ones are loaded.
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

    /// Fetches the keys whenever a fetch is due, until the task is cancelled.
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

    /// Sets a function that is called with each fetched key set before the waiting callers continue.
    func onKeySet(_ body: @escaping @Sendable (KeySet) -> Void) {
        self.state.withLock { $0.onKeySet = body }
    }

    /// The state of the keys.
    var health: KeyHealth {
        let now = self.environment.now()
        return self.state.withLock { $0.refresh.health(at: now) }
    }

    private static func key(_ answer: KeyRefresh.Answer) throws(VerificationError) -> SignatureKey {
        switch answer {
        case .key(let key): return key
        case .unknown(let keys): throw .keyUnknown(among: keys)
        case .unavailable(let reason, let retryAfter): throw .keysUnavailable(reason, retryAfter: retryAfter)
        // Only `lookUp` returns this case, and its callers wait.
        case .wait: throw .keysUnavailable("they are being fetched", retryAfter: .zero)
        }
    }
}

extension KeyStore {
    /// Runs the fetch in its own task.
    private func startFetch() {
        let validators = self.state.withLock { $0.refresh.validators }
        // A detached task: the fetch must not inherit cancellation, priority or task-local values from the first
        // caller.
        Task.detached {
            let outcome = await self.environment.fetch(validators)
            let now = self.environment.now()
            let jitter = self.environment.jitter()
            let (events, waiters, onKeySet) = self.state.withLock { state in
                let events = state.refresh.finish(outcome, at: now, jitter: jitter)
                return (events, state.waiters.removeAll(), state.onKeySet)
            }
            if case .document(let keySet, _) = outcome.result { onKeySet?(keySet) }
            for waiter in waiters { waiter.resume() }
            for event in events { self.environment.onEvent?(event) }
        }
    }

    /// Waits until the current fetch has ended.
    ///
    /// - Throws: ``VerificationError`` with `cancelled`.
    private func waitForFetch() async throws(VerificationError) {
        await self.state.wait(in: \.waiters) { $0.refresh.isFetching }
        if Task.isCancelled { throw .cancelled }
    }
}

extension KeyStore.Environment {
    /// Creates an environment with this machine's clock and random numbers.
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
