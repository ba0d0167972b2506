//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import CurlTransport
internal import GoogleIDToken

/// When a record was captured, as logs write times: in seconds since 1970.
enum CapturedTime {
    /// Reads text of ISO 8601 (RFC 3339), or a number of seconds, milliseconds, microseconds or nanoseconds.
    static func seconds(_ value: IDTokenJSON) -> Double? {
        switch value {
        case .string(let text): self.seconds(text)
        case .number: value.doubleValue.flatMap { self.scaled($0) }
        default: nil
        }
    }

    /// Reads text of ISO 8601 (RFC 3339 §5.6), with or without parts of seconds.
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
        guard let offset = self.offset(rest) else { return nil }
        let days = CalendarDay(year: year, month: month, day: day).daysSince1970
        // Not every month has a 31st.
        guard CalendarDay(daysSince1970: days).day == day else { return nil }
        return Double(days * 86_400 + hour * 3_600 + minute * 60 + second - offset) + fraction
    }

    /// Reads the date of an HTTP response (RFC 9110 §5.6.7).
    static func seconds(httpDate text: String) -> Double? {
        HTTPDate.seconds(text).map { Double($0) }
    }

    /// The offset from UTC in seconds.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
        if text.elementsEqual("Z".utf8) || text.elementsEqual("z".utf8) { return 0 }
        let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard let sign = text.first, "+-".utf8.contains(sign), digits.count == 4,
            let hours = self.number(digits[0..<2]), let minutes = self.number(digits[2..<4]),
            hours < 24, minutes < 60
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Numbers of seconds have ten digits in this age; longer ones count smaller parts.
    private static func scaled(_ number: Double) -> Double? {
        switch abs(number) {
        case ..<1e11: number
        case ..<1e14: number / 1e3
        case ..<1e17: number / 1e6
        case ..<1e20: number / 1e9
        default: nil
        }
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
