//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import GoogleIDToken
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

/// Many tasks, one fetch: over real HTTP, with counts of what the metadata server saw.
@Suite("Cache of tokens", .serialized, .timeLimit(.minutes(5)))
struct SingleFlightTests {
    private static func audience(of request: Request) -> String {
        let query = request.path.split(separator: "?").last ?? ""
        let member = query.split(separator: "&").first { $0.hasPrefix("audience=") } ?? ""
        return String(member.dropFirst("audience=".count)).replacing("%3A", with: ":").replacing("%2F", with: "/")
    }

    /// A metadata server that answers each request for a token.
    private static func server(held gate: Gate? = nil) throws -> LoopbackServer {
        try LoopbackServer { request in
            let token = try? TestToken.minted(for: Self.audience(of: request))
            let answer = Answer.metadata(token ?? "")
            return gate.map { answer.held(by: $0) } ?? answer
        }
    }

    private static func credentials(_ server: LoopbackServer, _ surroundings: TestSurroundings) throws
        -> IDTokenCredentials
    {
        let environment = surroundings.environment(metadataServer: server)
        return IDTokenCredentials(try MetadataServer(account: "default", environment), environment)
    }

    @Test("10,000 tasks at a cold start make one fetch for each audience")
    func coldStart() async throws {
        let gate = try Gate()
        let server = try Self.server(held: gate)
        let credentials = try Self.credentials(server, TestSurroundings())
        let audiences = ["https://one.example.com", "https://two.example.com"]
        let expected = try audiences.map { try TestToken.minted(for: $0) }
        let started = Lock(0)
        let count = try await withThrowingTaskGroup { group in
            for index in 0..<10_000 {
                group.addTask {
                    // The last to start lets the server answer.
                    if started.withLock({
                        $0 += 1
                        return $0
                    }) == 10_000 {
                        gate.open()
                    }
                    let audience = audiences[index % 2]
                    let token = try await credentials.token(for: audience)
                    return token.audience == audience && token.text == expected[index % 2]
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        print("10,000 tasks at a cold start: \(count) tokens, \(server.requestCount) fetches for 2 audiences")
        #expect(count == 10_000)
        #expect(server.requestCount == 2)
    }

    @Test("the cancellation of a waiting task leaves the fetch and other tasks alone")
    func cancellation() async throws {
        let gate = try Gate()
        let server = try Self.server(held: gate)
        let credentials = try Self.credentials(server, TestSurroundings())
        let first = Task { try await credentials.token(for: TestToken.audience) }
        try await server.waitForRequests(1)
        let second = Task { try await credentials.token(for: TestToken.audience) }
        first.cancel()
        let error = await #expect(throws: IDTokenCredentialsError.self) { try await first.value }
        #expect(error?.disposition == .cancelled)
        gate.open()
        #expect(try await second.value.audience == TestToken.audience)
        #expect(server.requestCount == 1)
    }

    @Test("a task that is cancelled already does not wait")
    func cancelledAlready() async throws {
        let gate = try Gate()
        let server = try Self.server(held: gate)
        let credentials = try Self.credentials(server, TestSurroundings())
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await failure { () async throws(IDTokenCredentialsError) in
                try await credentials.token(for: TestToken.audience)
            }
        }
        #expect(try await task.value.code == .cancelled)
        gate.open()
    }

    @Test("each audience has a token of its own")
    func audiences() async throws {
        let server = try Self.server()
        let credentials = try Self.credentials(server, TestSurroundings())
        for audience in ["https://a.example.com", "https://b.example.com", "https://a.example.com"] {
            #expect(try await credentials.token(for: audience).text == TestToken.minted(for: audience))
        }
        #expect(server.requestCount == 2)
    }

    @Test("64 audiences are kept, and the least recently used gives way")
    func capacity() async throws {
        let server = try Self.server()
        let credentials = try Self.credentials(server, TestSurroundings())
        let audiences = (0..<64).map { "https://service-\($0).example.com" }
        try await credentials.warmUp(for: audiences)
        #expect(server.requestCount == 64)
        _ = try await credentials.token(for: audiences[0])
        _ = try await credentials.token(for: "https://other.example.com")
        #expect(server.requestCount == 65)
        #expect(credentials.health.audiences.count == 64)
        _ = try await credentials.token(for: audiences[0])
        #expect(server.requestCount == 65, "the first one was used lately")
        #expect(credentials.health.audiences.first?.audience == audiences[0])
    }

    @Test("a fetch whose audience has given way still ends for those who wait")
    func evictedWhileFetching() async throws {
        let gate = try Gate()
        let server = try LoopbackServer { request in
            let audience = Self.audience(of: request)
            let answer = Answer.metadata((try? TestToken.minted(for: audience)) ?? "")
            return audience == "https://slow.example.com" ? answer.held(by: gate) : answer
        }
        let credentials = try Self.credentials(server, TestSurroundings())
        let slow = Task { try await credentials.token(for: "https://slow.example.com") }
        try await server.waitForRequests(1)
        try await credentials.warmUp(for: (0..<64).map { "https://service-\($0).example.com" })
        #expect(!credentials.health.audiences.contains { $0.audience == "https://slow.example.com" })
        gate.open()
        #expect(try await slow.value.audience == "https://slow.example.com")
    }

    @Test("no token that has expired is given out over hours of failures at random")
    func randomFailures() async throws {
        let surroundings = TestSurroundings()
        let generator = Lock(FixedGenerator(seed: 7))
        let server = try LoopbackServer { request in
            let dice = generator.withLock { Int.random(in: 0..<4, using: &$0) }
            if dice == 0 { return .metadata("busy", status: 503) }
            if dice == 1 { return .nothing }
            // The server hands out the same token until five minutes before it expires.
            let issuedAt = Int(surroundings.now) / 3_300 * 3_300
            return .metadata((try? TestToken.minted(for: Self.audience(of: request), issuedAt: issuedAt)) ?? "")
        }
        let credentials = try Self.credentials(server, surroundings)
        var given = 0
        var failed = 0
        for _ in 0..<600 {
            surroundings.advance(by: .seconds(60))
            do throws(IDTokenCredentialsError) {
                let token = try await credentials.token(for: TestToken.audience)
                #expect(token.expiresAt.timeIntervalSince1970 > surroundings.now)
                given += 1
            } catch {
                #expect(error.disposition == .unavailable)
                failed += 1
            }
        }
        print("10 hours of failures at random: \(given) tokens, \(failed) errors, \(server.requestCount) requests")
        #expect(given > 500)
    }
}
