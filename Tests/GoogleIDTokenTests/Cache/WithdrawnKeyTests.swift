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

/// A cached token is worth what its key is worth now: over real HTTP.
@Suite("Cached tokens of withdrawn keys", .timeLimit(.minutes(5)))
struct WithdrawnKeyTests {
    private static func code(_ verifier: IDTokenVerifier, _ token: String) async -> VerificationError.Code? {
        do throws(VerificationError) {
            _ = try await verifier.verify(token: token, at: TestToken.date)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("before and after withdrawal, and when the key is back")
    func withdrawn() async throws {
        let server = try LoopbackServer(
            try .keys(TestToken.keyID),
            try .keys("other"),
            try .keys(TestToken.keyID, "other")
        )
        let remote = RemoteKeys(server.url())
        let verifier = try remote.verifier
        let token = try TestToken.minted()
        #expect(await Self.code(verifier, token) == nil)
        #expect(await Self.code(verifier, token) == nil)
        #expect(verifier.cache?.count == 1)

        remote.clock.advance(to: .seconds(31))
        #expect(await remote.code(of: "unknown") == .keyUnknown)
        #expect(verifier.cache?.count == 0)
        #expect(await Self.code(verifier, token) == .keyUnknown)
        let error = #expect(throws: VerificationError.self) {
            try verifier.verifyWithoutFetching(token: token, at: TestToken.date)
        }
        #expect(error?.code == .keyUnknown)

        remote.clock.advance(to: .seconds(62))
        #expect(await Self.code(verifier, token) == nil)
        #expect(server.requestCount == 3)
    }

    @Test("another key under the same key ID")
    func replaced() async throws {
        let other = try RSAKeyPair(bitCount: 2_048).publicKey()
        let webKey = try TestToken.webKey([
            "n": "\"\(Base64URL.encode(other.modulus))\"", "e": "\"\(Base64URL.encode(other.exponent))\"",
        ])
        let server = try LoopbackServer(try .keys(TestToken.keyID), .text(#"{"keys":[\#(webKey)]}"#))
        let remote = RemoteKeys(server.url())
        let verifier = try remote.verifier
        let token = try TestToken.minted()
        for _ in 0..<2 { #expect(await Self.code(verifier, token) == nil) }
        #expect(verifier.cache?.count == 1)
        remote.clock.advance(to: .seconds(31))
        #expect(await remote.code(of: "unknown") == .keyUnknown)
        #expect(verifier.cache?.count == 0)
        #expect(await Self.code(verifier, token) == .signatureInvalid)
    }

    @Test("what was cached under another key is worth nothing, should it still be there")
    func otherKey() throws {
        let cached = CachedToken(
            text: try TestToken.minted(),
            keyID: TestToken.keyID,
            key: .rsa(try RSAKeyPair(bitCount: 2_048).publicKey()),
            claims: try Claims(parsing: Array(TestToken.claims(["sub": #""a stranger""#]).utf8))
        )
        let verifier = try RecordingVerifier().verifier
        let claims = try verifier.claims(of: .cached(cached), signedWith: .rsa(TestToken.key.publicKey()))
        #expect(claims.subject != "a stranger")
        let forged = CachedToken(text: "e30.e30.e30", keyID: cached.keyID, key: cached.key, claims: cached.claims)
        #expect(throws: VerificationError.self) {
            try verifier.claims(of: .cached(forged), signedWith: .rsa(TestToken.key.publicKey()))
        }
    }

    @Test("a token that was cached under another key and holds under the new one is cached under that")
    func cachedAnew() throws {
        let one = try RecordingVerifier()
        let token = try TestToken.minted()
        let claims = try Claims(parsing: Array(TestToken.claims().utf8))
        let cached = CachedToken(
            text: token,
            keyID: TestToken.keyID,
            key: .rsa(try RSAKeyPair(bitCount: 2_048).publicKey()),
            claims: claims
        )
        let key = SignatureKey.rsa(try TestToken.key.publicKey())
        let read = try one.verifier.claims(of: .cached(cached), signedWith: key)
        for _ in 0..<2 {
            one.verifier.noteAccepted(.cached(cached), read, signedWith: key, TestToken.keyID, since: nil)
        }
        #expect(one.verifier.cache?.find(token[...])?.key.isSame(as: key) == true)
    }

    @Test("the same key, fetched again, still vouches for what is cached")
    func refreshed() async throws {
        let server = try LoopbackServer(try .keys(TestToken.keyID), try .keys(TestToken.keyID, "other"))
        let remote = RemoteKeys(server.url())
        let verifier = try remote.verifier
        let token = try TestToken.minted()
        for _ in 0..<2 { #expect(await Self.code(verifier, token) == nil) }
        let cached = verifier.cache?.find(Substring(token))
        remote.clock.advance(to: .seconds(31))
        #expect(await remote.code(of: "other") == nil)
        #expect(await Self.code(verifier, token) == nil)
        #expect(cached != nil)
        #expect(verifier.cache?.find(Substring(token)) === cached)
    }

    @Test("keys that are too old are worth nothing to a cached token either")
    func stale() async throws {
        let server = try LoopbackServer(try .keys(TestToken.keyID), .text("", status: 500))
        let remote = RemoteKeys(server.url())
        let verifier = try remote.verifier
        let token = try TestToken.minted()
        for _ in 0..<2 { #expect(await Self.code(verifier, token) == nil) }
        #expect(verifier.cache?.count == 1)
        remote.clock.advance(to: .seconds(10_000))
        #expect(await Self.code(verifier, token) == .keysUnavailable)
        let error = #expect(throws: VerificationError.self) {
            try verifier.verifyWithoutFetching(token: token, at: TestToken.date)
        }
        #expect(error?.code == .keysUnavailable)
    }
}
