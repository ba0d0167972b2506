//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The names that an object with many names has so far, so that a second one of the same bytes is found.
struct JSONNames {
    // A stranger who does not know it cannot aim at one place of a table.
    private static let seed = UInt64.random(in: .min ... .max)
    private static let smallest = 128
    /// The tape's entry of the object.
    let container: Int
    private var count = 0
    /// The tape's entry of each name in the lower half of a number, and half of its hash in the upper.
    ///
    /// Each stands at the first free place from where its hash points. 0, which is no name's, is free; at least half are.
    private var table: [UInt64] = Array(repeating: 0, count: Self.smallest)

    init(of container: Int) {
        self.container = container
    }

    /// Notes a name.
    ///
    /// - Returns: Whether it is new.
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

    /// Puts an entry into the table unless one of the same hash is the same name.
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
