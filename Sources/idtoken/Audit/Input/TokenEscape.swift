//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Characters of a token as logs write them: percent-encoded, in JSON escapes, as HTML entities, quoted-printable.
///
/// Escapes of escapes are undone too, such as `%252E` and `\\u002e`.
enum TokenEscape {
    /// What is neither a character of a token nor an escape of one.
    static let other: UInt8 = 0
    /// A line break that is not part of the text (RFC 2045 §6.7).
    static let softBreak: UInt8 = 1
    /// What a terminal takes for a colour, as `grep --color` writes it inside a word.
    static let colour: UInt8 = 2

    /// Reads one character.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - index: Where the character begins.
    ///   - end: The end of the text.
    /// - Returns: The character, and the index after it.
    static func read(_ bytes: Span<UInt8>, at index: Int, end: Int) -> (value: UInt8, next: Int) {
        switch bytes[index] {
        case UInt8(ascii: "%"): self.percent(bytes, index, end)
        case UInt8(ascii: "\\"): self.backslash(bytes, index, end)
        case UInt8(ascii: "&"): self.entity(bytes, index, end)
        case UInt8(ascii: "="): self.quotedPrintable(bytes, index, end)
        case 0x1B: self.controlSequence(bytes, index + 1, end)
        default: (bytes[index], index + 1)
        }
    }

    private static func percent(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> (UInt8, Int) {
        var digits = index + 1
        // Each further encoding writes the percent sign as %25.
        while self.hexadecimal(bytes, digits, 2, end) == 0x25, self.hexadecimal(bytes, digits + 2, 2, end) != nil {
            digits += 2
        }
        if digits < end, bytes[digits] | 0x20 == UInt8(ascii: "u"),
            let value = self.hexadecimal(bytes, digits + 1, 4, end)
        {
            return (self.ascii(value), digits + 5)
        }
        guard let value = self.hexadecimal(bytes, digits, 2, end) else { return (self.other, index + 1) }
        return (self.ascii(value), digits + 2)
    }

    private static func backslash(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> (UInt8, Int) {
        var letter = index
        while letter < end, bytes[letter] == UInt8(ascii: "\\") { letter += 1 }
        guard letter < end else { return (self.other, letter) }
        var found: (value: Int, next: Int)?
        switch bytes[letter] {
        case UInt8(ascii: "u"):
            if letter + 1 < end, bytes[letter + 1] == UInt8(ascii: "{") {
                found = self.bracedNumber(bytes, letter + 2, end)
            } else {
                found = self.hexadecimal(bytes, letter + 1, 4, end).map { ($0, letter + 5) }
            }
        case UInt8(ascii: "x"): found = self.hexadecimal(bytes, letter + 1, 2, end).map { ($0, letter + 3) }
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            found = self.octal(bytes, letter, end).map { ($0, letter + 3) }
            if found == nil { return (self.other, letter + 1) }
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "v"), UInt8(ascii: "a"), UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            return (self.other, letter + 1)
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            // Markdown and regular expressions.
            return (bytes[letter], letter + 1)
        default: return (self.other, letter)
        }
        guard let found else { return (self.other, letter) }
        if found.value == 0x1B { return self.controlSequence(bytes, found.next, end) }
        return (self.ascii(found.value), found.next)
    }

    private static func entity(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> (UInt8, Int) {
        var start = index + 1
        while self.matches(bytes, start, end, "amp;") { start += 4 }
        for (name, value) in self.names where self.matches(bytes, start, end, name) {
            return (value, start + name.utf8CodeUnitCount)
        }
        guard start + 1 < end, bytes[start] == UInt8(ascii: "#") else { return (self.other, index + 1) }
        start += 1
        let isHexadecimal = bytes[start] | 0x20 == UInt8(ascii: "x")
        if isHexadecimal { start += 1 }
        var value = 0
        var digit = start
        while digit < min(end, start + 8), let number = self.digit(bytes[digit]), isHexadecimal || number < 10 {
            value = value * (isHexadecimal ? 16 : 10) + number
            digit += 1
        }
        guard digit > start, digit < end, bytes[digit] == UInt8(ascii: ";") else { return (self.other, index + 1) }
        return (self.ascii(value), digit + 1)
    }

    private static let names: [(StaticString, UInt8)] = [
        ("period;", UInt8(ascii: ".")), ("lowbar;", UInt8(ascii: "_")), ("equals;", UInt8(ascii: "=")),
    ]

    private static func quotedPrintable(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> (UInt8, Int) {
        let next = index + 1
        if next < end, bytes[next] == 0x0A { return (self.softBreak, next + 1) }
        if next + 1 < end, bytes[next] == 0x0D, bytes[next + 1] == 0x0A { return (self.softBreak, next + 2) }
        guard let value = self.hexadecimal(bytes, next, 2, end), value < 0x80,
            TokenScanner.segment.contains(UInt8(value)) || value == 0x2E || value == 0x3D
        else { return (UInt8(ascii: "="), next) }
        return (UInt8(value), next + 2)
    }

    /// Terminals take `ESC [ … letter` as a colour, so the letter is not the beginning of a word.
    private static func controlSequence(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (UInt8, Int) {
        guard start < end, bytes[start] == UInt8(ascii: "[") else { return (self.other, start) }
        var index = start + 1
        while index < min(end, start + 32), 0x20..<0x40 ~= bytes[index] { index += 1 }
        guard index < end else { return (self.other, index) }
        return ("mK".utf8.contains(bytes[index]) ? self.colour : self.other, index + 1)
    }

    private static func ascii(_ value: Int) -> UInt8 {
        3..<0x80 ~= value ? UInt8(truncatingIfNeeded: value) : self.other
    }

    private static func matches(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard start + count <= end else { return false }
        var index = start
        for byte in text.description.utf8 {
            guard bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private static func bracedNumber(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (Int, Int)? {
        var value = 0
        var index = start
        while index < min(end, start + 6), let number = self.digit(bytes[index]) {
            value = value * 16 + number
            index += 1
        }
        return index > start && index < end && bytes[index] == UInt8(ascii: "}") ? (value, index + 1) : nil
    }

    private static func hexadecimal(_ bytes: Span<UInt8>, _ start: Int, _ count: Int, _ end: Int) -> Int? {
        guard start + count <= end else { return nil }
        var value = 0
        for index in start..<start + count {
            guard let number = self.digit(bytes[index]) else { return nil }
            value = value << 4 | number
        }
        return value
    }

    private static func octal(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        guard start + 3 <= end else { return nil }
        var value = 0
        for index in start..<start + 3 {
            guard let number = self.digit(bytes[index]), number < 8 else { return nil }
            value = value << 3 | number
        }
        return value
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 0x57
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 0x37
        default: nil
        }
    }
}
#endif
