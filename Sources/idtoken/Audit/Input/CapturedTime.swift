//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// When a record was captured.
enum CapturedTime: Sendable, Equatable {
    /// - Parameters:
    ///   - seconds: Seconds since 1970.
    ///   - basis: What says so, in words: `field .timestamp`, `Date of the response`, `start of the line`.
    case known(_ seconds: Double, basis: String)
    /// The record has several times that differ.
    ///
    /// - Parameters:
    ///   - latest: The latest of them, in seconds since 1970.
    ///   - basis: What says so, with each of the times.
    case conflicting(latest: Double, basis: String)
    /// - Parameter reason: Why there is no time, in words.
    case unknown(reason: String)

    /// The time of a record that has none.
    static let none = CapturedTime.unknown(reason: "the record has no time")
}
#endif
