//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform

/// A clock that a test moves, for ``KeyStore``.
final class ManualClock: Sendable {
    private struct State: Sendable {
        var now = Duration.zero
        var sleepers: [(until: Duration, continuation: CheckedContinuation<Void, Never>)] = []
        var observers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())

    var now: Duration { self.state.withLock(\.now) }

    /// Moves the clock and wakes whoever has slept long enough.
    func advance(to time: Duration) {
        let woken = self.state.withLock { state in
            state.now = time
            let due = state.sleepers.filter { $0.until <= time }
            state.sleepers.removeAll { $0.until <= time }
            return due
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Sleeps until the clock shows a time, or the task is cancelled.
    func sleep(until time: Duration) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let observers: [CheckedContinuation<Void, Never>]? = self.state.withLock { state in
                    guard state.now < time, !Task.isCancelled else { return nil }
                    state.sleepers.append((time, continuation))
                    defer { state.observers = [] }
                    return state.observers
                }
                if observers == nil { continuation.resume() }
                for observer in observers ?? [] { observer.resume() }
            }
        } onCancel: {
            // Only one task sleeps by this clock.
            let sleepers = self.state.withLock { state in
                defer { state.sleepers = [] }
                return state.sleepers
            }
            for sleeper in sleepers { sleeper.continuation.resume() }
        }
    }

    /// Waits until somebody sleeps.
    ///
    /// - Returns: When the sleeper is to be woken.
    func waitForSleeper() async -> Duration? {
        await withCheckedContinuation { continuation in
            let sleeps = self.state.withLock { state in
                if state.sleepers.isEmpty { state.observers.append(continuation) }
                return !state.sleepers.isEmpty
            }
            if sleeps { continuation.resume() }
        }
        return self.state.withLock { $0.sleepers.first?.until }
    }
}
