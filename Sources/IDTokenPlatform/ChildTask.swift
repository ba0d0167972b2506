//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Runs an operation in a child task that can be cancelled without its parent.
package enum ChildTask {
    /// Runs an operation, and cancels it if another function returns first.
    ///
    /// The operation need not be sendable, since the caller only waits for it. It inherits the caller's task-local
    /// values, priority and cancellation. No task outlives this call: it waits even for an operation that ignores its
    /// cancellation.
    ///
    /// Both functions are `@concurrent`, so that the compiler checks what an actor would share with the operation.
    ///
    /// - Parameters:
    ///   - operation: The operation.
    ///   - end: A function that waits for the event which ends the operation; it returns whether the event occurred, or
    ///     false if it was cancelled first.
    /// - Returns: The result of the operation, or nil if the event occurred first, whatever the operation did then.
    @concurrent
    package static func run<Outcome>(
        _ operation: @concurrent () async throws -> Outcome,
        until end: @escaping @concurrent @Sendable () async -> Bool
    ) async -> Result<Outcome, any Error>? {
        await withoutActuallyEscaping(operation) { operation in
            // Only the child task accesses these variables while it runs.
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
