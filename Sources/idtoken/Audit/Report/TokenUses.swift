//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// When each token was used, from where, and whether after it had expired.
///
/// Memory is bounded: if there are too many tokens, the less suspicious half is dropped and counted. A filter remembers the
/// dropped ones, so that one that comes again is known to have earlier uses.
struct TokenUses: Sendable {
    /// What is known of a token.
    struct Entry: Sendable {
        /// The first 64 bits of its SHA-256.
        let digest: UInt64
        var uses = UseCounts()
        /// In seconds since 1970; nil unless the signature was valid.
        var issuedAt: Double?
        var expiresAt: Double?
        /// The places of its caller, its key ID and its latest code in the lists of the report.
        var caller = 0
        var key = 0
        var code = 0
        /// The senders' addresses: their places in the list of the report; at most as many as fit.
        var peers = InlineArray<8, Int32>(repeating: 0)
        var peerCount = 0
        /// Whether it was dropped before, so that earlier uses are not counted here.
        var hasEarlierUses = false

        /// How long after its expiry it was last used, in seconds.
        var lateness: Double {
            guard self.uses.afterExpiry > 0, let last = self.uses.last, let expiresAt else { return 0 }
            return max(last - expiresAt, 0)
        }

        /// Why the token is suspicious; the more important reason counts more than all less important ones together.
        var suspicion: Int {
            (self.uses.afterExpiry > 0 ? 8 : 0) + (self.uses.rejected > 0 ? 4 : 0) + (self.uses.undecided > 0 ? 2 : 0)
                + (self.hasManyPeers ? 1 : 0)
        }

        /// Whether more senders used it than one would expect of a token.
        var hasManyPeers: Bool { self.peerCount >= 4 }

        /// Whether there may be more senders than are counted.
        var hasMorePeers: Bool { self.peerCount >= self.peers.count }

        mutating func note(peer: Int32) {
            for index in 0..<self.peerCount where self.peers[index] == peer { return }
            guard self.peerCount < self.peers.count else { return }
            self.peers[self.peerCount] = peer
            self.peerCount += 1
        }
    }

    /// How many tokens are kept at most.
    private static let mostKept = 16_384

    private var entries: [UInt64: Entry] = [:]
    private var dropped: DroppedTokens?
    private var droppedCount = 0

    /// How many different tokens there were; about as many if some were dropped.
    var count: Int { self.droppedCount + self.entries.values.count { !$0.hasEarlierUses } }

    /// Whether ``count`` is not exact.
    var isCountRough: Bool { self.dropped != nil }

    /// Changes the entry of a token, which is made if there is none.
    mutating func update(_ digest: UInt64, _ change: (inout Entry) -> Void) {
        if self.entries[digest] == nil {
            if self.entries.count >= Self.mostKept { self.drop() }
            var entry = Entry(digest: digest)
            entry.hasEarlierUses = self.dropped?.contains(digest) ?? false
            self.entries[digest] = entry
        }
        self.entries[digest].mutate(change)
    }

    private mutating func drop() {
        var dropped = self.dropped ?? DroppedTokens()
        let sorted = self.bySuspicion
        for entry in sorted[(Self.mostKept / 2)...] {
            if !entry.hasEarlierUses { self.droppedCount += 1 }
            dropped.insert(entry.digest)
            self.entries[entry.digest] = nil
        }
        self.dropped = dropped
    }

    /// The tokens that are kept, the most suspicious ones first.
    var bySuspicion: [Entry] {
        self.entries.values.sorted { left, right in
            if left.suspicion != right.suspicion { return left.suspicion > right.suspicion }
            if left.lateness != right.lateness { return left.lateness > right.lateness }
            if left.peerCount != right.peerCount { return left.peerCount > right.peerCount }
            if left.uses.total != right.uses.total { return left.uses.total > right.uses.total }
            return left.digest < right.digest
        }
    }
}

/// A Bloom filter of the tokens that were dropped: it never misses one, and takes few others for one.
private struct DroppedTokens: Sendable {
    private static let bitCount: UInt64 = 1 << 24
    private var words = [UInt64](repeating: 0, count: Int(bitCount / 64))

    private static func bits(_ digest: UInt64) -> [UInt64] {
        // Halves of a SHA-256 are as good as two hashes of their own.
        let step = digest >> 32 | 1
        return (0..<4).map { (digest &+ $0 &* step) % Self.bitCount }
    }

    mutating func insert(_ digest: UInt64) {
        for bit in Self.bits(digest) { self.words[Int(bit / 64)] |= 1 << (bit % 64) }
    }

    func contains(_ digest: UInt64) -> Bool {
        Self.bits(digest).allSatisfy { self.words[Int($0 / 64)] & 1 << ($0 % 64) != 0 }
    }
}

extension Optional {
    fileprivate mutating func mutate(_ change: (inout Wrapped) -> Void) {
        guard case .some(var value) = self else { return }
        self = nil
        change(&value)
        self = value
    }
}
#endif
