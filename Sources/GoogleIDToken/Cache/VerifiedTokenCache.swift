//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes
internal import IDTokenPlatform
internal import OpenSSLSignature

/// The bounded cache of a verifier's verified tokens.
///
/// The cache finds a token by a hash of its last bytes, which belong to the signature and are practically random, and
/// then compares every byte of the token, so that a hash collision cannot accept another token. It stores a token when
/// the token is verified for the second time, so that tokens which are presented once do not displace tokens in use.
///
/// The cache is divided into shards with one lock each; no lock is held while tokens are compared or verified.
final class VerifiedTokenCache: Sendable {
    private let shards: [Lock<VerifiedTokenCacheShard>]
    // The seed is secret and random, so that an attacker cannot construct tokens that collide.
    private let seed = UInt64.random(in: .min ... .max)

    private static let mostShards = 16
    private static let smallestShard = 64
    private static let hashedByteCount = 16

    /// Creates an empty cache, or nil if its capacity is 0.
    ///
    /// - Parameter capacity: The largest number of tokens in the cache.
    init?(capacity: Int) {
        guard capacity > 0 else { return nil }
        let count = min(max(capacity / Self.smallestShard, 1), Self.mostShards)
        let (share, rest) = capacity.quotientAndRemainder(dividingBy: count)
        self.shards = (0..<count).map { Lock(VerifiedTokenCacheShard(capacity: share + ($0 < rest ? 1 : 0))) }
    }

    /// The number of cached tokens.
    var count: Int {
        self.shards.reduce(0) { $0 + $1.withLock(\.count) }
    }

    /// Returns the cached token with the same bytes.
    func find(_ text: Substring) -> CachedToken? {
        let hash = self.hash(text)
        guard let token = self.shard(of: hash).withLock({ $0.find(hash) }) else { return nil }
        return Bytes.areEqual(token.text.utf8.span, text.utf8.span) ? token : nil
    }

    /// Records that a token was verified, and stores it if this is the second time; this may remove another token.
    func note(_ text: Substring, keyID: String, key: SignatureKey, claims: Claims) {
        let hash = self.hash(text)
        let shard = self.shard(of: hash)
        guard shard.withLock({ $0.firstSights.isSecond(hash) }) else { return }
        let token = CachedToken(text: String(text), keyID: keyID, key: key, claims: claims)
        // The removed token is released outside the lock.
        _ = shard.withLock { $0.insert(token, hash: hash) }
    }

    /// Removes tokens whose keys were withdrawn.
    func removeAll(notSignedWith keySet: KeySet) {
        for shard in self.shards {
            // The removed tokens are released outside the lock.
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
