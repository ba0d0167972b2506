//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// Many callers, one fetch: over real HTTP, with counts of what the server saw.
@Suite("Key store", .serialized, .timeLimit(.minutes(5)))
struct KeyStoreTests {
    @Test("1,000 concurrent first requests make one fetch")
    func singleFlight() async throws {
        let gate = try Gate()
        let server = try LoopbackServer(try Answer.keys(TestToken.keyID).held(by: gate))
        let verifier = try RemoteKeys(server.url()).verifier
        let token = try TestToken.minted()
        let started = Lock(0)
        let verified = try await withThrowingTaskGroup { group in
            for _ in 0..<1_000 {
                group.addTask {
                    // The last to start lets the server answer.
                    if started.withLock({
                        $0 += 1
                        return $0
                    }) == 1_000 {
                        gate.open()
                    }
                    return try await verifier.verify(token: token, at: TestToken.date).email
                }
            }
            return try await group.reduce(into: 0) { count, email in count += email == TestToken.email ? 1 : 0 }
        }
        print("1,000 concurrent first requests: \(verified) verified, \(server.requestCount) fetch")
        #expect(verified == 1_000)
        #expect(server.requestCount == 1)
    }

    @Test("100,000 tokens with distinct unknown key IDs over a full cooldown make one fetch")
    func unknownKeyIDs() async throws {
        let server = try LoopbackServer(try .keys(TestToken.keyID))
        let remote = RemoteKeys(server.url())
        let verifier = try remote.verifier
        try await verifier.warmUp()
        let valid = try TestToken.minted()
        let signature = String(try #require(valid.split(separator: ".").last))
        var rejected = 0
        for index in 0..<100_000 {
            remote.clock.advance(to: .seconds(30) + .microseconds(index * 299))
            let header = Base64URL.encode(Array(TestToken.header(["kid": "\"unknown-\(index)\""]).utf8))
            do throws(VerificationError) {
                _ = try await verifier.verify(token: "\(header).e30.\(signature)")
            } catch {
                if error.code == .keyUnknown { rejected += 1 }
            }
            if index.isMultiple(of: 10_000) {
                _ = try await verifier.verify(token: valid, at: TestToken.date)
            }
        }
        print("100,000 unknown key IDs in 29.9 s: \(rejected) rejected, \(server.requestCount - 1) fetch")
        #expect(rejected == 100_000)
        // One for the keys at first, one for the first unknown key ID after the cooldown.
        #expect(server.requestCount == 2)
        remote.clock.advance(to: .seconds(60))
        #expect(await remote.code(of: "unknown") == .keyUnknown)
        #expect(server.requestCount == 3)
    }

    @Test("cancelling one of many waiters cancels only that one")
    func cancellation() async throws {
        let gate = try Gate()
        let server = try LoopbackServer(try Answer.keys("a").held(by: gate))
        let remote = RemoteKeys(server.url())
        let waiters = (0..<10).map { _ in Task { await remote.code(of: "a") } }
        let cancelled = Task { await remote.code(of: "a") }
        try await server.waitForRequests(1)
        cancelled.cancel()
        #expect(await cancelled.value == .cancelled)
        gate.open()
        for waiter in waiters {
            #expect(await waiter.value == nil)
        }
        #expect(server.requestCount == 1)
        #expect(server.abandonedCount == 0)
    }

    @Test("whoever starts the fetch may be cancelled too, and the fetch goes on")
    func cancellationOfTheFirst() async throws {
        let gate = try Gate()
        let server = try LoopbackServer(try Answer.keys("a").held(by: gate))
        let remote = RemoteKeys(server.url())
        let first = Task { await remote.code(of: "a") }
        try await server.waitForRequests(1)
        first.cancel()
        #expect(await first.value == .cancelled)
        let second = Task { await remote.code(of: "a") }
        gate.open()
        #expect(await second.value == nil)
        #expect(server.requestCount == 1)
    }

    @Test("a task that is cancelled already does not wait")
    func cancelledBefore() async throws {
        let server = try LoopbackServer(.hang)
        // The fetch that it starts would end only after the time limit of this suite.
        let remote = RemoteKeys(server.url(), whole: .seconds(60 * 60))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await remote.code(of: "a")
        }
        task.cancel()
        #expect(await task.value == .cancelled)
    }

    @Test("requests during a refresh that hangs are answered at once")
    func hangingRefresh() async throws {
        let server = try LoopbackServer(try .keys(TestToken.keyID))
        let remote = RemoteKeys(server.url())
        let verifier = try remote.verifier
        try await verifier.warmUp()
        let token = try TestToken.minted()
        let usual = try await Self.latencies(verifier, token)

        server.setAnswers(.hang)
        remote.clock.advance(to: .seconds(801))
        _ = try await verifier.verify(token: token, at: TestToken.date)
        try await server.waitForRequests(2)
        let hanging = try await Self.latencies(verifier, token)
        #expect(server.requestCount == 2)
        #expect(remote.store.health.nextRefresh == nil, "the refresh hangs still")
        print("p50 and p99 of 2,000 verifications: \(usual); during a refresh that hangs: \(hanging)")
        server.stop()
    }

    private static func latencies(_ verifier: IDTokenVerifier, _ token: String) async throws -> String {
        let clock = ContinuousClock()
        var times: [Duration] = []
        for _ in 0..<2_000 {
            let start = clock.now
            _ = try await verifier.verify(token: token, at: TestToken.date)
            times.append(start.duration(to: clock.now))
        }
        times.sort()
        return [times[1_000], times[1_980]].map { "\(Int($0 / .microseconds(1))) µs" }.joined(separator: ", ")
    }
}
