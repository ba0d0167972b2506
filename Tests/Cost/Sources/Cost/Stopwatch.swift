//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Times some work, where no instructions are counted.
enum Stopwatch {
    /// The median of 201 runs, in microseconds.
    static func median(of work: () -> Void) -> Double {
        let times = (0..<201).map { _ in ContinuousClock().measure(work) / .microseconds(1) }
        return times.sorted()[100]
    }
}

extension Double {
    /// With two digits after the point.
    var formatted: String { "\((self * 100).rounded() / 100)" }
}
