//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Runs operations of the application that may ignore their cancellation.
package enum TimeLimit {
    /// Runs an operation and stops waiting for it when its time is over, even if it ignores its cancellation.
    ///
    /// - Returns: The operation's result, or nil if its time was over first.
    package static func first<Outcome: Sendable>(
        within timeLimit: Duration,
        _ operation: @escaping @Sendable () async throws -> Outcome
    ) async -> Result<Outcome, any Error>? {
        let (results, continuation) = AsyncStream.makeStream(of: Result<Outcome, any Error>?.self)
        let work = Task {
            do {
                continuation.yield(.success(try await operation()))
            } catch {
                continuation.yield(.failure(error))
            }
        }
        let timer = Task {
            try? await Task.sleep(for: timeLimit)
            continuation.yield(nil)
        }
        var iterator = results.makeAsyncIterator()
        let first = await iterator.next() ?? nil
        work.cancel()
        timer.cancel()
        return first
    }
}
