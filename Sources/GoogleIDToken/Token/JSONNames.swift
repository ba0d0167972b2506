//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import ByteScan

/// The names that an object has so far, so that a second one of the same bytes is found.
struct JSONNames {
    // Objects in tokens have few names; only a hostile one is worth a table.
    private static let mostCompared = 16
    let object: Int
    private var count = 0
    /// The tape's entries of the names, each at the first free place from where its hash points; 0, which is no name's, is
    /// free. At least half are free.
    private var table: [UInt32] = []

    init(of object: Int) {
        self.object = object
    }

    /// Notes the name that the tape ends with.
    ///
    /// - Returns: Whether it is new.
    mutating func insert(_ name: Int, of tape: borrowing JSONTape) -> Bool {
        self.count += 1
        guard self.count > Self.mostCompared else { return tape.name(like: name, of: self.object) == nil }
        if self.count * 2 > self.table.count {
            self.table = Array(repeating: 0, count: max(4 * Self.mostCompared, self.table.count * 2))
            for earlier in tape.names(of: self.object, before: name) { _ = self.place(earlier, of: tape) }
        }
        return self.place(name, of: tape)
    }

    /// Puts a name into the table.
    ///
    /// - Returns: Whether it is new.
    private mutating func place(_ name: Int, of tape: borrowing JSONTape) -> Bool {
        var slot = tape.hash(at: name) & (self.table.count - 1)
        while self.table[slot] != 0 {
            if tape.areSame(Int(self.table[slot]), name) { return false }
            slot = (slot + 1) & (self.table.count - 1)
        }
        self.table[slot] = UInt32(truncatingIfNeeded: name)
        return true
    }
}

extension JSONTape {
    /// A hash of a name's bytes, seeded anew in each process, so that a stranger cannot aim at one place of a table.
    fileprivate func hash(at index: Int) -> Int {
        var hasher = Hasher()
        self.withBytes(at: index) { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    /// Whether two strings have the same bytes.
    fileprivate func areSame(_ left: Int, _ right: Int) -> Bool {
        self.withBytes(at: left) { left in self.withBytes(at: right) { ByteScan.areEqual(left, $0) } }
    }
}
