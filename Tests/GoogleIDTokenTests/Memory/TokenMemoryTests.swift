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

@Suite("VerifiedTokenCache", .timeLimit(.minutes(5)))
struct VerifiedTokenCacheTests {
    private let key: RSAPublicKey
    private let claims: Claims

    init() throws {
        self.key = try TestToken.key.publicKey()
        self.claims = try Claims(parsing: Array(TestToken.claims().utf8))
    }

    private static func text(_ number: Int) -> Substring {
        Substring("a text of some length, number \(number)")
    }

    private func remember(_ text: Substring, in memory: VerifiedTokenCache) {
        memory.remember(text, keyID: TestToken.keyID, key: self.key, claims: self.claims)
    }

    @Test("never more than its capacity, and always the last", arguments: [1, 2, 10, 63, 64, 127, 1_000])
    func bound(capacity: Int) throws {
        let memory = try #require(VerifiedTokenCache(capacity: capacity))
        for number in 0..<capacity * 3 {
            self.remember(Self.text(number), in: memory)
            #expect(memory.recall(Self.text(number)) != nil)
            #expect(memory.count <= capacity)
        }
        #expect(memory.count > capacity / 2)
    }

    @Test("what is asked for stays while others come and go")
    func recency() throws {
        let memory = try #require(VerifiedTokenCache(capacity: 32))
        self.remember("the one that is asked for", in: memory)
        for number in 0..<1_000 {
            #expect(memory.recall("the one that is asked for") != nil)
            self.remember(Self.text(number), in: memory)
        }
    }

    @Test("what is remembered twice takes one place")
    func twice() throws {
        let memory = try #require(VerifiedTokenCache(capacity: 2))
        for _ in 0..<3 { self.remember(Self.text(0), in: memory) }
        self.remember(Self.text(1), in: memory)
        #expect(memory.count == 2)
    }

    @Test("what other keys have signed is forgotten, and its place is free", arguments: [4, 1_000])
    func withdrawn(capacity: Int) throws {
        let memory = try #require(VerifiedTokenCache(capacity: capacity))
        let other = try RSAKeyPair(bitCount: 2_048).publicKey()
        for number in 0..<capacity / 2 { self.remember(Self.text(number), in: memory) }
        memory.remember(Self.text(-1), keyID: "other", key: other, claims: self.claims)
        let count = memory.count
        let both = [KeySet.Key(id: "other", publicKey: other), KeySet.Key(id: TestToken.keyID, publicKey: self.key)]
        memory.forgetAll(notSignedWith: KeySet(both, skippedKeyCount: 0))
        #expect(memory.count == count)
        memory.forgetAll(notSignedWith: KeySet([both[0]], skippedKeyCount: 0))
        #expect(memory.count == 1)
        #expect(memory.recall(Self.text(-1)) != nil)
        #expect(memory.recall(Self.text(0)) == nil)
        memory.forgetAll(notSignedWith: KeySet([KeySet.Key(id: "other", publicKey: self.key)], skippedKeyCount: 0))
        #expect(memory.count == 0)
        for number in 0..<capacity * 3 { self.remember(Self.text(number), in: memory) }
        #expect(memory.count <= capacity)
        #expect(memory.count > capacity / 2)
    }

    @Test("texts that end alike are told apart, and one too short for a tag is not remembered")
    func ends() throws {
        let memory = try #require(VerifiedTokenCache(capacity: 16))
        self.remember("one, and the end of it is the same", in: memory)
        #expect(memory.recall("two, and the end of it is the same") == nil)
        #expect(memory.recall("one, and the end of it is the same") != nil)
        self.remember("short", in: memory)
        #expect(memory.recall("short") == nil)
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
