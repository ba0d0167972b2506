//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Content for `Content-Encoding: gzip`.
package enum Gzip {
    private static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    private static let largestBlock = 65_535

    /// Bytes in gzip's wrapping (RFC 1952), in stored blocks.
    package static func wrapping(_ bytes: [UInt8]) -> [UInt8] {
        var result = self.head
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(self.largestBlock)
            rest = rest.dropFirst(self.largestBlock)
            let length = UInt16(block.count)
            result.append(rest.isEmpty ? 1 : 0)
            result += self.littleEndian(UInt32(length) | UInt32(~length) << 16)
            result += block
        } while !rest.isEmpty
        return result + self.littleEndian(self.checksum(bytes)) + self.littleEndian(UInt32(bytes.count))
    }

    /// The beginning of gzip that yields about 1,032 zeros for each of its bytes.
    ///
    /// - Parameter count: The size in bytes.
    /// - Returns: As many bytes, the stream still without an end.
    package static func zeros(_ count: Int) -> [UInt8] {
        // The head of a block in which one bit stands for 258 repetitions, and one more for the distance of 1.
        let block: [UInt8] = [0xED, 0xC1, 0x01, 0x01, 0, 0, 0, 0x82, 0x20, 0xFF, 0xAF, 0x6E, 0x48, 0x40, 0x01]
        let beginning = self.head + block
        return beginning + [UInt8](repeating: 0, count: count - beginning.count)
    }

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd = sum & 1 == 1
                sum >>= 1
                if isOdd { sum ^= 0xEDB8_8320 }
            }
        }
        return ~sum
    }
}
