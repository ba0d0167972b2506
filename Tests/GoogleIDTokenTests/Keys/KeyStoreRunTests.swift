//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// Keys fetched ahead of need, and a start without a network.
@Suite("Key store: warmUp and run", .serialized, .timeLimit(.minutes(5)))
struct KeyStoreRunTests {
    @Test("warmUp fetches once, and then there is nothing to do")
    func warmUp() async throws {
        let server = try LoopbackServer(try .keys("a"))
        let remote = RemoteKeys(server.url())
        #expect(!remote.store.health.isUsable)
        try await remote.store.warmUp()
        try await remote.store.warmUp()
        #expect(remote.store.health.keyCount == 1)
        #expect(server.requestCount == 1)
    }

    @Test("warmUp says why there are no keys, and for how long")
    func warmUpFails() async throws {
        let server = try LoopbackServer(.text("", status: 503, fields: [("Retry-After", "20")]))
        let remote = RemoteKeys(server.url())
        for _ in 0..<2 {
            let error = await #expect(throws: VerificationError.self) { try await remote.store.warmUp() }
            #expect(error?.code == .keysUnavailable)
            #expect(error?.retryAfter == .seconds(20))
            #expect(error?.explanation.contains("status 503") == true)
        }
        #expect(server.requestCount == 1, "the second does not ask again so soon")
    }

    @Test("a service that starts without a network gets well by itself")
    func startWithoutNetwork() async throws {
        let server = try LoopbackServer(.nothing)
        let remote = RemoteKeys(server.url())
        let verifier = try remote.verifier
        let token = try TestToken.minted()
        let unavailable = await #expect(throws: VerificationError.self) {
            _ = try await verifier.verify(token: token, at: TestToken.date)
        }
        #expect(unavailable?.code == .keysUnavailable)
        #expect(unavailable?.disposition == .undecided)
        remote.clock.advance(to: .seconds(0.25))
        let atOnce = await #expect(throws: VerificationError.self) {
            _ = try await verifier.verify(token: token, at: TestToken.date)
        }
        #expect(atOnce?.retryAfter == .seconds(0.75))
        #expect(server.requestCount == 1)

        server.setAnswers(try .keys(TestToken.keyID))
        remote.clock.advance(to: .seconds(1))
        let caller = try await verifier.verify(token: token, at: TestToken.date)
        #expect(caller.email == TestToken.email)
    }

    @Test("run fetches at once, then whenever it is due, until it is cancelled")
    func run() async throws {
        let server = try LoopbackServer(try .keys("a"), try .keys("a", "b"), .text("", status: 500), try .keys("b"))
        let remote = RemoteKeys(server.url())
        let runner = Task { await remote.store.run() }
        for (due, count) in [(800, 1), (1_600, 2), (1_601, 3)] {
            #expect(await remote.clock.waitForSleeper() == .seconds(due))
            #expect(server.requestCount == count)
            remote.clock.advance(to: .seconds(due))
        }
        #expect(await remote.clock.waitForSleeper() == .seconds(1_601 + 800))
        #expect(await remote.code(of: "b") == nil)
        #expect(await remote.code(of: "a") == .keyUnknown)
        runner.cancel()
        await runner.value
        #expect(server.requestCount == 4)
    }

    @Test("a verification that cannot suspend takes the keys at hand and never fetches")
    func withoutFetching() async throws {
        let server = try LoopbackServer(try .keys(TestToken.keyID))
        let remote = RemoteKeys(server.url())
        let verifier = try remote.verifier
        let token = try TestToken.minted()
        let error = #expect(throws: VerificationError.self) {
            _ = try verifier.verifyWithoutFetching(token: token, at: TestToken.date)
        }
        #expect(error?.code == .keysUnavailable)
        #expect(server.requestCount == 0)
        try await verifier.warmUp()
        remote.clock.advance(to: .seconds(900))
        #expect(try verifier.verifyWithoutFetching(token: token, at: TestToken.date).email == TestToken.email)
        #expect(server.requestCount == 1)
    }
}
