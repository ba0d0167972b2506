//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import FoundationEssentials

/// A time that was read from text.
struct ReadTime: Equatable {
    /// In seconds since 1970.
    var seconds: Double
    /// The index after its text.
    var end: Int
    /// What the text leaves open, and what was taken for it, in words.
    var remark: String?
}

/// The ways in which programs write times.
///
/// RFC 3339 and what is near it, the common log format, HTTP dates (RFC 9110 §5.6.7), syslog (RFC 3164), klog, what
/// `date` writes, and numbers of seconds, milliseconds, microseconds or nanoseconds since 1970.
enum TimeSpelling {
    /// The time of this run, by which a missing year is found.
    static let now = Date().timeIntervalSince1970

    static let noZone = "without a time zone, read as UTC"
    static let noYear = "without a year and a time zone, read as the latest before now, in UTC"

    /// Reads the time that is the whole text, which only white space may surround.
    static func whole(_ text: Span<UInt8>, now: Double = Self.now) -> ReadTime? {
        var start = 0
        var end = text.count
        while start < end, text[start] <= 0x20 { start += 1 }
        while end > start, text[end - 1] <= 0x20 { end -= 1 }
        if start < end, text[start] == UInt8(ascii: "["), text[end - 1] == UInt8(ascii: "]") {
            start += 1
            end -= 1
        }
        if let time = Self.beginning(text, start, end, now: now), time.end == end { return time }
        return Self.number(text, start..<end)
    }

    /// Reads a time that the text begins with; numbers do not count.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - start: Where the time begins.
    ///   - end: The end of what may be looked at.
    ///   - now: The time by which a missing year is found, in seconds since 1970.
    /// - Returns: The time, or nil if the text does not begin with one.
    static func beginning(_ text: Span<UInt8>, _ start: Int, _ end: Int, now: Double = Self.now) -> ReadTime? {
        guard start + 14 <= end else { return nil }
        var cursor = TimeCursor(position: start, end: end)
        let first = text[start]
        if UInt8(ascii: "0")...UInt8(ascii: "9") ~= first {
            return Self.yearFirst(text, cursor) ?? Self.dayFirst(text, cursor)
        }
        if "IWEFD".utf8.contains(first), let time = Self.klog(text, cursor, now: now) { return time }
        guard let name = cursor.takeWord(text) else { return nil }
        if TimeCursor.month(text, name) != nil { return Self.monthFirst(text, cursor, name, now: now) }
        guard TimeCursor.isWeekday(text, name) else { return nil }
        // After the day of the week: `, 26 Nov 2026 …` in HTTP, or ` Nov 26 01:30:21 2026`.
        if cursor.take(text, UInt8(ascii: ",")) {
            cursor.takeSpaces(text)
            return Self.dayFirst(text, cursor)
        }
        cursor.takeSpaces(text)
        guard let month = cursor.takeWord(text) else { return nil }
        return Self.monthFirst(text, cursor, month, now: now)
    }

    /// `2026-11-26T01:30:21.5+01:00`, `2026/11/26 01:30:21`, `20261126T013021Z`.
    private static func yearFirst(_ text: Span<UInt8>, _ start: TimeCursor) -> ReadTime? {
        var cursor = start
        guard let year = cursor.takeNumber(text, 4) else { return nil }
        let mark = cursor.peek(text)
        let hasMarks = mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/")
        if hasMarks { cursor.position += 1 }
        guard let month = cursor.takeNumber(text, 2), !hasMarks || cursor.take(text, mark),
            let day = cursor.takeNumber(text, 2)
        else { return nil }
        let between = cursor.peek(text)
        guard "Tt".utf8.contains(between) || hasMarks && " \t".utf8.contains(between) else { return nil }
        cursor.position += 1
        if hasMarks {
            cursor.takeSpaces(text)
            // `2026/11/26 - 01:30:21`
            if cursor.take(text, UInt8(ascii: "-")) { cursor.takeSpaces(text) }
        }
        guard let ofDay = cursor.takeTimeOfDay(text, hasColons: hasMarks) else { return nil }
        return Self.time(text, cursor, year, month, day, ofDay)
    }

    /// `26/Nov/2026:01:30:21 +0000`, `26 Nov 2026 01:30:21 GMT`, `26-Nov-26 01:30:21 GMT`.
    private static func dayFirst(_ text: Span<UInt8>, _ start: TimeCursor) -> ReadTime? {
        var cursor = start
        guard let day = cursor.takeNumber(text, 2) ?? cursor.takeNumber(text, 1) else { return nil }
        let mark = cursor.peek(text)
        guard "/- ".utf8.contains(mark) else { return nil }
        cursor.position += 1
        guard let name = cursor.takeWord(text), let month = TimeCursor.month(text, name), cursor.take(text, mark)
        else { return nil }
        var year = cursor.takeNumber(text, 4)
        if year == nil, let short = cursor.takeNumber(text, 2) { year = short + (short < 70 ? 2_000 : 1_900) }
        guard let year, cursor.take(text, UInt8(ascii: ":")) || cursor.take(text, UInt8(ascii: " ")),
            let ofDay = cursor.takeTimeOfDay(text, hasColons: true)
        else { return nil }
        return Self.time(text, cursor, year, month, day, ofDay)
    }

