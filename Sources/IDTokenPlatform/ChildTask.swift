//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// An operation in a child task, which can be cancelled without its parent.
package enum ChildTask {
    /// Runs an operation and cancels it when something else ends first.
    ///
    /// The operation need not be sendable, since the caller does nothing but wait for it. It sees the caller's task-local
    /// values and priority, and a cancellation of the caller reaches it. Nothing outlives the call: an operation that
    /// overlooks that it is cancelled is waited for.
    ///
    /// Both are `@concurrent`, so that the compiler takes care of what an actor would share with the operation.
    ///
    /// - Parameters:
    ///   - operation: The operation.
    ///   - end: Waits for what ends the operation, and returns whether that has come; false if it was cancelled before.
    /// - Returns: What came of the operation, or nil if `end` came first, whatever the operation did then.
    @concurrent
    package static func run<Outcome>(
        _ operation: @concurrent () async throws -> Outcome,
        until end: @escaping @concurrent @Sendable () async -> Bool
    ) async -> Result<Outcome, any Error>? {
        await withoutActuallyEscaping(operation) { operation in
            // Only the child task touches them while it runs.
            nonisolated(unsafe) let operation = operation
            nonisolated(unsafe) var result: Result<Outcome, any Error>?
            let hasEnded = await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    do {
                        unsafe result = .success(try await unsafe operation())
                    } catch {
                        unsafe result = .failure(error)
                    }
                    return false
                }
                group.addTask { await end() }
                let first = await group.next() ?? false
                group.cancelAll()
                await group.waitForAll()
                return first
            }
            return hasEnded ? nil : unsafe result
        }
    }
}
