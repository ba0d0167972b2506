//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Measures how long a verification takes.
///
/// It is a class because the size of a `ContinuousClock.Instant` is known only at run time: storing one in an
/// asynchronous function costs every verification more than this allocation costs the measured ones.
final class Stopwatch: Sendable {
    private let start = ContinuousClock.now

    /// The time since the stopwatch was created.
    var elapsed: Duration {
        self.start.duration(to: .now)
    }
}
