//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

package import GoogleIDToken
internal import IDTokenPlatform

/// A clock that a test moves, for the limit of the log lines about refused requests.
package final class SteppedClock: Sendable {
    /// A task that waits for the clock.
    package struct Sleeper: Sendable {
        package let duration: Duration
        fileprivate let continuation: CheckedContinuation<Void, Never>
    }

    private let time = Lock(Duration.zero)
    private let sleepers: AsyncStream<Sleeper>
    private let continuation: AsyncStream<Sleeper>.Continuation

    package init() {
        (self.sleepers, self.continuation) = AsyncStream.makeStream(of: Sleeper.self)
    }

    /// A limit by this clock.
    package func limit() -> RefusalLimit {
        RefusalLimit(
            clock: RefusalLimit.Clock(
                now: { self.time.withLock { $0 } },
                sleep: { duration in
                    await withCheckedContinuation {
                        _ = self.continuation.yield(Sleeper(duration: duration, continuation: $0))
                    }
                }
            )
        )
    }

    /// Moves the clock.
    package func advance(by duration: Duration) {
        self.time.withLock { $0 += duration }
    }

    /// Waits until a task waits for the clock, and moves the clock for as long as the task wants.
    ///
    /// - Returns: The time by which the clock was moved, or nil if this task is cancelled.
    @discardableResult package func passNextSleep() async -> Duration? {
        guard let sleeper = await self.sleepers.first(where: { _ in true }) else { return nil }
        self.advance(by: sleeper.duration)
        sleeper.continuation.resume()
        return sleeper.duration
    }
}
