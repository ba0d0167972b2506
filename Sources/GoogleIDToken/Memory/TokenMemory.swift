//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform
internal import OpenSSLSignature

/// One verifier's memory of the tokens that it has accepted, of a bounded size.
///
/// Tokens are known by their SHA-256. A tag, which costs less, comes before it, so that a token not seen before is
/// hashed only when it has been accepted. The memory is cut into shards with a lock each, and no lock is held while
/// a token is hashed or verified.
final class TokenMemory: Sendable {
    private let shards: [Lock<TokenMemoryShard>]

    private static let mostShards = 16
    private static let smallestShard = 64
    /// Bytes at a token's end, of its signature, that a tag is made of.
    private static let tagged = 16

    /// Makes an empty memory.
    ///
    /// - Parameter capacity: How many tokens it holds at most; nil if it is none.
    init?(capacity: Int) {
        guard capacity > 0 else { return nil }
        let count = min(max(capacity / Self.smallestShard, 1), Self.mostShards)
        let (share, rest) = capacity.quotientAndRemainder(dividingBy: count)
        self.shards = (0..<count).map { Lock(TokenMemoryShard(capacity: share + ($0 < rest ? 1 : 0))) }
    }

    /// How many tokens are remembered.
    var count: Int {
        self.shards.reduce(0) { $0 + $1.withLock(\.count) }
    }

    /// Finds a token that has been accepted before; its every byte is the same.
    func recall(_ text: Substring) -> RememberedToken? {
        let bytes = text.utf8.span
        guard let tag = Self.tag(of: bytes), let token = self.shard(of: tag).withLock({ $0.find(tag) }) else {
            return nil
        }
        return token.digest == SHA256.digest(bytes) ? token : nil
    }

    /// Remembers a token whose signature holds, perhaps in place of another.
    func remember(_ text: Substring, keyID: String, key: RSAPublicKey, claims: Claims) {
        let bytes = text.utf8.span
        guard let tag = Self.tag(of: bytes), let digest = SHA256.digest(bytes) else { return }
        let token = RememberedToken(digest: digest, keyID: keyID, key: key, claims: claims)
        // What it takes the place of is freed after the lock is.
        _ = self.shard(of: tag).withLock { $0.insert(token, tag: tag) }
    }

    /// Forgets the tokens of withdrawn keys.
    func forgetAll(notSignedWith keySet: KeySet) {
        for shard in self.shards {
            // They are freed after the lock is.
            _ = shard.withLock { shard in
                shard.removeAll { keySet[$0.keyID]?.isSame(as: $0.key) != true }
            }
        }
    }

    private func shard(of tag: UInt64) -> Lock<TokenMemoryShard> {
        self.shards[Int(tag % UInt64(self.shards.count))]
    }

    /// A number that differs for almost any two tokens, and that nobody outside the process can foresee.
    private static func tag(of bytes: Span<UInt8>) -> UInt64? {
        guard bytes.count >= Self.tagged else { return nil }
        var hasher = Hasher()
        hasher.combine(bytes.count)
        var word: UInt64 = 0
        for index in bytes.count - Self.tagged..<bytes.count {
            word = word << 8 | UInt64(bytes[index])
            if index == bytes.count - Self.tagged / 2 - 1 {
                hasher.combine(word)
            }
        }
        hasher.combine(word)
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }
}
