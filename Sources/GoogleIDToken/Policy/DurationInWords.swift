//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Formats a duration for a message, such as `3 years` or `1 hour`, in its largest whole unit, rounded down.
///
/// - Parameter seconds: The duration in seconds; the sign is ignored.
/// - Returns: The text; `more than 1000000 years` for longer durations, and `an unknown time` if the value is not a
///   number.
package func durationInWords(seconds: Double) -> String {
    let length = seconds.magnitude
    guard !length.isNaN else { return "an unknown time" }
    let year = 365.0 * 86_400
    let mostYears = 1_000_000
    // Larger values, such as infinity, may not fit into an integer.
    guard length < year * Double(mostYears + 1) else { return "more than \(mostYears) years" }
    let units = [("year", year), ("day", 86_400), ("hour", 3_600), ("minute", 60)]
    let (name, size) = units.first { length >= $0.1 } ?? ("second", 1)
    let count = Int(length / size)
    return "\(count) \(name)\(count == 1 ? "" : "s")"
}
