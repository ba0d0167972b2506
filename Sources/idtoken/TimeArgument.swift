//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation

/// A point in time on the command line: text of ISO 8601, or seconds since 1970.
struct TimeArgument: ExpressibleByArgument {
    let date: Date

    /// The years 1970 to 9999, in seconds since 1970: no token is older, and four digits can write no later one.
    private static let writable = 0.0...253_402_300_799

    init?(argument: String) {
        let isNumber = argument.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil
        let seconds = isNumber ? Double(argument) : TimeText.seconds(argument)
        guard let seconds, Self.writable ~= seconds else { return nil }
        self.date = Date(timeIntervalSince1970: seconds)
    }
}
#endif
