//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform

/// What has happened at the server, and who waits for it.
final class ServerLog: Sendable {
    /// What has happened so far.
    struct Events: Sendable {
        var connections = 0
        var requests: [Request] = []
        /// How many connections the client has left before it had everything.
        var abandoned = 0
    }

    private struct Waiter {
        let number: Int
        let isOver: @Sendable (Events) -> Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var events = Events()
        var next = 0
        var waiters: [Waiter] = []
    }

    private let state = Lock(State())

    var events: Events { self.state.withLock { $0.events } }

    /// Notes what has happened.
    func note(_ change: @Sendable (inout Events) -> Void) {
        let released = self.state.withLock { state in
            change(&state.events)
            let events = state.events
            let released = state.waiters.filter { $0.isOver(events) }.map(\.continuation)
            state.waiters.removeAll { $0.isOver(events) }
            return released
        }
        for continuation in released { continuation.resume() }
    }

    /// Waits until something has happened.
    ///
    /// - Throws: `CancellationError`.
    func wait(until isOver: @escaping @Sendable (Events) -> Bool) async throws {
        let number = self.state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let result: Result<Void, any Error>? = self.state.withLock { state in
                    if isOver(state.events) { return .success(()) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters.append(Waiter(number: number, isOver: isOver, continuation: continuation))
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let waiter = self.state.withLock { state in
                state.waiters.firstIndex { $0.number == number }.map { state.waiters.remove(at: $0).continuation }
            }
            waiter?.resume(throwing: CancellationError())
        }
    }
}
