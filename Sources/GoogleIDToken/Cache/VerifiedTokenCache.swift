//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes
internal import IDTokenPlatform
internal import OpenSSLSignature

/// One verifier's cache of tokens that it has verified, of a bounded size.
///
/// A token is found by a hash of its last bytes, which belong to its signature and are as good as random, and is accepted
/// only if every byte of the whole token is equal: no hash stands for a token. It gets a place when it is verified for the
/// second time, so that tokens that come once do not displace those in use.
///
/// The cache is cut into shards with a lock each; no lock is held while tokens are compared or verified.
final class VerifiedTokenCache: Sendable {
    private let shards: [Lock<VerifiedTokenCacheShard>]
    // A stranger who does not know it cannot aim at one place of a table.
    private let seed = UInt64.random(in: .min ... .max)

    private static let mostShards = 16
    private static let smallestShard = 64
    private static let hashedByteCount = 16

    /// Makes an empty cache.
    ///
    /// - Parameter capacity: How many tokens it holds at most; without room for any there is no cache.
    init?(capacity: Int) {
        guard capacity > 0 else { return nil }
        let count = min(max(capacity / Self.smallestShard, 1), Self.mostShards)
        let (share, rest) = capacity.quotientAndRemainder(dividingBy: count)
        self.shards = (0..<count).map { Lock(VerifiedTokenCacheShard(capacity: share + ($0 < rest ? 1 : 0))) }
    }

    /// How many tokens it holds.
    var count: Int {
        self.shards.reduce(0) { $0 + $1.withLock(\.count) }
    }

    /// Finds a token, byte by byte the same.
    func find(_ text: Substring) -> CachedToken? {
        let hash = self.hash(text)
        guard let token = self.shard(of: hash).withLock({ $0.find(hash) }) else { return nil }
        return Bytes.areEqual(token.text.utf8.span, text.utf8.span) ? token : nil
    }

    /// Notes that a token was verified, and takes it in if it is the second time, perhaps in place of another.
    func note(_ text: Substring, keyID: String, key: RSAPublicKey, claims: Claims) {
        let hash = self.hash(text)
        let shard = self.shard(of: hash)
        guard shard.withLock({ $0.firstSights.isSecond(hash) }) else { return }
        let token = CachedToken(text: String(text), keyID: keyID, key: key, claims: claims)
        // What it takes the place of is freed after the lock is.
        _ = shard.withLock { $0.insert(token, hash: hash) }
    }

    /// Removes the tokens of withdrawn keys.
    func removeAll(notSignedWith keySet: KeySet) {
        for shard in self.shards {
            // They are freed after the lock is.
            _ = shard.withLock { shard in
                shard.removeAll { keySet[$0.keyID]?.isSame(as: $0.key) != true }
            }
        }
    }

    private func shard(of hash: UInt64) -> Lock<VerifiedTokenCacheShard> {
        self.shards[Int(hash % UInt64(self.shards.count))]
    }

    private func hash(_ text: Substring) -> UInt64 {
        let bytes = text.utf8.span
        return Bytes.hash(bytes.extracting(max(bytes.count - Self.hashedByteCount, 0)...), seed: self.seed)
    }
}
