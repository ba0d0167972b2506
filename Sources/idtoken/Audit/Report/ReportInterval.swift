//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The intervals in which a report counts uses.
///
/// Each width is a multiple of the one before, and all intervals are counted from one Monday in UTC; so intervals can be
/// joined into wider ones without looking at the uses again.
enum ReportInterval {
    /// In seconds: from a second to a day, a week, four weeks, about a year and its multiples.
    static let widths = [
        1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_419_200, 31_449_600,
        314_496_000,
    ]
    /// 1970-01-05, a Monday, in seconds since 1970.
    private static let origin = 345_600.0
    /// The times that can be counted: the years 1 to 9999, as other columns write them.
    private static let times = -62_135_596_800.0..<253_402_300_800.0

    /// The number of the interval that a time is in, or nil if the time is in no year from 1 to 9999.
    static func number(of time: Double, width: Int) -> Int? {
        guard self.times.contains(time), width > 0 else { return nil }
        return Int(((time - self.origin) / Double(width)).rounded(.down))
    }

    /// When an interval begins, in seconds since 1970.
    static func start(of number: Int, width: Int) -> Double {
        self.origin + Double(number) * Double(width)
    }

    /// The interval of another width that an interval is in.
    static func number(_ number: Int, joinedBy factor: Int) -> Int {
        number >= 0 ? number / factor : -((-number - 1) / factor) - 1
    }

    /// A width in words, such as `6 hours`.
    static func words(_ width: Int) -> String {
        switch width {
        case ..<60: self.words(width, "second")
        case ..<3_600: self.words(width / 60, "minute")
        case ..<86_400: self.words(width / 3_600, "hour")
        case ..<604_800: self.words(width / 86_400, "day")
        default: self.words(width / 604_800, "week")
        }
    }

    private static func words(_ count: Int, _ unit: String) -> String {
        "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
#endif
