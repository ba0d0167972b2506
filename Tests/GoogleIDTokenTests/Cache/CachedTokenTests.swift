//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// What a verifier with a memory answers must be what one without would.
@Suite("Cached tokens")
struct CachedTokenTests {
    @Test("a token is in the cache from its second verification on, whatever brings it")
    func again() async throws {
        let one = try RecordingVerifier()
        let token = try TestToken.minted()
        let date = TestToken.date
        let callers = [
            try await one.verifier.verify(token: token, at: date),
            try await one.verifier.verify(headers: ["authorization": "bearer  \(token) "], at: date),
            try await one.verifier.verify(headers: [("X-Serverless-Authorization", "Bearer \(token)")], at: date),
            try one.verifier.verifyWithoutFetching(token: token, at: date),
        ]
        #expect(one.events == [false, false, true, true])
        #expect(callers.map(\.credentialHeader) == [nil, .authorization, .xServerlessAuthorization, nil])
        #expect(callers.allSatisfy { $0.keyID == TestToken.keyID && $0.assurance == .signature })
        #expect(callers.allSatisfy { $0.email == TestToken.email && $0.audiences == [TestToken.audience] })
        #expect(callers.allSatisfy { $0.allClaims == callers[0].allClaims })
    }

    @Test("the same token for two audiences: each verifier caches its own")
    func twoAudiences() async throws {
        let own = try RecordingVerifier()
        let other = try RecordingVerifier(audience: "https://other.example.com")
        let token = try TestToken.minted()
        for _ in 0..<3 {
            #expect(await own.code(token) == nil)
            #expect(await other.code(token) == .audienceMismatch)
        }
        #expect([own.count, other.count] == [1, 0])
    }

    @Test("the same token under two caller policies")
    func twoPolicies() async throws {
        let allowing = try RecordingVerifier(callers: .subjects(TestToken.subject))
        let refusing = try RecordingVerifier(callers: .serviceAccounts("other@project.iam.gserviceaccount.com"))
        let token = try TestToken.minted()
        for _ in 0..<3 {
            #expect(await allowing.code(token) == nil)
            #expect(await refusing.code(token) == .callerNotAllowed)
        }
        #expect([allowing.count, refusing.count] == [1, 0])
    }

    @Test("time is judged anew: before issue, in time, after expiry, and in time again")
    func times() async throws {
        let one = try RecordingVerifier()
        let token = try TestToken.minted()
        let (issued, expires) = (Double(TestToken.issuedAt), Double(TestToken.expiresAt))
        #expect(await one.code(token) == nil)
        #expect(await one.code(token) == nil)
        #expect(await one.code(token, at: expires + 29.5) == nil)
        #expect(await one.code(token, at: expires + 30) == .tokenExpired)
        #expect(await one.code(token, at: issued - 30) == nil)
        #expect(await one.code(token, at: issued - 30.5) == .issuedInFuture)
        #expect(await one.code(token) == nil)
        #expect(one.events == [false, false, true, true, true])
    }

    @Test("a token that differs in one bit of its signature is another", arguments: [0, 100, 255])
    func oneBit(byte: Int) async throws {
        let one = try RecordingVerifier()
        let token = try TestToken.minted()
        let segments = token.split(separator: ".")
        let decoded = Base64URL.decode(segments[2].utf8.span)
        var signature = try #require(decoded)
        signature[byte] ^= 1
        let forged = segments[0] + "." + segments[1] + "." + Base64URL.encode(signature)
        for _ in 0..<3 {
            #expect(await one.code(forged) == .signatureInvalid)
            #expect(await one.code(token) == nil)
        }
        #expect(one.events == [false, false, true])
    }

    @Test("the signature of a cached token vouches for no other claims")
    func otherClaims() async throws {
        let one = try RecordingVerifier()
        let token = try TestToken.minted()
        for _ in 0..<2 { #expect(await one.code(token) == nil) }
        #expect(one.count == 1)
        var segments = token.split(separator: ".").map(String.init)
        segments[1] = Base64URL.encode(Array(TestToken.claims(["sub": #""204029292853099978293""#]).utf8))
        let forged = segments.joined(separator: ".")
        #expect(forged.utf8.count == token.utf8.count)
        #expect(await one.code(forged) == .signatureInvalid)
    }

    @Test(
        "no token that is refused gets into the cache",
        arguments: [
            TestToken.claims(["aud": #""other""#]), TestToken.claims(["iss": #""other""#]),
            TestToken.claims(["exp": "1600000000"]), TestToken.claims(["iat": "1800000000"]),
            TestToken.claims(["sub": nil]), TestToken.claims(["sub": #""other""#]),
        ]
    )
    func failures(claims: String) async throws {
        let one = try RecordingVerifier(callers: .subjects(TestToken.subject))
        let token = try TestToken.minted(claims: claims)
        let code = await one.code(token)
        #expect(code != nil)
        for _ in 0..<2 { #expect(await one.code(token) == code) }
        #expect(one.count == 0)
    }

    @Test("a token without a signature never gets into the cache")
    func signatureRemoved() async throws {
        let one = try RecordingVerifier { $0.removedSignature = .trustCloudRunInEitherHeader }
        let signed = try TestToken.minted().split(separator: ".").prefix(2).joined(separator: ".")
        let headers = ["Authorization": "Bearer \(signed).\(CompactToken.removedSignature)"]
        for _ in 0..<3 { _ = try await one.verifier.verify(headers: headers, at: TestToken.date) }
        #expect(one.events == [false, false, false])
        #expect(one.count == 0)
    }

    @Test("0 turns the cache off")
    func off() async throws {
        let one = try RecordingVerifier { $0.maximumCachedTokens = 0 }
        let token = try TestToken.minted()
        for _ in 0..<3 { #expect(await one.code(token) == nil) }
        #expect(one.verifier.cache == nil)
        #expect(one.events == [false, false, false])
    }
}
