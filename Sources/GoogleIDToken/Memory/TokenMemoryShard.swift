//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A part of a ``TokenMemory``: a bounded table that gives up what was not asked for lately, as the algorithm CLOCK does.
struct TokenMemoryShard: Sendable {
    private struct Slot: Sendable {
        var tag: UInt64
        /// The token, or nil if it was removed.
        var token: RememberedToken?
        /// Whether it was asked for since the hand last came by.
        var isInUse: Bool
    }

    /// How many slots the hand passes at most before it takes one in use, so that the time does not grow with the size.
    private static let mostPassed = 8

    private let capacity: Int
    private var slots: [Slot] = []
    private var indices: [UInt64: Int] = [:]
    private var hand = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many tokens there are.
    var count: Int { self.indices.count }

    /// Finds the token of a tag.
    mutating func find(_ tag: UInt64) -> RememberedToken? {
        guard let index = self.indices[tag] else { return nil }
        self.slots[index].isInUse = true
        return self.slots[index].token
    }

    /// Takes a token in.
    ///
    /// - Returns: The one that it takes the place of, if it does.
    mutating func insert(_ token: RememberedToken, tag: UInt64) -> RememberedToken? {
        if let index = self.indices[tag] {
            defer { self.slots[index].token = token }
            return self.slots[index].token
        }
        guard self.slots.count == self.capacity else {
            self.indices[tag] = self.slots.count
            self.slots.append(Slot(tag: tag, token: token, isInUse: false))
            return nil
        }
        let index = self.freeSlot()
        if self.slots[index].token != nil { self.indices[self.slots[index].tag] = nil }
        self.indices[tag] = index
        // Exchanged, not copied: to count a use of the old one would wait for memory that is seldom in the caches.
        let old = exchange(&self.slots[index].token, with: token)
        self.slots[index].tag = tag
        self.slots[index].isInUse = false
        return old
    }

    /// Removes the token of a tag.
    ///
    /// - Returns: The token, if there was one.
    mutating func remove(_ tag: UInt64) -> RememberedToken? {
        guard let index = self.indices.removeValue(forKey: tag) else { return nil }
        defer { self.slots[index] = Slot(tag: tag, token: nil, isInUse: false) }
        return self.slots[index].token
    }

    /// Removes all tokens of some kind.
    ///
    /// - Returns: The tokens.
    mutating func removeAll(where isRemoved: (RememberedToken) -> Bool) -> [RememberedToken] {
        self.slots.compactMap { slot in slot.token.flatMap { isRemoved($0) ? slot.tag : nil } }
            .compactMap { self.remove($0) }
    }

    /// Moves the hand to a slot that may be taken.
    private mutating func freeSlot() -> Int {
        for _ in 0..<Self.mostPassed where self.slots[self.hand].isInUse {
            self.slots[self.hand].isInUse = false
            self.advance()
        }
        defer { self.advance() }
        return self.hand
    }

    private mutating func advance() {
        self.hand = self.hand + 1 == self.slots.count ? 0 : self.hand + 1
    }
}
