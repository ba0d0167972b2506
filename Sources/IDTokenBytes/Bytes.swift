//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if canImport(Darwin)
private import Darwin
#elseif canImport(Musl)
private import Musl
#else
private import Glibc
#endif

/// Processes many bytes at once with unsafe pointers, where Swift's checks of single bytes would cost more than the
/// work.
///
/// No function reads beyond the span that it is given.
package enum Bytes {
    /// Returns the first index of a byte.
    ///
    /// - Parameters:
    ///   - byte: The byte.
    ///   - bytes: The bytes to search.
    ///   - start: The index at which the search starts.
    /// - Returns: The index, or nil if the byte does not occur.
    package static func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, from start: Int = 0) -> Int? {
        guard start >= 0, start < bytes.count else { return nil }
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            guard
                let base = bytes.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(base).distance(to: found)
        }
    }

    /// Appends the bytes of a span to an array.
    package static func append(_ bytes: Span<UInt8>, to array: inout [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe array.append(contentsOf: $0) }
    }

    /// Appends text that is known when the program is compiled.
    package static func append(_ text: StaticString, to array: inout [UInt8]) {
        text.withUTF8Buffer { unsafe array.append(contentsOf: $0) }
    }

    /// Whether two spans contain the same bytes.
    ///
    /// - Parameters:
    ///   - left: Some bytes.
    ///   - right: Some bytes.
    /// - Returns: Whether the bytes and their counts are equal.
    package static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right in
                guard let left = left.baseAddress, let base = right.baseAddress else { return true }
                return unsafe memcmp(left, base, right.count) == 0
            }
        }
    }

    /// Whether bytes equal an ASCII text, ignoring case.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - text: The text, in lower case.
    /// - Returns: Whether they are equal.
    package static func areEqual(_ bytes: Span<UInt8>, ignoringCaseOf text: String) -> Bool {
        let text = text.utf8.span
        guard bytes.count == text.count else { return false }
        for index in bytes.indices {
            let byte = bytes[index]
            let isUpperCase = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
            guard (isUpperCase ? byte | 0x20 : byte) == text[index] else { return false }
        }
        return true
    }

    /// Returns the end of plain text in a JSON string: the next quote, backslash or control character.
    ///
    /// - Parameters:
    ///   - bytes: The JSON text.
    ///   - start: The index at which the search starts.
    /// - Returns: The index, or the end of the bytes if there is none.
    package static func endOfPlainText(in bytes: Span<UInt8>, from start: Int) -> Int {
        guard start >= 0, start < bytes.count else { return bytes.count }
        return unsafe bytes.withUnsafeBytes { bytes in
            var index = start
            while index + 8 <= bytes.count {
                let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let found = Self.firstSpecial(word)
                if found < 8 { return index + found }
                index += 8
            }
            while index < bytes.count {
                // The other bytes of the word are filled with a character that is not special.
                let word = unsafe Self.eachByte(UInt8(ascii: "a")) << 8 | UInt64(bytes[index])
                if Self.firstSpecial(word) == 0 { return index }
                index += 1
            }
            return index
        }
    }

    /// Returns the index of the first quote, backslash or control character in eight bytes, from the lowest; 8 if none
    /// is.
    @inline(__always)
    private static func firstSpecial(_ word: UInt64) -> Int {
        let special =
            Self.zeros(word ^ Self.eachByte(UInt8(ascii: "\""))) | Self.zeros(word ^ Self.eachByte(UInt8(ascii: "\\")))
            | (word &- Self.eachByte(0x20)) & ~word
        return (special & Self.eachByte(0x80)).trailingZeroBitCount / 8
    }

    /// Sets the highest bit of the first zero byte; the bits of later bytes may be wrong.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 {
        (word &- Self.eachByte(1)) & ~word
    }

    @inline(__always)
    private static func eachByte(_ byte: UInt8) -> UInt64 {
        0x0101_0101_0101_0101 &* UInt64(byte)
    }

    /// Whether all bytes are characters of a `b64token` (RFC 6750 §2.1) other than `=`.
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: Whether all are; true if there are none.
    package static func isB64Token(_ bytes: Span<UInt8>) -> Bool {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return true }
            // Masks and a loop without an early exit allow the compiler to vectorise it.
            var areAll: UInt8 = 0xFF
            for index in 0..<bytes.count {
                unsafe areAll &= Self.b64TokenMask(base[index])
            }
            return areAll == 0xFF
        }
    }

    /// Returns a byte of ones for letters, "-./0123456789", "_", "~" and "+", and zero for other characters.
    @inline(__always)
    private static func b64TokenMask(_ byte: UInt8) -> UInt8 {
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        let digit = byte &- UInt8(ascii: "-")
        let letterOrDigit: UInt8 = (letter < 26 ? 0xFF : 0) | (digit < 13 ? 0xFF : 0)
        let other: UInt8 =
            (byte == UInt8(ascii: "_") ? 0xFF : 0) | (byte == UInt8(ascii: "~") ? 0xFF : 0)
            | (byte == UInt8(ascii: "+") ? 0xFF : 0)
        return letterOrDigit | other
    }
}
