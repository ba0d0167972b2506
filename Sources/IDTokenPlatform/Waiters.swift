//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The tasks that wait for a change of a state, which holds them.
package struct Waiters: Sendable {
    private var continuations: [UInt64: CheckedContinuation<Void, Never>] = [:]
    private var next: UInt64 = 0

    package init() {}

    fileprivate mutating func nextNumber() -> UInt64 {
        self.next &+= 1
        return self.next
    }

    fileprivate mutating func insert(_ continuation: CheckedContinuation<Void, Never>, as number: UInt64) {
        self.continuations[number] = continuation
    }

    fileprivate mutating func remove(_ number: UInt64) -> CheckedContinuation<Void, Never>? {
        self.continuations.removeValue(forKey: number)
    }

    /// Removes all waiters.
    ///
    /// - Returns: The waiters; each must be resumed, outside the lock.
    package mutating func removeAll() -> [CheckedContinuation<Void, Never>] {
        defer { self.continuations = [:] }
        return Array(self.continuations.values)
    }
}

extension Lock where State: Sendable {
    /// Waits until another task resumes the waiters of the state; returns early if this task is cancelled.
    ///
    /// The cancellation of a waiting task leaves the others alone.
    ///
    /// - Parameters:
    ///   - waiters: The waiters' place in the state.
    ///   - mustWait: Whether the change is still to come; it is called with the lock held.
    package func wait(
        in waiters: any WritableKeyPath<State, Waiters> & Sendable,
        while mustWait: @Sendable (State) -> Bool
    ) async {
        let number = self.withLock { $0[keyPath: waiters].nextNumber() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = self.withLock { state in
                    // A cancellation before this point is detected here; after it, the cancellation handler finds the
                    // waiter.
                    guard mustWait(state), !Task.isCancelled else { return false }
                    state[keyPath: waiters].insert(continuation, as: number)
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            self.withLock { $0[keyPath: waiters].remove(number) }?.resume()
        }
    }
}
