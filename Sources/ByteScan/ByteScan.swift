//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

/// Looks at many bytes at once, where the checks that Swift makes for every single one would cost more than the work.
///
/// No function here reads beyond the span that it is given.
package enum ByteScan {
    /// Where a byte comes first.
    ///
    /// - Parameters:
    ///   - byte: The byte.
    ///   - bytes: Where to look.
    ///   - start: Where to begin.
    /// - Returns: The index, or nil if it does not come.
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

    /// Whether two spans hold the same bytes.
    ///
    /// - Parameters:
    ///   - left: Some bytes.
    ///   - right: Some bytes.
    /// - Returns: Whether they are as many and the same.
    package static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right in
                guard let left = left.baseAddress, let base = right.baseAddress else { return true }
                return unsafe memcmp(left, base, right.count) == 0
            }
        }
    }

    /// Whether all bytes are characters of base64url (RFC 4648 §5).
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: Whether they are; also if there are none.
    package static func isBase64URL(_ bytes: Span<UInt8>) -> Bool {
        Self.allSatisfy(bytes) { byte in
            Self.isLetter(byte) | Self.isIn(byte, UInt8(ascii: "0"), 10) | Self.isIn(byte, UInt8(ascii: "-"), 1)
                | Self.isIn(byte, UInt8(ascii: "_"), 1)
        }
    }

    /// Whether all bytes are characters of a `b64token` (RFC 6750 §2.1) other than `=`.
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: Whether they are; also if there are none.
    package static func isB64Token(_ bytes: Span<UInt8>) -> Bool {
        Self.allSatisfy(bytes) { byte in
            // From - to 9 they are "-./0123456789".
            Self.isLetter(byte) | Self.isIn(byte, UInt8(ascii: "-"), 13) | Self.isIn(byte, UInt8(ascii: "_"), 1)
                | Self.isIn(byte, UInt8(ascii: "~"), 1) | Self.isIn(byte, UInt8(ascii: "+"), 1)
        }
    }

    /// Whether 1 comes of every byte; without a way out of the loop, so that it is done for many at once.
    @inline(__always)
    private static func allSatisfy(_ bytes: Span<UInt8>, _ predicate: (UInt8) -> UInt8) -> Bool {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return true }
            var all: UInt8 = 1
            for index in 0..<bytes.count {
                unsafe all &= predicate(base[index])
            }
            return all == 1
        }
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> UInt8 {
        Self.isIn(byte | 0x20, UInt8(ascii: "a"), 26)
    }

    @inline(__always)
    private static func isIn(_ byte: UInt8, _ first: UInt8, _ count: UInt8) -> UInt8 {
        byte &- first < count ? 1 : 0
    }
}
