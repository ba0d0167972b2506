//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension ByteScan {
    /// Decodes base64url (RFC 4648 §5) without padding; bits that are left over at the end do not count.
    ///
    /// - Parameter text: The characters.
    /// - Returns: The bytes, or nil if there is another character, or one character is left over.
    package static func decodeBase64URL(_ text: Span<UInt8>) -> [UInt8]? {
        let (groups, rest) = text.count.quotientAndRemainder(dividingBy: 4)
        guard rest != 1 else { return nil }
        let count = groups * 3 + max(rest - 1, 0)
        var seen: UInt8 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { output, written in
            unsafe text.withUnsafeBufferPointer { text in
                guard let input = text.baseAddress, let output = output.baseAddress else { return }
                let values = unsafe Self.values.table
                for group in 0..<groups {
                    let a = unsafe values[Int(input[group &* 4])]
                    let b = unsafe values[Int(input[group &* 4 &+ 1])]
                    let c = unsafe values[Int(input[group &* 4 &+ 2])]
                    let d = unsafe values[Int(input[group &* 4 &+ 3])]
                    seen |= a | b | c | d
                    unsafe output[group &* 3] = a << 2 | b >> 4
                    unsafe output[group &* 3 &+ 1] = b << 4 | c >> 2
                    unsafe output[group &* 3 &+ 2] = c << 6 | d
                }
                if rest > 0 {
                    let a = unsafe values[Int(input[groups * 4])]
                    let b = unsafe values[Int(input[groups * 4 + 1])]
                    let c = rest == 3 ? unsafe values[Int(input[groups * 4 + 2])] : 0
                    seen |= a | b | c
                    unsafe output[groups * 3] = a << 2 | b >> 4
                    if rest == 3 { unsafe output[groups * 3 + 1] = b << 4 | c >> 2 }
                }
                written = count
            }
        }
        return seen & Base64URLValues.invalid == 0 ? bytes : nil
    }

    private static let values = Base64URLValues()
}

/// The 6 bits that each of 256 characters stands for.
@safe private final class Base64URLValues: @unchecked Sendable {
    // Sendable: the table is never changed after `init`.
    let table: UnsafeMutablePointer<UInt8>

    /// The bit that no 6-bit value has.
    static let invalid: UInt8 = 0x80

    init() {
        unsafe self.table = .allocate(capacity: 256)
        unsafe self.table.initialize(repeating: Self.invalid, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for (value, character) in zip(UInt8.zero..., alphabet.utf8) {
            unsafe self.table[Int(character)] = value
        }
    }

    deinit {
        unsafe self.table.deallocate()
    }
}
