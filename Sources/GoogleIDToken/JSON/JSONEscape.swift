//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// An escape sequence in a JSON string (RFC 8259 §7).
enum JSONEscape {
    /// Parses an escape sequence.
    ///
    /// - Parameters:
    ///   - bytes: The JSON text.
    ///   - position: The position of the backslash; on return, the position after the escape sequence.
    /// - Returns: The escaped character.
    /// - Throws: ``JSONError`` with `invalidEscape`, `loneSurrogate` or `unexpectedEnd`.
    static func read(_ bytes: [UInt8], _ position: inout Int) throws(JSONError) -> Unicode.Scalar {
        let start = position
        position += 1
        let kind = try Self.byte(bytes, position)
        position += 1
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
        let unit = try Self.hexadecimal(bytes, &position)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // Only surrogates remain; a leading surrogate must come first, followed by a trailing one.
        guard
            UTF16.isLeadSurrogate(unit),
            try Self.take(UInt8(ascii: "\\"), bytes, &position),
            try Self.take(UInt8(ascii: "u"), bytes, &position)
        else { throw JSONError(reason: .loneSurrogate, offset: start) }
        let low = try Self.hexadecimal(bytes, &position)
        guard
            UTF16.isTrailSurrogate(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else { throw JSONError(reason: .loneSurrogate, offset: start) }
        return scalar
    }

    private static func byte(_ bytes: [UInt8], _ position: Int) throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: position) }
        return bytes[position]
    }

    private static func take(_ byte: UInt8, _ bytes: [UInt8], _ position: inout Int) throws(JSONError) -> Bool {
        guard try Self.byte(bytes, position) == byte else { return false }
        position += 1
        return true
    }

    private static func hexadecimal(_ bytes: [UInt8], _ position: inout Int) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let digit = Self.digit(try Self.byte(bytes, position))
            guard digit < 16 else { throw JSONError(reason: .invalidEscape, offset: position) }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    /// Returns the value of a hexadecimal digit, or 255 for any other byte.
    private static func digit(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: .max
        }
    }
}
