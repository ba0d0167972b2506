//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// An ECDSA signature with the curve P-256 in the two forms in which it is written.
///
/// A token has the fixed form r ‖ s of RFC 7518 §3.4, and OpenSSL reads DER (RFC 3279 §2.2.3).
package enum ECDSASignature {
    /// The length of a signature in the fixed form, in bytes.
    package static let byteCount = 64
    private static let integerByteCount = 32
    /// The largest length in DER, in bytes: a sequence of two integers of at most 33 bytes.
    static let maximumDERByteCount = 72

    /// The order n of the base point (SEC 2 §2.4.2), big-endian.
    private static let order: InlineArray<32, UInt8> = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ]

    /// A signature in DER.
    struct DER {
        fileprivate(set) var bytes = InlineArray<72, UInt8>(repeating: 0)
        fileprivate(set) var count = 0

        fileprivate mutating func append(_ byte: UInt8) {
            self.bytes[self.count] = byte
            self.count += 1
        }
    }

    /// Converts a signature to DER.
    ///
    /// - Parameter signature: The signature in the fixed form.
    /// - Returns: The signature in DER, or nil if it does not have exactly 64 bytes, or r or s is not from 1 to n − 1
    ///   (SEC 1 §4.1.4, step 1).
    static func der(_ signature: Span<UInt8>) -> DER? {
        guard signature.count == Self.byteCount else { return nil }
        let r = signature.extracting(first: Self.integerByteCount)
        let s = signature.extracting(last: Self.integerByteCount)
        guard Self.isInRange(r), Self.isInRange(s) else { return nil }
        let (rCount, sCount) = (Self.derByteCount(r), Self.derByteCount(s))
        var der = DER()
        der.append(0x30)
        der.append(UInt8(truncatingIfNeeded: 4 + rCount + sCount))
        Self.append(r, count: rCount, to: &der)
        Self.append(s, count: sCount, to: &der)
        return der
    }

    private static func isInRange(_ integer: Span<UInt8>) -> Bool {
        var isZero = true
        for index in integer.indices where integer[index] != 0 { isZero = false }
        guard !isZero else { return false }
        for index in integer.indices where integer[index] != Self.order[index] {
            return integer[index] < Self.order[index]
        }
        return false
    }

    private static func firstNonZero(_ integer: Span<UInt8>) -> Int {
        integer.indices.first { integer[$0] != 0 } ?? integer.count
    }

    /// The number of bytes of a positive integer in DER, whose highest bit is zero.
    private static func derByteCount(_ integer: Span<UInt8>) -> Int {
        let first = Self.firstNonZero(integer)
        guard first < integer.count else { return 0 }
        return integer.count - first + (integer[first] >= 0x80 ? 1 : 0)
    }

    private static func append(_ integer: Span<UInt8>, count: Int, to der: inout DER) {
        der.append(0x02)
        der.append(UInt8(truncatingIfNeeded: count))
        let first = Self.firstNonZero(integer)
        if count > integer.count - first { der.append(0) }
        for index in first..<integer.count { der.append(integer[index]) }
    }
}
