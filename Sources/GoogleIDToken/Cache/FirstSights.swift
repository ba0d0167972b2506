//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The hashes of tokens that were verified once: a small table in which a later token may overwrite an earlier one.
///
/// A token is worth a place in the cache only if it comes again. What is overwritten, or has the hash of another token, costs
/// one more verification or a place that was not needed, and nothing else.
struct FirstSights: Sendable {
    /// Entries for each place in the cache, so that tokens in use meet again in the table beside many that come only once.
    private static let entriesPerPlace = 4
    /// Entries among which a hash is looked for, so that two tokens in turn do not overwrite each other for ever.
    private static let bucketSize = 4
    private static let smallest = 64

    /// Half of a hash each; 0 is free.
    private var entries: [UInt32]
    /// Where in its bucket the next hash is put.
    private var next = 0

    /// Makes an empty table.
    ///
    /// - Parameter capacity: How many tokens the cache holds.
    init(capacity: Int) {
        var count = Self.smallest
        while count < capacity * Self.entriesPerPlace { count *= 2 }
        self.entries = Array(repeating: 0, count: count)
    }

    /// Notes that a token was verified.
    ///
    /// - Parameter hash: The token's hash.
    /// - Returns: Whether it is the second time.
    mutating func isSecond(_ hash: UInt64) -> Bool {
        let entry = UInt32(truncatingIfNeeded: hash) | 1
        let bucket = Int(truncatingIfNeeded: hash >> 32) & (self.entries.count - 1) & ~(Self.bucketSize - 1)
        for index in bucket..<bucket + Self.bucketSize where self.entries[index] == entry {
            self.entries[index] = 0
            return true
        }
        self.entries[bucket + self.next] = entry
        self.next = (self.next + 1) & (Self.bucketSize - 1)
        return false
    }
}
