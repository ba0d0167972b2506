//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import FoundationEssentials

/// Times as ISO 8601 and its profile for the Internet (RFC 3339 §5.6) write them; in seconds since 1970.
enum TimeText {
    /// Reads a time with its offset from UTC, with or without parts of seconds.
    ///
    /// - Parameter text: All of the text; a time that is followed by something else is not read.
    /// - Returns: The seconds, or nil if the text is not a time.
    static func seconds(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard 20...40 ~= bytes.count, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            "Tt ".utf8.contains(bytes[10]), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = self.number(bytes[0..<4]), let month = self.number(bytes[5..<7]),
            let day = self.number(bytes[8..<10]), let hour = self.number(bytes[11..<13]),
            let minute = self.number(bytes[14..<16]), let second = self.number(bytes[17..<19]),
            1...12 ~= month, 1...31 ~= day, hour < 24, minute < 60, second <= 60
        else { return nil }
        var rest = bytes[19...]
        var fraction = 0.0
        if rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") {
            let digits = rest.dropFirst().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            guard let value = self.number(digits.prefix(9)) else { return nil }
            fraction = digits.prefix(9).reduce(Double(value)) { sum, _ in sum / 10 }
            rest = rest[digits.endIndex...]
        }
        guard let offset = self.offset(Array(rest)) else { return nil }
        let days = CalendarDay(year: year, month: month, day: day).daysSince1970
        // Not every month has a 31st.
        guard CalendarDay(daysSince1970: days).day == day else { return nil }
        return Double(days * 86_400 + hour * 3_600 + minute * 60 + second - offset) + fraction
    }

    /// Reads an offset from UTC, `Z`, `+01:00` or `+0100`, in seconds.
    private static func offset(_ text: [UInt8]) -> Int? {
        if text.elementsEqual("Z".utf8) || text.elementsEqual("z".utf8) { return 0 }
        let minutesStart = text.count == 6 && text[3] == UInt8(ascii: ":") ? 4 : 3
        guard let sign = text.first, "+-".utf8.contains(sign), text.count == minutesStart + 2,
            let hours = self.number(text[1..<3]), let minutes = self.number(text[minutesStart...]),
            hours < 24, minutes < 60
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

extension [UInt8] {
    /// Appends a time in seconds since 1970 in UTC, to the second, such as `2026-01-31T12:00:00Z`.
    mutating func append(utc time: Double) {
        // Four digits can write the years 1 to 9999 only.
        guard -62_135_596_800..<253_402_300_800 ~= time else {
            self += "\(time) seconds since 1970".utf8
            return
        }
        let seconds = Int(time.rounded(.down))
        let ofDay = ((seconds % 86_400) + 86_400) % 86_400
        let day = CalendarDay(daysSince1970: (seconds - ofDay) / 86_400)
        self.append(twoDigits: day.year / 100, before: nil)
        self.append(twoDigits: day.year % 100, before: UInt8(ascii: "-"))
        self.append(twoDigits: day.month, before: UInt8(ascii: "-"))
        self.append(twoDigits: day.day, before: UInt8(ascii: "T"))
        self.append(twoDigits: ofDay / 3_600, before: UInt8(ascii: ":"))
        self.append(twoDigits: ofDay / 60 % 60, before: UInt8(ascii: ":"))
        self.append(twoDigits: ofDay % 60, before: UInt8(ascii: "Z"))
    }

    private mutating func append(twoDigits number: Int, before mark: UInt8?) {
        self.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        self.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
        if let mark { self.append(mark) }
    }
}

extension Double {
    /// This many seconds since 1970 as a time in UTC, to the second.
    var utcText: String {
        var text: [UInt8] = []
        text.append(utc: self)
        return String(decoding: text, as: UTF8.self)
    }
}

extension Date {
    /// The time in UTC, to the second.
    var utc: String {
        self.timeIntervalSince1970.utcText
    }
}

/// A day of the Gregorian calendar.
struct CalendarDay {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// - Parameter days: Days since 1970-01-01, at most some millions of years of them.
    init(daysSince1970 days: Int) {
        // Years are counted from March, so that the day that comes and goes is the last one.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        self.day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        self.month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let year = self.month <= 2 ? self.year - 1 : self.year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (self.month > 2 ? self.month - 3 : self.month + 9) + 2) / 5 + self.day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
#endif
