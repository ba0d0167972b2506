//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// Converts UTF-16 and UTF-32, piece by piece, to UTF-8.
struct TextEncoding {
    private let unitSize: Int
    private let isBigEndian: Bool
    /// Bytes of a unit that is not complete, and the first half of a pair of surrogates.
    private var rest: [UInt8] = []
    private var high: UInt32?

    /// How many bytes are looked at.
    static let sampleSize = 64

    /// Recognises the encoding by the mark at the beginning, or by zeros in every other byte.
    ///
    /// - Returns: Nil if it is neither UTF-16 nor UTF-32.
    init?(detecting bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
            (self.unitSize, self.isBigEndian) = (4, false)
        } else if bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            (self.unitSize, self.isBigEndian) = (4, true)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            (self.unitSize, self.isBigEndian) = (2, false)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            (self.unitSize, self.isBigEndian) = (2, true)
        } else {
            let sample = bytes.prefix(Self.sampleSize)
            guard sample.count >= 16 else { return nil }
            let zeros = [0, 1].map { parity in
                sample.enumerated().count { $0.offset % 2 == parity && $0.element == 0 }
            }
            let half = sample.count / 2
            guard zeros.contains(0), zeros.contains(where: { $0 >= half - 1 }) else { return nil }
            (self.unitSize, self.isBigEndian) = (2, zeros[0] > 0)
        }
    }

    /// Converts further bytes.
    mutating func utf8(_ bytes: [UInt8], isEnd: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var unit: UInt32 = 0
        var count = 0
        for byte in self.rest + bytes {
            unit = self.isBigEndian ? unit << 8 | UInt32(byte) : unit | UInt32(byte) << UInt32(count * 8)
            count += 1
            guard count == self.unitSize else { continue }
            self.take(unit, &output)
            unit = 0
            count = 0
        }
        let whole = (self.rest.count + bytes.count) - count
        self.rest = Array((self.rest + bytes)[whole...])
        if isEnd, self.high != nil || !self.rest.isEmpty { self.append(0xFFFD, &output) }
        return output
    }

    private mutating func take(_ unit: UInt32, _ output: inout [UInt8]) {
        if let high = self.high {
            self.high = nil
            if 0xDC00..<0xE000 ~= unit {
                self.append(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), &output)
                return
            }
            self.append(0xFFFD, &output)
        }
        if self.unitSize == 2, 0xD800..<0xDC00 ~= unit {
            self.high = unit
        } else if unit != 0xFEFF {
            self.append(unit, &output)
        }
    }

    private func append(_ value: UInt32, _ output: inout [UInt8]) {
        if value < 0x80 {
            output.append(UInt8(truncatingIfNeeded: value))
        } else {
            output.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? .encodedReplacementCharacter)
        }
    }
}
#endif
