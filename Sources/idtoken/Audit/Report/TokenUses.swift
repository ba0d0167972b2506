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

        /// The order of the tokens: by suspicion, then by lateness, number of senders, and number of uses.
        var rank: UInt64 {
            let lateness = UInt64(min(self.lateness, 4_294_967_295))
            return UInt64(self.suspicion) << 56 | lateness << 24 | UInt64(self.peerCount) << 20
                | UInt64(min(self.uses.total, 0xF_FFFF))
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
    private static let mostKept = 8_192

    private var entries: [UInt64: Entry] = [:]
    private var dropped: DroppedTokens?
    private var droppedCount = 0

    /// How many different tokens there were; about as many if some were dropped.
    var count: Int { self.droppedCount + self.entries.values.count { !$0.hasEarlierUses } }

    /// Whether ``count`` is not exact.
    var isCountRough: Bool { self.dropped != nil }

    /// Changes the entry of a token, which is made if there is none.
    mutating func update(_ digest: UInt64, _ change: (inout Entry) -> Void) {
        if let index = self.entries.index(forKey: digest) { return change(&self.entries.values[index]) }
        if self.entries.count >= Self.mostKept { self.drop() }
        var entry = Entry(digest: digest)
        entry.hasEarlierUses = self.dropped?.contains(digest) ?? false
        change(&entry)
        self.entries[digest] = entry
    }

    private mutating func drop() {
        var dropped = self.dropped ?? DroppedTokens()
        self.dropped = nil
        // A rank takes less memory than an entry, and is sorted faster.
        let ranks = self.entries.values.map(\.rank).sorted(by: >)
        let lowestKept = ranks[Self.mostKept / 2]
        var room = Self.mostKept / 2 - ranks.prefix { $0 > lowestKept }.count
        self.entries = self.entries.filter { digest, entry in
            if entry.rank > lowestKept { return true }
            if entry.rank == lowestKept, room > 0 {
                room -= 1
                return true
            }
            if !entry.hasEarlierUses { self.droppedCount += 1 }
            dropped.insert(digest)
            return false
        }
        self.dropped = dropped
    }

    /// The most suspicious tokens, those with the best reason first.
    func mostSuspicious(_ count: Int) -> [Entry] {
        let ranked = self.entries.map { (rank: $0.value.rank, digest: $0.key) }
            .sorted { $0.rank == $1.rank ? $0.digest < $1.digest : $0.rank > $1.rank }
        return ranked.prefix(count).compactMap { self.entries[$0.digest] }
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
#endif
