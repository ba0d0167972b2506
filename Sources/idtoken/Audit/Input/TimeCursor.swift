//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// A place in text from which the parts of a time are read.
struct TimeCursor {
    var position: Int
    let end: Int

    /// The byte at the place, or 0 at the end.
    func peek(_ text: Span<UInt8>) -> UInt8 {
        self.position < self.end ? text[self.position] : 0
    }

    mutating func take(_ text: Span<UInt8>, _ byte: UInt8) -> Bool {
        guard self.peek(text) == byte, byte != 0 else { return false }
        self.position += 1
        return true
    }

    /// - Returns: Whether there were any.
    @discardableResult
    mutating func takeSpaces(_ text: Span<UInt8>) -> Bool {
        let start = self.position
        while self.position < min(self.end, start + 8), text[self.position] == UInt8(ascii: " ") { self.position += 1 }
        return self.position > start
    }

    /// Takes exactly so many digits.
    mutating func takeNumber(_ text: Span<UInt8>, _ count: Int) -> Int? {
        guard self.position + count <= self.end else { return nil }
        var number = 0
        for index in self.position..<self.position + count {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[index] else { return nil }
            number = number * 10 + Int(text[index] - UInt8(ascii: "0"))
        }
        self.position += count
        return number
    }

    /// Takes a word of so many letters.
    mutating func takeWord(_ text: Span<UInt8>, lengths: ClosedRange<Int> = 3...9) -> Range<Int>? {
        let start = self.position
        while self.position < min(self.end, start + 10),
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= text[self.position] | 0x20
        { self.position += 1 }
        return lengths ~= self.position - start ? start..<self.position : nil
    }

    func isBeforeWord(_ text: Span<UInt8>) -> Bool {
        TokenScanner.segment.contains(self.peek(text)) || self.peek(text) == UInt8(ascii: ":")
    }

    /// Takes `01:30:21`, `013021`, with a fraction after a dot or a comma; in seconds.
    mutating func takeTimeOfDay(_ text: Span<UInt8>, hasColons: Bool) -> Double? {
        let colon = UInt8(ascii: ":")
        guard let hour = self.takeNumber(text, 2), !hasColons || self.take(text, colon),
            let minute = self.takeNumber(text, 2), !hasColons || self.take(text, colon),
            let second = self.takeNumber(text, 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        var fraction = 0.0
        let mark = self.peek(text)
        if mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") {
            var part = 0.1
            var index = self.position + 1
            while index < self.end, UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[index] {
                fraction += part * Double(text[index] - UInt8(ascii: "0"))
                part /= 10
                index += 1
            }
            // In `01:30:21, then` the comma belongs to the sentence.
            if index > self.position + 1 { self.position = index }
        }
        // Digits that go on belong to another number.
        guard !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= self.peek(text)) else { return nil }
        return Double(hour * 3_600 + minute * 60 + second) + fraction
    }

    /// Takes `Z`, `UTC`, `GMT`, `+01`, `+0100`, `+01:00`; in seconds.
    mutating func takeZone(_ text: Span<UInt8>) -> Int? {
        var cursor = self
        switch cursor.peek(text) {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            cursor.position += 1
            guard !cursor.isBeforeWord(text) else { return nil }
            self = cursor
            return 0
        case UInt8(ascii: "U"), UInt8(ascii: "G"), UInt8(ascii: "u"), UInt8(ascii: "g"):
            guard let word = cursor.takeWord(text) else { return nil }
            let name = text.extracting(word)
            guard Bytes.areEqual(name, ignoringCaseOf: "utc") || Bytes.areEqual(name, ignoringCaseOf: "gmt") else {
                return nil
            }
            self = cursor
            return 0
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let sign = cursor.peek(text) == UInt8(ascii: "-") ? -1 : 1
            cursor.position += 1
            guard let hours = cursor.takeNumber(text, 2) else { return nil }
            var minutes = 0
            let hasColon = cursor.take(text, UInt8(ascii: ":"))
            if let number = cursor.takeNumber(text, 2) {
                minutes = number
            } else if hasColon {
                return nil
            }
            guard hours < 24, minutes < 60, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= cursor.peek(text)) else {
                return nil
            }
            self = cursor
            return sign * (hours * 3_600 + minutes * 60)
        default: return nil
        }
    }

    /// Takes the half of the day that follows a time of twelve hours, such as ` PM`.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - ofDay: The time as it was written, in seconds.
    /// - Returns: The time of the day, which is the same where no half follows, or nil for 13 o'clock and later.
    mutating func takeHalfOfDay(_ text: Span<UInt8>, _ ofDay: Double) -> Double? {
        var cursor = self
        cursor.takeSpaces(text)
        guard let word = cursor.takeWord(text, lengths: 2...2) else { return ofDay }
        let name = text.extracting(word)
        let isAfternoon = Bytes.areEqual(name, ignoringCaseOf: "pm")
        guard isAfternoon || Bytes.areEqual(name, ignoringCaseOf: "am") else { return ofDay }
        guard ofDay < 13 * 3_600 else { return nil }
        self = cursor
        return ofDay.truncatingRemainder(dividingBy: 12 * 3_600) + (isAfternoon ? 12 * 3_600 : 0)
    }

    private static let zoneNames = NameSet(
        "ACDT",
        "ACST",
        "ADT",
        "AEDT",
        "AEST",
        "AKDT",
        "AKST",
        "AST",
        "AWST",
        "BRT",
        "BST",
        "CDT",
        "CEST",
        "CET",
        "CST",
        "EAT",
        "EDT",
        "EEST",
        "EET",
        "EST",
        "HKT",
        "HST",
        "IST",
        "JST",
        "KST",
        "MDT",
        "MSK",
        "MST",
        "NZDT",
        "NZST",
        "PDT",
        "PST",
        "SAST",
        "SGT",
        "WAT",
        "WEST",
        "WET",
        "WIB"
    )

    /// Whether the name of a time zone other than UTC follows.
    func isBeforeZoneName(_ text: Span<UInt8>) -> Bool {
        var cursor = self
        guard let word = cursor.takeWord(text) else { return false }
        // In small letters these are words of other languages.
        return UInt8(ascii: "A")...UInt8(ascii: "Z") ~= text[word.lowerBound]
            && Self.zoneNames.contains(text.extracting(word))
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// The number of the month that a word begins with the name of.
    static func month(_ text: Span<UInt8>, _ word: Range<Int>) -> Int? {
        let name = text.extracting(word.lowerBound..<word.lowerBound + 3)
        return self.months.firstIndex { Bytes.areEqual(name, ignoringCaseOf: $0) }.map { $0 + 1 }
    }

    static func isWeekday(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        let name = text.extracting(word.lowerBound..<word.lowerBound + 3)
        return self.weekdays.contains { Bytes.areEqual(name, ignoringCaseOf: $0) }
    }
}
#endif
