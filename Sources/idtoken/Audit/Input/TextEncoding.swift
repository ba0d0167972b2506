//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Converts UTF-16 and UTF-32, piece by piece, to UTF-8.
///
/// A mark is not believed blindly: who can write the first line of a log must not hide the others. Where the bytes are
/// not what the mark says, they are left as they are, without the zeros between them.
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
            guard zeros.contains(0), zeros.contains(where: { $0 >= sample.count / 2 - 1 }) else { return nil }
            (self.unitSize, self.isBigEndian) = (2, zeros[0] > 0)
        }
    }

    /// Converts further bytes.
    mutating func utf8(_ bytes: [UInt8], isEnd: Bool) -> [UInt8] {
        let all = self.rest + bytes
        guard self.isPlausible(all) else {
            self.rest = []
            self.high = nil
            return Self.withoutZeros(all)
        }
        var output: [UInt8] = []
        output.reserveCapacity(all.count)
        let whole = all.count - all.count % self.unitSize
        for start in stride(from: 0, to: whole, by: self.unitSize) { self.take(self.unit(all, start), &output) }
        self.rest = Array(all[whole...])
        if isEnd, self.high != nil || !self.rest.isEmpty { self.append(0xFFFD, &output) }
        return output
    }

    private func unit(_ bytes: [UInt8], _ start: Int) -> UInt32 {
        var unit: UInt32 = 0
        for index in 0..<self.unitSize {
            unit = unit << 8 | UInt32(bytes[start + (self.isBigEndian ? index : self.unitSize - 1 - index)])
        }
        return unit
    }

    /// The most characters in a row that would be two letters each if the bytes were ASCII.
    private static let mostDoubtful = 16

    private func isPlausible(_ bytes: [UInt8]) -> Bool {
        var doubtful = 0
        for start in stride(from: 0, to: bytes.count - bytes.count % self.unitSize, by: self.unitSize) {
            let unit = self.unit(bytes, start)
            if self.unitSize == 4 {
                guard unit < 0x110000 else { return false }
                continue
            }
            // ASCII at an odd place has its zeros in the wrong byte.
            let isDoubtful = Self.isASCII(unit >> 8) && (Self.isASCII(unit & 0xFF) || unit & 0xFF == 0)
            doubtful = isDoubtful ? doubtful + 1 : 0
            if doubtful >= Self.mostDoubtful { return false }
        }
        return true
    }

    private static func isASCII(_ byte: UInt32) -> Bool {
        0x20..<0x7F ~= byte || 0x09...0x0D ~= byte
    }

    /// Removes the zeros of ASCII text in UTF-16, wherever it begins; other zeros stay.
    static func withoutZeros(_ bytes: [UInt8]) -> [UInt8] {
        guard Bytes.firstIndex(of: 0, in: bytes.span) != nil else { return bytes }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for index in bytes.indices {
            let isBetween =
                index >= 2 && bytes[index - 2] == 0 && bytes[index - 1] != 0
                || index + 2 < bytes.count && bytes[index + 2] == 0 && bytes[index + 1] != 0
            if bytes[index] != 0 || !isBetween { output.append(bytes[index]) }
        }
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
            output.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
        }
    }
}
#endif
