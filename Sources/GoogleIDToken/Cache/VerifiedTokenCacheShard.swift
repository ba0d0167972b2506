//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A part of a ``VerifiedTokenCache``: a bounded table that evicts unused tokens by the CLOCK algorithm.
struct VerifiedTokenCacheShard: Sendable {
    private struct Slot: Sendable {
        var hash: UInt64
        /// The token, or nil if it was removed.
        var token: CachedToken?
        /// Whether the token was used since the clock hand last passed its slot.
        var isInUse: Bool
    }

    /// The number of slots in use that the hand passes before it evicts one of them, so that the cost does not grow
    /// with the size.
    private static let mostPassed = 8

    private let capacity: Int
    /// The tokens that were verified once.
    var firstSights: FirstSights
    private var slots: [Slot] = []
    private var indices: [UInt64: Int] = [:]
    private var hand = 0

    init(capacity: Int) {
        self.capacity = capacity
        self.firstSights = FirstSights(capacity: capacity)
    }

    /// The number of tokens in the shard.
    var count: Int { self.indices.count }

    /// Returns the token with a hash.
    mutating func find(_ hash: UInt64) -> CachedToken? {
        guard let index = self.indices[hash] else { return nil }
        self.slots[index].isInUse = true
        return self.slots[index].token
    }

    /// Stores a token.
    ///
    /// - Returns: The token that it replaces, if there is one.
    mutating func insert(_ token: CachedToken, hash: UInt64) -> CachedToken? {
        if let index = self.indices[hash] {
            defer { self.slots[index].token = token }
            return self.slots[index].token
        }
        guard self.slots.count == self.capacity else {
            self.indices[hash] = self.slots.count
            self.slots.append(Slot(hash: hash, token: token, isInUse: false))
            return nil
        }
        let index = self.freeSlot()
        if self.slots[index].token != nil { self.indices[self.slots[index].hash] = nil }
        self.indices[hash] = index
        // `exchange` avoids a retain of the old token, whose memory is seldom in the processor's caches.
        let old = exchange(&self.slots[index].token, with: token)
        self.slots[index].hash = hash
        self.slots[index].isInUse = false
        return old
    }

    /// Removes the token with a hash.
    ///
    /// - Returns: The removed token, if there was one.
    mutating func remove(_ hash: UInt64) -> CachedToken? {
        guard let index = self.indices.removeValue(forKey: hash) else { return nil }
        defer { self.slots[index] = Slot(hash: hash, token: nil, isInUse: false) }
        return self.slots[index].token
    }

    /// Removes all tokens that satisfy a condition.
    ///
    /// - Returns: The removed tokens.
    mutating func removeAll(where isRemoved: (CachedToken) -> Bool) -> [CachedToken] {
        self.slots.compactMap { slot in slot.token.flatMap { isRemoved($0) ? slot.hash : nil } }
            .compactMap { self.remove($0) }
    }

    /// Moves the hand to a slot that can be reused.
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
