//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A small table of hashes of tokens that were verified once, in which a later token may overwrite an earlier one.
///
/// The cache stores a token only if it is presented again. An overwritten entry costs one more verification, and a hash
/// collision stores a token too early; neither has another effect.
struct FirstSights: Sendable {
    /// The number of entries per cache slot, large enough that tokens in use are found among many that are presented
    /// only once.
    private static let entriesPerPlace = 4
    /// Entries among which a hash is looked for, so that two tokens in turn do not overwrite each other for ever.
    private static let bucketSize = 4
    private static let smallest = 64

    /// Half of each hash; 0 is a free entry.
    private var entries: [UInt32]
    /// Where in its bucket the next hash is put.
    private var next = 0

    /// Creates an empty table.
    ///
    /// - Parameter capacity: The number of tokens that the cache can hold.
    init(capacity: Int) {
        var count = Self.smallest
        while count < capacity * Self.entriesPerPlace { count *= 2 }
        self.entries = Array(repeating: 0, count: count)
    }

    /// Records that a token was verified.
    ///
    /// - Parameter hash: The token's hash.
    /// - Returns: Whether the token was recorded before.
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
