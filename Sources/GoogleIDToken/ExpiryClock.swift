//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials

/// The clock by which a token expires, and how one waits by it.
///
/// A token expires by the wall clock, and a task sleeps by another one: the former is set and corrected, the latter only
/// goes on. So nobody sleeps for longer than ``longestSleep`` without looking at the wall clock again.
package struct ExpiryClock: Sendable {
    /// The longest time between two looks at the wall clock, in seconds.
    static let longestSleep = 10.0

    /// The wall clock's time, in seconds since 1970.
    var now: @Sendable () -> Double
    /// Sleeps for a time by a clock that only goes on; returns early when the task is cancelled.
    var sleep: @Sendable (Duration) async -> Void

    /// This machine's clocks.
    static let system = ExpiryClock(
        now: { Date().timeIntervalSince1970 },
        sleep: { try? await Task.sleep(for: $0, clock: .continuous) }
    )

    /// Waits until the wall clock shows a time.
    ///
    /// - Parameter time: The time in seconds since 1970.
    /// - Returns: Whether it has come; false if the task was cancelled before.
    func hasReached(_ time: Double) async -> Bool {
        while !Task.isCancelled {
            let remaining = time - self.now()
            guard remaining > 0 else { return true }
            await self.sleep(.seconds(min(remaining, Self.longestSleep)))
        }
        return false
    }
}
