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

    init?(argument: String) {
        if let seconds = Double(argument), abs(seconds) < 1e11 {
            self.date = Date(timeIntervalSince1970: seconds)
        } else if let date = try? Date(argument, strategy: .iso8601) {
            self.date = date
        } else {
            return nil
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
