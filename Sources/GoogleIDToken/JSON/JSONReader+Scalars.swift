//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

extension JSONReader {
    /// Parses a string (RFC 8259 §7).
    mutating func readString() throws(JSONError) {
        self.position += 1
        let start = self.position
        self.position = Bytes.endOfPlainText(in: self.tape.bytes.span, from: start)
        guard try self.peek() != UInt8(ascii: "\"") else {
            self.tape.append(.string, start, self.position)
            self.position += 1
            return
        }
        let unescapedStart = self.tape.unescapedCount
        self.tape.unescape(start..<self.position)
        while true {
            switch try self.peek() {
            case UInt8(ascii: "\""):
                self.tape.append(.escapedString, unescapedStart, self.tape.unescapedCount)
                self.position += 1
                return
            case UInt8(ascii: "\\"):
                self.tape.unescape(try JSONEscape.read(self.tape.bytes, &self.position))
            case ..<UInt8(ascii: " "):
                throw self.error(.unescapedControl)
            default:
                let start = self.position
                self.position = Bytes.endOfPlainText(in: self.tape.bytes.span, from: start)
                self.tape.unescape(start..<self.position)
            }
        }
    }

    /// Parses a number (RFC 8259 §6), which keeps its original text.
    mutating func readNumber() throws(JSONError) {
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
        if self.position < self.tape.bytes.count, self.tape.bytes[self.position] | 0x20 == UInt8(ascii: "e") {
            self.position += 1
            _ = self.skip(UInt8(ascii: "+")) || self.skip(UInt8(ascii: "-"))
            guard self.skipDigits() > 0 else { throw JSONError(reason: .invalidNumber, offset: start) }
        }
        self.tape.append(.number, start, self.position)
    }

    @discardableResult
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard self.position < self.tape.bytes.count, self.tape.bytes[self.position] == byte else { return false }
        self.position += 1
        return true
    }

    private mutating func skipDigits() -> Int {
        let start = self.position
        var end = start
        while end < self.tape.bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= self.tape.bytes[end] { end += 1 }
        self.position = end
        return end - start
    }
}
