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
    /// The operation need not be sendable: it runs where the caller runs, its actor included, and the caller waits for it.
    /// It sees the caller's task-local values and priority, and a cancellation of the caller reaches it. Nothing outlives
    /// the call: an operation that overlooks that it is cancelled is waited for.
    ///
    /// - Parameters:
    ///   - isolation: The actor of the caller.
    ///   - operation: The operation.
    ///   - end: Waits for what ends the operation, and returns whether that has come; false if it was cancelled before.
    /// - Returns: What came of the operation, or nil if `end` came first, whatever the operation did then.
    package static func run<Outcome>(
        isolation: isolated (any Actor)? = #isolation,
        _ operation: () async throws -> Outcome,
        until end: @escaping @Sendable () async -> Bool
    ) async -> Result<Outcome, any Error>? {
        await withoutActuallyEscaping(operation) { operation in
            // Only the child task touches them while it runs, and the caller does nothing but wait for it.
            nonisolated(unsafe) let operation = operation
            nonisolated(unsafe) var result: Result<Outcome, any Error>?
            let hasEnded = await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    // What the closure captures is where it runs.
                    _ = isolation
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
