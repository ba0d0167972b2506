//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import FoundationEssentials
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// Keys that a service fetches with its own HTTP client, here libcurl behind the same closure that a service writes.
@Suite("Keys fetched by a service's own client", .serialized, .timeLimit(.minutes(5)))
struct KeyClientTests {
    private typealias HeaderFields = [(name: String, value: String)]

    /// Fetches from a server whatever URL is asked for.
    private static func source(_ server: LoopbackServer) -> KeySource {
        let transport = CurlTransport()
        let url = server.url()
        return .fetched { _, headerFields in
            let response = try await transport.get(url, headers: headerFields)
            return KeySource.Response(
                status: response.status,
                headerFields: response.fields,
                body: response.body
            )
        }
    }

    private static func verifier(_ source: KeySource) throws -> IDTokenVerifier {
        try IDTokenVerifier(audience: TestToken.audience, callers: .anyGoogleIdentity, keys: source)
    }

    private static func code(_ source: KeySource) async throws -> VerificationError? {
        let verifier = try Self.verifier(source)
        let token = try TestToken.minted()
        return await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
    }

    @Test("100 requests at once make one fetch")
    func singleFlight() async throws {
        let gate = try Gate()
        let server = try LoopbackServer(try Answer.keys(TestToken.keyID).held(by: gate))
        let verifier = try Self.verifier(Self.source(server))
        let token = try TestToken.minted()
        let verified = try await withThrowingTaskGroup { group in
            for _ in 0..<100 {
                group.addTask { try await verifier.verify(token: token, at: TestToken.date).email }
            }
            try await server.waitForRequests(1)
            gate.open()
            return try await group.reduce(into: 0) { count, email in count += email == TestToken.email ? 1 : 0 }
        }
        #expect(verified == 100)
        #expect(server.requestCount == 1)
        #expect(verifier.health.keyCount == 1)
    }

    @Test("the closure gets the URL of Google's keys, and the fields that ask whether they have changed")
    func request() async throws {
        let client = KeyClient(
            { url, headerFields in
                #expect(url == "https://www.googleapis.com/oauth2/v3/certs")
                let isAsked = headerFields.contains { $0.name == "If-None-Match" && $0.value == "\"1\"" }
                return KeySource.Response(
                    status: isAsked ? 304 : 200,
                    headerFields: [("ETag", "\"1\""), ("Cache-Control", "max-age=600")],
                    body: isAsked ? [] : try TestToken.keyDocument
                )
            },
            timeLimit: KeyClient.timeLimit
        )
        let fetcher = KeyFetcher(url: TrustProfile.googleIDToken.keysURL, profile: .googleIDToken, client: client)
        guard case .document(let keySet, let fresh) = await fetcher.fetch(nil).result else {
            Issue.record("there is no document")
            return
        }
        #expect(keySet.keys.count == 1)
        #expect(fresh.lifetime == .seconds(600))
        guard case .notModified = await fetcher.fetch(fresh.validators).result else {
            Issue.record("the document was fetched again")
            return
        }
    }

    @Test("an error of the client leaves no keys; the explanation names its type only, and the event carries it")
    func failure() async throws {
        struct ProxyError: Error {
            let proxy = "http://svc:hunter2@proxy:3128"
        }
        let events = Lock<[IDTokenVerifier.Event]>([])
        var configuration = IDTokenVerifier.Configuration()
        configuration.onEvent = { event in events.withLock { $0.append(event) } }
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .fetched { _, _ in throw ProxyError() },
            configuration: configuration
        )
        let error = await #expect(throws: VerificationError.self) {
            try await verifier.verify(token: try TestToken.minted())
        }
        #expect(error?.code == .keysUnavailable)
        #expect(error?.explanation.contains("failed with ProxyError") == true)
        #expect("\(String(describing: error)) \(verifier.health.json)".contains("hunter2") == false)
        let underlying = events.withLock { events in
            events.compactMap { if case .fetchFailed(let failure) = $0 { failure.underlying } else { nil } }
        }
        #expect(underlying.first is ProxyError)
    }

    @Test("a client that never returns and ignores its cancellation keeps nobody waiting after its time")
    func deafClient() async throws {
        let client = KeyClient(
            { _, _ in await withCheckedContinuation { (_: CheckedContinuation<KeySource.Response, Never>) in } },
            timeLimit: .milliseconds(100)
        )
        let fetcher = KeyFetcher(url: "https://keys.example.com/", profile: .googleIDToken, client: client)
        guard case .failure(let reason, retryAfter: nil) = await fetcher.fetch(nil).result else {
            Issue.record("there is no failure")
            return
        }
        #expect(reason.contains("no response within 0.1 seconds"))
    }

    @Test("a response that is no key document, too long, or a redirect leaves no keys", arguments: [0, 1, 2])
    func badResponse(index: Int) async throws {
        let responses = [
            KeySource.Response(status: 200, headerFields: [], body: Array("<html>".utf8)),
            KeySource.Response(status: 200, headerFields: [], body: Array(repeating: 0x20, count: 256 * 1024 + 1)),
            KeySource.Response(status: 302, headerFields: [("Location", "/")], body: []),
        ]
        let words = ["not JSON", "larger than 256 KiB", "redirect (status 302)"]
        let error = try await Self.code(.fetched { _, _ in responses[index] })
        #expect(error?.code == .keysUnavailable)
        #expect(error?.explanation.contains(words[index]) == true)
    }

    @Test("a client that gives no response is cancelled when its time is over")
    func timeLimit() async throws {
        let server = try LoopbackServer(.hang)
        var limits = TransportLimits()
        limits.whole = .seconds(60 * 60)
        let transport = CurlTransport(limits: limits)
        let url = server.url()
        let client = KeyClient(
            { _, headerFields in
                let response = try await transport.get(url, headers: headerFields)
                return KeySource.Response(status: response.status, headerFields: [], body: response.body)
            },
            timeLimit: .milliseconds(300)
        )
        let fetcher = KeyFetcher(url: url, profile: .googleIDToken, client: client)
        guard case .failure(let reason, retryAfter: nil) = await fetcher.fetch(nil).result else {
            Issue.record("there is no failure")
            return
        }
        #expect(reason.contains("returned no response within 0.3 seconds"))
        try await server.waitForAbandoned(1)
    }
}
