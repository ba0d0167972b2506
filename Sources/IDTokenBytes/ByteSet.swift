//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A set of byte values that finds its next member quickly.
@safe package final class ByteSet: @unchecked Sendable {
    // Sendable: the table is never changed after `init`.
    private let table: UnsafeMutablePointer<UInt8>

    /// - Parameter isMember: Whether a value is in the set.
    package init(where isMember: (UInt8) -> Bool) {
        unsafe self.table = .allocate(capacity: 256)
        for value in UInt8.min...UInt8.max {
            unsafe self.table[Int(value)] = isMember(value) ? 1 : 0
        }
    }

    deinit {
        unsafe self.table.deallocate()
    }

    package func contains(_ byte: UInt8) -> Bool {
        unsafe self.table[Int(byte)] != 0
    }

    /// Returns the first index of a byte in the set.
    ///
    /// - Parameters:
    ///   - bytes: The bytes to search.
    ///   - range: Where to search; the part outside the bytes is left out.
    /// - Returns: The index, or the end of the range if there is none.
    package func firstIndex(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        let table = unsafe self.table
        let end = min(range.upperBound, bytes.count)
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            var index = max(range.lowerBound, 0)
            while index &+ 4 <= end {
                if unsafe table[Int(bytes[index])] != 0 { return index }
                if unsafe table[Int(bytes[index &+ 1])] != 0 { return index &+ 1 }
                if unsafe table[Int(bytes[index &+ 2])] != 0 { return index &+ 2 }
                if unsafe table[Int(bytes[index &+ 3])] != 0 { return index &+ 3 }
                index &+= 4
            }
            while index < end {
                if unsafe table[Int(bytes[index])] != 0 { return index }
                index &+= 1
            }
            return range.upperBound
        }
    }

    /// Returns the start of the longest run of bytes in the set that ends at an index.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - range: Where the run may be; the end of the range is the end of the run.
    /// - Returns: The index; the end of the range if the byte before it is not in the set.
    package func startOfRun(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        let table = unsafe self.table
        let start = max(range.lowerBound, 0)
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            var index = min(range.upperBound, bytes.count)
            while index > start, unsafe table[Int(bytes[index &- 1])] != 0 { index &-= 1 }
            return index
        }
    }
}
