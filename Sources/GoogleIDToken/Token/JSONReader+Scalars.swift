//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension JSONReader {
    /// Reads text in quotes (RFC 8259 §7).
    mutating func readString() throws(JSONError) -> String {
        self.position += 1
        let start = self.position
        while true {
            let byte = try self.peek()
            switch byte {
            case UInt8(ascii: "\""):
                defer { self.position += 1 }
                return String(decoding: self.bytes[start..<self.position], as: UTF8.self)
            case UInt8(ascii: "\\"):
                return try self.readEscapedString(from: start)
            case 0..<0x20:
                throw self.error(.unescapedControl)
            default:
                self.position += 1
            }
        }
    }

    /// Goes on with text in which an escape was found.
    private mutating func readEscapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(self.bytes[start..<self.position])
        while true {
            let byte = try self.peek()
            switch byte {
            case UInt8(ascii: "\""):
                self.position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text.append(contentsOf: String(Character(try self.readEscape())).utf8)
            case 0..<0x20:
                throw self.error(.unescapedControl)
            default:
                text.append(byte)
                self.position += 1
            }
        }
    }

    private mutating func readEscape() throws(JSONError) -> Unicode.Scalar {
        let start = self.position
        self.position += 1
        let kind = try self.peek()
        self.position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw JSONError(reason: .invalidEscape, offset: start)
        }
        let unit = try self.readHexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // What is left is half of a surrogate pair: the upper half must come first and the lower follow it.
        guard
            UTF16.isLeadSurrogate(unit),
            try self.take(UInt8(ascii: "\\")),
            try self.take(UInt8(ascii: "u"))
        else { throw JSONError(reason: .loneSurrogate, offset: start) }
        let low = try self.readHexadecimal()
        guard
            UTF16.isTrailSurrogate(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else { throw JSONError(reason: .loneSurrogate, offset: start) }
        return scalar
    }

    private mutating func readHexadecimal() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try self.peek())).hexDigitValue else {
                throw self.error(.invalidEscape)
            }
            unit = unit << 4 | UInt16(digit)
            self.position += 1
        }
        return unit
    }

    /// Reads a number (RFC 8259 §6) and keeps it as it is written.
    mutating func readNumber() throws(JSONError) -> JSONNumber {
        let start = self.position
        self.skip(UInt8(ascii: "-"))
        let startsWithZero = try self.peek() == UInt8(ascii: "0")
        let digitCount = self.skipDigits()
        guard digitCount > 0 else {
            throw JSONError(reason: self.position == start ? .unexpectedByte : .invalidNumber, offset: start)
        }
        guard digitCount == 1 || !startsWithZero else { throw JSONError(reason: .invalidNumber, offset: start) }
        if self.skip(UInt8(ascii: ".")) {
            guard self.skipDigits() > 0 else { throw JSONError(reason: .invalidNumber, offset: start) }
        }
        if self.skip(UInt8(ascii: "e")) || self.skip(UInt8(ascii: "E")) {
            _ = self.skip(UInt8(ascii: "+")) || self.skip(UInt8(ascii: "-"))
            guard self.skipDigits() > 0 else { throw JSONError(reason: .invalidNumber, offset: start) }
        }
        return JSONNumber(text: String(decoding: self.bytes[start..<self.position], as: UTF8.self))
    }

    @discardableResult
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard self.position < self.bytes.count, self.bytes[self.position] == byte else { return false }
        self.position += 1
        return true
    }

    private mutating func skipDigits() -> Int {
        let start = self.position
        while self.position < self.bytes.count,
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= self.bytes[self.position]
        {
            self.position += 1
        }
        return self.position - start
    }
}
