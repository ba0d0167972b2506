//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

@Suite("Credentials that run", .serialized, .timeLimit(.minutes(5)))
struct RunTests {
    /// Runs credentials for a number of sleeps, each of which moves the clock by 10 s.
    private static func run(
        _ server: LoopbackServer,
        _ surroundings: TestSurroundings,
        sleeps: Int,
        after prepare: @Sendable (IDTokenCredentials) async throws -> Void
    ) async throws -> IDTokenCredentials {
        let count = Lock(0)
        let environment = surroundings.environment(metadataServer: server) { _ in
            let isOver = count.withLock {
                $0 += 1
                return $0 > sleeps
            }
            if isOver { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
            // Lets a fetch that was started run.
            await Task.yield()
        }
        let credentials = IDTokenCredentials(try MetadataServer(account: "default", environment), environment)
        try await prepare(credentials)
        let task = Task { await credentials.run() }
        await task.value
        return credentials
    }

    @Test("a token is replaced ahead of its expiry although nobody asks for it")
    func ahead() async throws {
        let surroundings = TestSurroundings()
        let server = try LoopbackServer { _ in
            .metadata((try? TestToken.minted(for: TestToken.audience, issuedAt: Int(surroundings.now))) ?? "")
        }
        _ = try await Self.run(server, surroundings, sleeps: 400) { try await $0.warmUp(for: TestToken.audience) }
        // 4,000 s are more than one life of a token.
        try await server.waitForRequests(2)
        #expect(server.requestCount >= 2)
    }

    @Test("a refusal does not end the refreshing for good")
    func afterRefusal() async throws {
        let surroundings = TestSurroundings()
        let refused = Lock(true)
        let server = try LoopbackServer { _ in
            if refused.withLock({ $0 }) { return .metadata("no", status: 403) }
            return .metadata((try? TestToken.minted(for: TestToken.audience, issuedAt: Int(surroundings.now))) ?? "")
        }
        let credentials = try await Self.run(server, surroundings, sleeps: 30) { credentials in
            let error = try await failure { () async throws(IDTokenCredentialsError) in
                try await credentials.warmUp(for: TestToken.audience)
            }
            #expect(error.code == .permissionDenied)
        }
        try await server.waitForRequests(2)
        refused.withLock { $0 = false }
        // The first call may still wait for a fetch that was refused.
        surroundings.advance(by: .seconds(120))
        _ = try? await credentials.token(for: TestToken.audience)
        surroundings.advance(by: .seconds(120))
        #expect(try await credentials.token(for: TestToken.audience).audience == TestToken.audience)
        #expect(credentials.health.isReady)
        #expect(credentials.health.audiences.first?.lastFailure?.error.code == .permissionDenied)
    }

    @Test("credentials without a token, or with an expired one, are not ready")
    func health() async throws {
        let surroundings = TestSurroundings()
        let server = try LoopbackServer(
            .metadata(try TestToken.minted(for: TestToken.audience)),
            .metadata("down", status: 400)
        )
        let environment = surroundings.environment(metadataServer: server)
        let credentials = IDTokenCredentials(try MetadataServer(account: "default", environment), environment)
        #expect(!credentials.health.isReady)
        #expect(credentials.health.source == "metadata server 127.0.0.1:\(server.port), account default")
        try await credentials.warmUp(for: TestToken.audience)
        #expect(credentials.health.isReady)
        let audience = try #require(credentials.health.audiences.first)
        #expect(audience.expiresIn == .seconds(3_540))
        #expect(audience.nextRefresh == .seconds(3_300))
        #expect(audience.lastFailure == nil)
        surroundings.advance(by: .seconds(3_540))
        #expect(!credentials.health.isReady)
    }
}
