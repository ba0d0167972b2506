//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The waits between failed attempts: each is twice the last one, up to a longest.
package struct Backoff: Sendable {
    /// The wait after the first failure.
    static let first: Duration = .seconds(1)
    /// The longest wait, without jitter.
    static let longest: Duration = .seconds(60)

    /// The number of failures in a row.
    package private(set) var failureCount = 0

    package init() {}

    /// Records a failure.
    ///
    /// - Parameters:
    ///   - asked: The wait that the server asks for, if it does.
    ///   - jitter: A number from -1 to 1 that distributes the attempts of many processes over time.
    /// - Returns: The wait until the next attempt.
    package mutating func next(asked: Duration? = nil, jitter: Double) -> Duration {
        // Six doublings exceed the longest wait.
        let doubled = Self.first * (1 << min(self.failureCount, 6))
        self.failureCount += 1
        guard let asked, asked > doubled else { return min(doubled, Self.longest) * (1 + jitter / 10) }
        // The wait is never shorter than the server asks, and jitter prevents simultaneous retries.
        return min(asked, Self.longest) * (1 + abs(jitter) / 10)
    }
}
