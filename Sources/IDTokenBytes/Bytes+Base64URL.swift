//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension Bytes {
    /// Decodes base64url (RFC 4648 §5) without padding.
    ///
    /// - Parameter text: The characters.
    /// - Returns: The bytes, or nil if a character is outside the alphabet, the length is impossible, or unused bits
    ///   are not zero.
    package static func decodeBase64URL(_ text: Span<UInt8>) -> [UInt8]? {
        let (groups, rest) = text.count.quotientAndRemainder(dividingBy: 4)
        guard rest != 1 else { return nil }
        let count = groups * 3 + max(rest - 1, 0)
        var seen: UInt32 = 0
        // Each group is written as four bytes, and the next group overwrites the last of them.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count + 4) { output, written in
            unsafe text.withUnsafeBufferPointer { text in
                let values = unsafe Self.values.table
                let output = UnsafeMutableRawBufferPointer(output)
                for group in 0..<groups {
                    let start = group &* 4
                    let bits =
                        unsafe values[Int(text[start])] | values[256 + Int(text[start &+ 1])]
                        | values[512 + Int(text[start &+ 2])] | values[768 + Int(text[start &+ 3])]
                    seen |= bits
                    unsafe output.storeBytes(of: (bits << 8).bigEndian, toByteOffset: group &* 3, as: UInt32.self)
                }
                if rest > 0 {
                    var bits = unsafe values[Int(text[groups * 4])] | values[256 + Int(text[groups * 4 + 1])]
                    if rest == 3 { unsafe bits |= values[512 + Int(text[groups * 4 + 2])] }
                    seen |= bits
                    if bits & (rest == 3 ? 0xFF : 0xFFFF) != 0 { seen |= Base64URLValues.invalid }
                    unsafe output.storeBytes(of: (bits << 8).bigEndian, toByteOffset: groups * 3, as: UInt32.self)
                }
                written = count
            }
        }
        return seen & Base64URLValues.invalid == 0 ? bytes : nil
    }

    /// Encodes bytes as base64url (RFC 4648 §5) without padding.
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: The canonical encoding.
    package static func encodeBase64URL(_ bytes: [UInt8]) -> String {
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

    private static let values = Base64URLValues()
}

/// The value of each base64url character at each of the four positions in a group.
@safe private final class Base64URLValues: @unchecked Sendable {
    // Sendable: the table is never changed after `init`.
    let table: UnsafeMutablePointer<UInt32>

    /// A bit outside the 24 bits of a group.
    static let invalid: UInt32 = 0x8000_0000

    init() {
        unsafe self.table = .allocate(capacity: 4 * 256)
        unsafe self.table.initialize(repeating: Self.invalid, count: 4 * 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for (value, character) in zip(UInt32.zero..., alphabet.utf8) {
            for place in 0..<4 {
                unsafe self.table[place * 256 + Int(character)] = value << (18 - place * 6)
            }
        }
    }

    deinit {
        unsafe self.table.deallocate()
    }
}
