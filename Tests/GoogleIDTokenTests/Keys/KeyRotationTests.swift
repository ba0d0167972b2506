//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// Keys that change, responses that say how long they last, and a server that is gone for long: over real HTTP.
@Suite("Key rotation and caching", .serialized, .timeLimit(.minutes(5)))
struct KeyRotationTests {
    @Test("one broken key among good ones is passed over and counted")
    func brokenKey() async throws {
        let good = try TestToken.webKey(["kid": "\"a\""])
        let server = try LoopbackServer(.text(#"{"keys":[{"kid":"b","kty":"RSA"},\#(good),7]}"#))
        let remote = RemoteKeys(server.url())
        #expect(await remote.code(of: "a") == nil)
        #expect(await remote.code(of: "b") == .keyUnknown)
        #expect(remote.store.health.keyCount == 1)
        #expect(remote.store.health.skippedKeyCount == 2)
    }

    @Test("keys rotated between two requests are found by one refetch")
    func rotated() async throws {
        let server = try LoopbackServer(try .keys("a"), try .keys("a", "b"))
        let remote = RemoteKeys(server.url())
        #expect(await remote.code(of: "a") == nil)
        remote.clock.advance(to: .seconds(31))
        #expect(await remote.code(of: "b") == nil)
        #expect(await remote.code(of: "a") == nil)
        #expect(server.requestCount == 2)
    }

    @Test("a key that is withdrawn verifies nothing any more")
    func withdrawn() async throws {
        let server = try LoopbackServer(try .keys(TestToken.keyID), try .keys("other"))
        let remote = RemoteKeys(server.url())
        let verifier = try remote.verifier
        let token = try TestToken.minted()
        #expect(try await verifier.verify(token: token, at: TestToken.date).email == TestToken.email)
        remote.clock.advance(to: .seconds(31))
        #expect(await remote.code(of: "unknown") == .keyUnknown)
        let error = await #expect(throws: VerificationError.self) {
            _ = try await verifier.verify(token: token, at: TestToken.date)
        }
        #expect(error?.code == .keyUnknown)
    }

    @Test("an empty set never replaces a good one")
    func emptied() async throws {
        let server = try LoopbackServer(try .keys("a"), .text(#"{"keys":[]}"#))
        let remote = RemoteKeys(server.url())
        #expect(await remote.code(of: "a") == nil)
        remote.clock.advance(to: .seconds(31))
        #expect(await remote.code(of: "unknown") == .keyUnknown)
        #expect(await remote.code(of: "a") == nil)
        #expect(remote.store.health.lastFailure != nil)
    }

    @Test("down for longer than the staleness limit, then back")
    func downForLong() async throws {
        let server = try LoopbackServer(try .keys("a"), .text("", status: 500))
        let remote = RemoteKeys(server.url())
        var events = remote.events.makeAsyncIterator()
        #expect(await remote.code(of: "a") == nil)
        _ = await events.next()
        for time in [801, 1_001, 2_000, 4_599] {
            remote.clock.advance(to: .seconds(time))
            #expect(await remote.code(of: "a") == nil, "at \(time) s")
            guard case .fetchFailed(let failure)? = await events.next(), failure.hasUsableKeys else {
                Issue.record("no failure was reported at \(time) s")
                return
            }
        }
        #expect(remote.store.health.isStale)
        remote.clock.advance(to: .seconds(4_600))
        #expect(await remote.code(of: "a") == .keysUnavailable)
        #expect(!remote.store.health.isUsable)

        server.setAnswers(try .keys("a"))
        remote.clock.advance(to: .seconds(4_700))
        #expect(await remote.code(of: "a") == nil)
        #expect(!remote.store.health.isStale)
    }

    @Test("ETag and Last-Modified are sent back, and 304 renews the lifetime")
    func notModified() async throws {
        let modified = "Tue, 14 Nov 2023 22:13:20 GMT"
        let server = try LoopbackServer(
            try .keys("a", fields: [("ETag", "\"one\""), ("Last-Modified", modified)]),
            .response(304, fields: [("Cache-Control", "max-age=2000"), ("ETag", "\"two\"")]),
            .response(304, fields: [("Cache-Control", "max-age=2000")])
        )
        let remote = RemoteKeys(server.url())
        var events = remote.events.makeAsyncIterator()
        #expect(await remote.code(of: "a") == nil)
        _ = await events.next()
        remote.clock.advance(to: .seconds(801))
        #expect(await remote.code(of: "a") == nil)
        guard case .keysUnchanged(let fetch)? = await events.next(), fetch.keyCount == 1,
            fetch.freshFor == .seconds(2_000)
        else {
            Issue.record("the keys were not confirmed")
            return
        }
        #expect(remote.store.health.nextRefresh == .seconds(1_600))
        remote.clock.advance(to: .seconds(801 + 1_600))
        #expect(await remote.code(of: "a") == nil)
        _ = await events.next()
        #expect(server.requests.map { $0["If-None-Match"] } == [[], ["\"one\""], ["\"two\""]])
        #expect(server.requests.map { $0["If-Modified-Since"] } == [[], [modified], [modified]])
    }

    @Test(
        "the lifetime is what the response says",
        arguments: [
            Named("Age greater than max-age", ([("Cache-Control", "max-age=100"), ("Age", "200")], 60)),
            Named("no caching headers", ([], 3_600)),
            Named("conflicting ones", ([("Cache-Control", "max-age=900"), ("Cache-Control", "max-age=500")], 500)),
            Named("overflow", ([("Cache-Control", "max-age=99999999999999999999")], 86_400)),
            Named("no-store", ([("Cache-Control", "no-store")], 60)),
        ] as [Named<([(name: String, value: String)], Int)>]
    )
    func lifetime(_ response: Named<([(name: String, value: String)], Int)>) async throws {
        let (fields, seconds) = response.value
        let server = try LoopbackServer(.response(fields: fields, body: try TestToken.keyDocument(["a"])))
        let remote = RemoteKeys(server.url())
        try await remote.store.warmUp()
        #expect(remote.store.health.nextRefresh == .seconds(seconds) * 0.8)
    }

    /// A server that dates each answer when it gives it, by a clock that is off by some seconds.
    private static func server(secondsFromNow: Int) throws -> LoopbackServer {
        let document = try TestToken.keyDocument(["a"])
        return try LoopbackServer { _ in
            let date = HTTPDateText.text(secondsFromNow: secondsFromNow)
            return .response(fields: [("Cache-Control", "max-age=1000"), ("Date", date)], body: document)
        }
    }

    @Test("a Date two hours off is reported, and changes nothing else", arguments: [-7_200, 7_200])
    func clockOffset(_ offset: Int) async throws {
        let server = try Self.server(secondsFromNow: -offset)
        let remote = RemoteKeys(server.url())
        var events = remote.events.makeAsyncIterator()
        #expect(await remote.code(of: "a") == nil)
        #expect(remote.store.health.nextRefresh == .seconds(800))
        _ = await events.next()
        guard case .clockOffset(let reported)? = await events.next() else {
            Issue.record("no offset was reported")
            return
        }
        // A busy machine may take long from the date to the moment at which it is read.
        #expect(abs(reported / .seconds(1) - Double(offset)) <= 300)
        #expect(remote.store.health.clockOffset == reported)
    }

    @Test("a Date of now is not worth a word")
    func clockInTime() throws {
        let transport = CurlTransport()
        let fetcher = KeyFetcher(
            url: "https://keys.example.com/",
            profile: .googleIDToken,
            client: KeyClient(transport)
        )
        let response = KeySource.Response(
            status: 200,
            headerFields: [("Date", HTTPDateText.text(secondsFromNow: 0))],
            body: try TestToken.keyDocument
        )
        guard case .inTime = fetcher.judge(response, wasConditional: false).clock else {
            Issue.record("an offset was reported")
            return
        }
    }
}
