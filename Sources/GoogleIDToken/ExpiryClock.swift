//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials

/// The clock that decides when a token expires, and a way to wait for that time.
///
/// A token expires by the wall clock, which can be set and corrected, but a task sleeps by a monotonic clock. No sleep
/// is therefore longer than ``longestSleep``: after that the wall clock is read again.
package struct ExpiryClock: Sendable {
    /// The longest time between two readings of the wall clock, in seconds.
    package static let longestSleep = 10.0

    /// Returns the wall clock's time, in seconds since 1970.
    package var now: @Sendable () -> Double
    /// Sleeps for a duration by a monotonic clock; returns early if the task is cancelled.
    package var sleep: @Sendable (Duration) async -> Void

    /// This machine's clocks.
    package static let system = ExpiryClock(
        now: { Date().timeIntervalSince1970 },
        sleep: { try? await Task.sleep(for: $0, clock: .continuous) }
    )

    package init(now: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Duration) async -> Void) {
        self.now = now
        self.sleep = sleep
    }

    /// Waits until the wall clock reaches a time.
    ///
    /// - Parameter time: The time in seconds since 1970.
    /// - Returns: Whether the clock reached the time; false if the task was cancelled first.
    func hasReached(_ time: Double) async -> Bool {
        while !Task.isCancelled {
            let remaining = time - self.now()
            guard remaining > 0 else { return true }
            await self.sleep(.seconds(min(remaining, Self.longestSleep)))
        }
        return false
    }
}
