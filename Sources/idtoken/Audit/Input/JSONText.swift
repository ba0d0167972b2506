//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Names and text of JSON as they stand in the input, with their escapes.
enum JSONText {
    /// The content of a string (RFC 8259 §7); escapes that are wrong stay as they are.
    static func unescaped(_ text: Span<UInt8>) -> String {
        if Bytes.firstIndex(of: UInt8(ascii: "\\"), in: text) == nil, let plain = try? UTF8Span(validating: text) {
            return String(copying: plain)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var start = 0
        while let backslash = Bytes.firstIndex(of: UInt8(ascii: "\\"), in: text, from: start) {
            Bytes.append(text.extracting(start..<backslash), to: &bytes)
            start = Self.appendEscape(text, backslash, to: &bytes)
        }
        Bytes.append(text.extracting(start...), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text as it stands; what is not UTF-8 is replaced.
    static func plain(_ text: Span<UInt8>) -> String {
        if let valid = try? UTF8Span(validating: text) { return String(copying: valid) }
        var bytes: [UInt8] = []
        Bytes.append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func isEqual(_ text: Span<UInt8>, _ string: String) -> Bool {
        if Bytes.areEqual(text, string.utf8.span) { return true }
        guard Bytes.firstIndex(of: UInt8(ascii: "\\"), in: text) != nil else { return false }
        return Bytes.areEqual(self.unescaped(text).utf8.span, string.utf8.span)
    }

    /// - Returns: The index after the escape.
    private static func appendEscape(_ text: Span<UInt8>, _ start: Int, to bytes: inout [UInt8]) -> Int {
        guard start + 1 < text.count else {
            bytes.append(text[start])
            return start + 1
        }
        switch text[start + 1] {
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "u"):
            guard let high = self.number(text, start + 2) else { break }
            if let scalar = Unicode.Scalar(high) {
                bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
                return start + 6
            }
            if 0xD800..<0xDC00 ~= high, start + 12 <= text.count, text[start + 6] == UInt8(ascii: "\\"),
                text[start + 7] == UInt8(ascii: "u"), let low = self.number(text, start + 8), 0xDC00..<0xE000 ~= low,
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            {
                bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
                return start + 12
            }
            bytes.append(contentsOf: [0xEF, 0xBF, 0xBD])
            return start + 6
        default: bytes.append(text[start + 1])
        }
        return start + 2
    }

    private static func number(_ text: Span<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= text.count else { return nil }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            guard let digit = Character(Unicode.Scalar(text[index])).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
#endif
