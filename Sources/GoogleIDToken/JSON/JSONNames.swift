//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// A hash table of the names in an object with many members, which finds duplicates.
struct JSONNames {
    // The seed is secret and random, so that an attacker cannot construct names that collide.
    private static let seed = UInt64.random(in: .min ... .max)
    private static let smallest = 128
    /// The index of the object's entry on the tape.
    let container: Int
    private var count = 0
    /// The names: the lower half of a number is the index of a name's entry, the upper half is a part of its hash.
    ///
    /// The table uses linear probing. 0 marks a free slot, since no name has the index 0; at least half of the slots
    /// are free.
    private var table: [UInt64] = Array(repeating: 0, count: Self.smallest)

    init(of container: Int) {
        self.container = container
    }

    /// Inserts a name.
    ///
    /// - Returns: Whether the name is new.
    mutating func insert(_ name: Int, of tape: borrowing JSONTape) -> Bool {
        self.count += 1
        if self.count * 2 > self.table.count { self.grow() }
        let hash = tape.withBytes(at: name) { Bytes.hash($0, seed: Self.seed) }
        return self.place(hash & ~0xFFFF_FFFF | UInt64(name)) { tape.areSame(Int($0 & 0xFFFF_FFFF), name) }
    }

    private mutating func grow() {
        let old = self.table
        self.table = Array(repeating: 0, count: old.count * 4)
        for entry in old where entry != 0 { _ = self.place(entry) { _ in false } }
    }

    /// Inserts an entry unless the table has an entry with the same hash and the same name.
    private mutating func place(_ entry: UInt64, unless isSame: (UInt64) -> Bool) -> Bool {
        var slot = Int(truncatingIfNeeded: entry >> 32) & (self.table.count - 1)
        while self.table[slot] != 0 {
            if self.table[slot] >> 32 == entry >> 32, isSame(self.table[slot]) { return false }
            slot = (slot + 1) & (self.table.count - 1)
        }
        self.table[slot] = entry
        return true
    }
}

extension JSONTape {
    /// Whether two strings have the same bytes.
    fileprivate func areSame(_ left: Int, _ right: Int) -> Bool {
        self.withBytes(at: left) { left in self.withBytes(at: right) { Bytes.areEqual(left, $0) } }
    }
}
