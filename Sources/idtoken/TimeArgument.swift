//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation

/// A point in time on the command line: as ISO 8601 has it, or seconds since 1970.
struct TimeArgument: ExpressibleByArgument {
    let date: Date

    /// The years 1970 to 9999, in seconds since 1970: no token is older, and four digits can write no later one.
    private static let writable = 0.0...253_402_300_799

    init?(argument: String) {
        if argument.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil {
            guard let seconds = Double(argument), Self.writable ~= seconds else { return nil }
            self.date = Date(timeIntervalSince1970: seconds)
        } else {
            // Foundation reads the beginning of a text, and the 31st of February: what it read must be what was given.
            guard
                let parts = argument.wholeMatch(of: /(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)([Zz]|[+-]\d\d:?\d\d)/),
                let local = try? Date("\(parts.1)T\(parts.2)Z", strategy: .iso8601),
                local.utc == "\(parts.1)T\(parts.2)Z",
                let date = try? Date("\(parts.1)T\(parts.2)\(parts.3.uppercased())", strategy: .iso8601),
                Self.writable ~= date.timeIntervalSince1970
            else { return nil }
            self.date = date
        }
    }
}

extension Date {
    /// The time in UTC as ISO 8601 has it, to the second.
    var utc: String {
        self.formatted(.iso8601)
    }
}
#endif