    /// `Nov 26 01:30:21` of syslog, `Nov 26 01:30:21.123456 2026`, `Nov 26 01:30:21 UTC 2026`, `Nov 26 2026 01:30:21`.
    private static func monthFirst(
        _ text: Span<UInt8>,
        _ start: TimeCursor,
        _ name: Range<Int>,
        now: Double
    ) -> ReadTime? {
        var cursor = start
        guard let month = TimeCursor.month(text, name), cursor.takeSpaces(text),
            let day = cursor.takeNumber(text, 2) ?? cursor.takeNumber(text, 1)
        else { return nil }
        _ = cursor.take(text, UInt8(ascii: ","))
        guard cursor.takeSpaces(text) else { return nil }
        var year: Int?
        var early = cursor
        if let number = early.takeNumber(text, 4), early.takeSpaces(text) {
            year = number
            cursor = early
        }
        guard let ofDay = cursor.takeTimeOfDay(text, hasColons: true) else { return nil }
        if let year { return Self.time(text, cursor, year, month, day, ofDay) }
        var late = cursor
        if late.takeSpaces(text) {
            if late.isBeforeZoneName(text) { return nil }
            let zone = late.takeZone(text)
            if zone != nil { late.takeSpaces(text) }
            if let year = late.takeNumber(text, 4), !late.isBeforeWord(text) {
                guard let seconds = Self.seconds(year, month, day, ofDay) else { return nil }
                return ReadTime(
                    seconds: seconds - Double(zone ?? 0),
                    end: late.position,
                    remark: zone == nil ? Self.noZone : nil
                )
            }
        }
        return Self.latest(month, day, ofDay, cursor.position, now: now)
    }

    /// `I1126 01:30:21.123456` of Kubernetes' own programs.
    private static func klog(_ text: Span<UInt8>, _ start: TimeCursor, now: Double) -> ReadTime? {
        var cursor = start
        cursor.position += 1
        guard let month = cursor.takeNumber(text, 2), let day = cursor.takeNumber(text, 2), cursor.takeSpaces(text),
            let ofDay = cursor.takeTimeOfDay(text, hasColons: true)
        else { return nil }
        return Self.latest(month, day, ofDay, cursor.position, now: now)
    }

    /// Reads a number of seconds or smaller parts since 1970.
    ///
    /// Seconds have ten digits until the year 2286; longer numbers count smaller parts.
    static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> ReadTime? {
        guard 1...40 ~= range.count, range.allSatisfy({ "0123456789.-+eE".utf8.contains(text[$0]) }),
            let number = Double(JSONText.plain(text.extracting(range))), number.isFinite
        else { return nil }
        let seconds: Double
        switch number {
        // Fewer are a duration or a count, since the year 1973.
        case ..<1e8: return nil
        case ..<1e11: seconds = number
        case ..<1e14: seconds = number / 1e3
        case ..<1e17: seconds = number / 1e6
        case ..<1e20: seconds = number / 1e9
        default: return nil
        }
        return ReadTime(seconds: seconds, end: range.upperBound)
    }

    private static func time(
        _ text: Span<UInt8>,
        _ start: TimeCursor,
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ ofDay: Double
    ) -> ReadTime? {
        var cursor = start
        guard let ofDay = cursor.takeHalfOfDay(text, ofDay), let seconds = Self.seconds(year, month, day, ofDay)
        else { return nil }
        let end = cursor.position
        if let zone = cursor.takeZone(text) {
            return ReadTime(seconds: seconds - Double(zone), end: cursor.position)
        }
        if cursor.takeSpaces(text) {
            if let zone = cursor.takeZone(text) {
                return ReadTime(seconds: seconds - Double(zone), end: cursor.position)
            }
            // Most names of zones have several meanings, so that the time is not known.
            if cursor.isBeforeZoneName(text) { return nil }
        }
        return ReadTime(seconds: seconds, end: end, remark: Self.noZone)
    }

    private static func latest(
        _ month: Int,
        _ day: Int,
        _ ofDay: Double,
        _ end: Int,
        now: Double
    ) -> ReadTime? {
        let year = CalendarDay(daysSince1970: Int((now / 86_400).rounded(.down))).year
        // A clock or a time zone may be ahead by a day; 29 February may be eight years back.
        for candidate in stride(from: year + 1, through: year - 8, by: -1) {
            guard let seconds = Self.seconds(candidate, month, day, ofDay), seconds <= now + 86_400 else { continue }
            return ReadTime(seconds: seconds, end: end, remark: Self.noYear)
        }
        return nil
    }

    private static func seconds(_ year: Int, _ month: Int, _ day: Int, _ ofDay: Double) -> Double? {
        guard 1...12 ~= month, 1...31 ~= day else { return nil }
        let days = CalendarDay(year: year, month: month, day: day).daysSince1970
        // Not every month has a 31st.
        guard CalendarDay(daysSince1970: days).day == day else { return nil }
        return Double(days * 86_400) + ofDay
    }
}
#endif
