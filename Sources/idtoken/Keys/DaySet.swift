//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// Days in UTC, as numbers of days since 1970.
struct DaySet: Sendable {
    private(set) var days: Set<Int>

    init(days: Set<Int> = []) {
        self.days = days
    }

    var count: Int { self.days.count }

    mutating func insert(_ time: Double) {
        if let day = Self.day(of: time) { self.days.insert(day) }
    }

    mutating func formUnion(_ other: DaySet) {
        self.days.formUnion(other.days)
    }

    func contains(_ time: Double) -> Bool {
        Self.day(of: time).map(self.days.contains) ?? false
    }

    /// The runs of days between the first and the last day that are not in the set.
    var gaps: [ClosedRange<Int>] {
        let sorted = self.days.sorted()
        return zip(sorted, sorted.dropFirst()).filter { $1 - $0 > 1 }.map { $0 + 1...$1 - 1 }
    }

    /// The number of the day that a time is in, or nil if the time is in no year from 1 to 9999.
    static func day(of time: Double) -> Int? {
        guard -62_135_596_800..<253_402_300_800 ~= time else { return nil }
        return Int((time / 86_400).rounded(.down))
    }

    /// A day as text, such as `2026-01-31`.
    static func text(_ day: Int) -> String {
        String((Double(day) * 86_400).utcText.prefix(10))
    }

    /// A run of days as text: the day, or the first and the last one.
    static func text(_ run: ClosedRange<Int>) -> String {
        run.count == 1 ? Self.text(run.lowerBound) : "\(Self.text(run.lowerBound)) to \(Self.text(run.upperBound))"
    }
}
#endif
