//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import ByteScan

/// The base64url encoding of RFC 4648 §5 as JWS uses it: without padding, line breaks or other characters
/// (RFC 7515 §2).
package enum Base64URL {
    /// Whether characters are the one canonical spelling of some bytes.
    ///
    /// Padding, characters outside the alphabet, an impossible length and bits that are left over and not zero
    /// (RFC 4648 §3.5) are all refused, so that a token cannot be respelled.
    ///
    /// - Parameter text: The characters.
    /// - Returns: Whether ``decode(_:)`` takes them.
    package static func isCanonical(_ text: Span<UInt8>) -> Bool {
        Self.endsCanonically(text) && ByteScan.isBase64URL(text)
    }

    /// Decodes the one canonical spelling of some bytes.
    ///
    /// - Parameter text: The characters.
    /// - Returns: The bytes, or nil if the characters are not canonical base64url; see ``isCanonical(_:)``.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        Self.endsCanonically(text) ? ByteScan.decodeBase64URL(text) : nil
    }

    /// Whether the length is possible and no bit that is left over is set.
    ///
    /// Of the last character those bits are zero whose place in the alphabet is a multiple of 4 or of 16.
    private static func endsCanonically(_ text: Span<UInt8>) -> Bool {
        switch text.count % 4 {
        case 0: true
        case 2: "AQgw".utf8.contains(text[text.count - 1])
        case 3: "AEIMQUYcgkosw048".utf8.contains(text[text.count - 1])
        default: false
        }
    }

    /// Encodes bytes without padding.
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: Their canonical spelling.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(Self.character(UInt8(truncatingIfNeeded: bits >> bitCount) & 0b11_1111))
            }
        }
        if bitCount > 0 {
            text.append(Self.character(UInt8(truncatingIfNeeded: bits << (6 - bitCount)) & 0b11_1111))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func character(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "-")
        default: UInt8(ascii: "_")
        }
    }
}
