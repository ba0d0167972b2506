//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// How long something takes.
///
/// A class, since the layout of an instant is known only at run time, and room for it in an asynchronous function costs
/// every verification more than this costs those that are timed.
final class Stopwatch: Sendable {
    private let start = ContinuousClock.now

    /// The time since it was made.
    var elapsed: Duration {
        self.start.duration(to: .now)
    }
}
