//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature
internal import OpenSSLSigning
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Verified-token cache", .timeLimit(.minutes(5)))
struct VerifiedTokenCacheTests {
    private let key: SignatureKey
    private let claims: Claims

    init() throws {
        self.key = .rsa(try TestToken.key.publicKey())
        self.claims = try Claims(parsing: Array(TestToken.claims().utf8))
    }

    private static func text(_ number: Int) -> Substring {
        Substring("a text of some length, number \(number)")
    }

    /// Notes two verifications of a token, so that it gets a place.
    private func admit(_ text: Substring, to cache: VerifiedTokenCache) {
        for _ in 0..<2 { self.note(text, in: cache) }
    }

    private func note(_ text: Substring, in cache: VerifiedTokenCache) {
        cache.note(text, keyID: TestToken.keyID, key: self.key, claims: self.claims)
    }

    @Test("a token gets a place when it is verified for the second time")
    func secondSight() throws {
        let cache = try #require(VerifiedTokenCache(capacity: 16))
        self.note(Self.text(0), in: cache)
        #expect(cache.find(Self.text(0)) == nil)
        #expect(cache.count == 0)
        self.note(Self.text(0), in: cache)
        #expect(cache.find(Self.text(0))?.text == String(Self.text(0)))
    }

    @Test("a token that has lost its place needs two verifications again")
    func secondSightAgain() throws {
        let cache = try #require(VerifiedTokenCache(capacity: 1))
        self.admit(Self.text(0), to: cache)
        self.admit(Self.text(1), to: cache)
        #expect(cache.find(Self.text(0)) == nil)
        self.note(Self.text(0), in: cache)
        #expect(cache.find(Self.text(0)) == nil)
    }

    @Test("tokens that come once displace nothing")
    func flood() throws {
        let cache = try #require(VerifiedTokenCache(capacity: 16))
        for number in 0..<16 { self.admit(Self.text(number), to: cache) }
        let kept = (0..<16).filter { cache.find(Self.text($0)) != nil }
        for number in 100..<10_000 { self.note(Self.text(number), in: cache) }
        #expect((0..<16).filter { cache.find(Self.text($0)) != nil } == kept)
        #expect(kept.count == 16)
    }

    @Test("a token that comes twice gets a place beside many that come once")
    func secondSightInFlood() throws {
        let cache = try #require(VerifiedTokenCache(capacity: 1_024))
        for number in 0..<500 { self.note(Self.text(number), in: cache) }
        for number in 1_000..<1_500 { self.note(Self.text(number), in: cache) }
        for number in 0..<500 { self.note(Self.text(number), in: cache) }
        // A later first sight may take the place of an earlier one in the table.
        #expect(cache.count > 250)
    }

    @Test("never more than its capacity, and always the last", arguments: [1, 2, 10, 63, 64, 127, 1_000])
    func bound(capacity: Int) throws {
        let cache = try #require(VerifiedTokenCache(capacity: capacity))
        for number in 0..<capacity * 3 {
            self.admit(Self.text(number), to: cache)
            #expect(cache.find(Self.text(number)) != nil)
            #expect(cache.count <= capacity)
        }
        #expect(cache.count > capacity / 2)
    }

    @Test("what is asked for stays while others come and go")
    func recency() throws {
        let cache = try #require(VerifiedTokenCache(capacity: 32))
        self.admit("the one that is asked for", to: cache)
        for number in 0..<1_000 {
            #expect(cache.find("the one that is asked for") != nil)
            self.admit(Self.text(number), to: cache)
        }
    }

    @Test("what is taken in twice takes one place")
    func twice() throws {
        let cache = try #require(VerifiedTokenCache(capacity: 2))
        for _ in 0..<3 { self.admit(Self.text(0), to: cache) }
        self.admit(Self.text(1), to: cache)
        #expect(cache.count == 2)
    }

    @Test("what other keys have signed is forgotten, and its place is free", arguments: [4, 1_000])
    func withdrawn(capacity: Int) throws {
        let cache = try #require(VerifiedTokenCache(capacity: capacity))
        let other = SignatureKey.rsa(try RSAKeyPair(bitCount: 2_048).publicKey())
        for number in 0..<capacity / 2 { self.admit(Self.text(number), to: cache) }
        for _ in 0..<2 { cache.note(Self.text(-1), keyID: "other", key: other, claims: self.claims) }
        let count = cache.count
        let both = [KeySet.Key(id: "other", publicKey: other), KeySet.Key(id: TestToken.keyID, publicKey: self.key)]
        cache.removeAll(notSignedWith: KeySet(both, skippedKeyCount: 0))
        #expect(cache.count == count)
        cache.removeAll(notSignedWith: KeySet([both[0]], skippedKeyCount: 0))
        #expect(cache.count == 1)
        #expect(cache.find(Self.text(-1)) != nil)
        #expect(cache.find(Self.text(0)) == nil)
        cache.removeAll(notSignedWith: KeySet([KeySet.Key(id: "other", publicKey: self.key)], skippedKeyCount: 0))
        #expect(cache.count == 0)
        for number in 0..<capacity * 3 { self.admit(Self.text(number), to: cache) }
        #expect(cache.count <= capacity)
        #expect(cache.count > capacity / 2)
    }

    @Test("texts that end alike share a place and are told apart, and a short text is as good as another")
    func ends() throws {
        let cache = try #require(VerifiedTokenCache(capacity: 16))
        self.admit("one, and the end of it is the same", to: cache)
        #expect(cache.find("two, and the end of it is the same") == nil)
        #expect(cache.find("one, and the end of it is the same") != nil)
        self.admit("two, and the end of it is the same", to: cache)
        #expect(cache.find("two, and the end of it is the same") != nil)
        #expect(cache.find("one, and the end of it is the same") == nil)
        #expect(cache.count == 1)
        for text in ["", "a", "short"] as [Substring] {
            self.admit(text, to: cache)
            #expect(cache.find(text) != nil)
        }
        #expect(cache.find("b") == nil)
    }

    @Test("many threads at once never see what is not theirs")
    func concurrency() async throws {
        let one = try RecordingVerifier { $0.maximumCachedTokens = 8 }
        let tokens = try (0..<20).map { try TestToken.minted(claims: TestToken.claims(["sub": "\"\($0)\""])) }
        let late = try TestToken.minted(claims: TestToken.claims(["exp": "1600000000"]))
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    var generator = FixedGenerator(seed: UInt64(task))
                    for _ in 0..<200 {
                        let index = Int.random(in: 0..<tokens.count, using: &generator)
                        let caller = try? await one.verifier.verify(token: tokens[index], at: TestToken.date)
                        #expect(caller?.subject == "\(index)")
                        if index == 0 { #expect(await one.code(late) == .tokenExpired) }
                    }
                }
            }
        }
        #expect(one.count <= 8)
        #expect(one.events.count == 1_600)
        #expect(one.events.contains(true))
    }
}
