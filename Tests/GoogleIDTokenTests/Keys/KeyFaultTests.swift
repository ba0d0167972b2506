//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// Every way in which a key server lets a verifier down: what callers see without keys, and with keys at hand.
@Suite("Faults of a key server", .serialized, .timeLimit(.minutes(5)))
struct KeyFaultTests {
    /// A server's answer and what the explanation says of it.
    struct Fault: Sendable {
        let answer: Answer
        let words: String

        init(_ answer: Answer, _ words: String) {
            self.answer = answer
            self.words = words
        }
    }

    private static func text(_ body: String) -> Answer { .text(body) }

    private static let faults: [Named<Fault>] = [
        Named("never answers", Fault(.hang, "not complete after")),
        Named("a byte a second", Fault(.dripping(Array("{\"keys\":[]}".utf8)), "not complete after")),
        Named("closes half-way", Fault(.cutShort(Array("{\"keys\":[]}".utf8), after: 5), "is incomplete")),
        Named("closes without a byte", Fault(.nothing, "is incomplete")),
        Named("resets", Fault(.reset(), "connection was lost")),
        Named("status 404", Fault(.text("", status: 404), "status 404")),
        Named("status 429", Fault(.text("", status: 429), "status 429")),
        Named("status 500", Fault(.text("", status: 500), "status 500")),
        Named("status 503", Fault(.text("", status: 503), "status 503")),
        Named("redirect", Fault(.text("", status: 302, fields: [("Location", "/other")]), "redirect (status 302)")),
        Named("HTML with status 200", Fault(text("<!DOCTYPE html><p>Sign in"), "not JSON")),
        Named("JSON that is no key set", Fault(text(#"{"error":{"code":404}}"#), "neither a JWK set")),
        Named("an empty set", Fault(text(#"{"keys":[]}"#), "no keys")),
        Named("only broken keys", Fault(text(#"{"keys":[{"kid":"a","kty":"RSA"}]}"#), "none of its 1 keys")),
        Named(
            "10 MB",
            Fault(.chunked(chunks: [[UInt8](repeating: 32, count: 10_000)], lastChunkRepeats: 1_000), "256 KiB")
        ),
        Named(
            "a gzip that grows to 1 GB",
            Fault(
                .chunked(
                    fields: [("Content-Encoding", "gzip")],
                    chunks: [Gzip.zeros(10_000), [UInt8](repeating: 0, count: 10_000)],
                    lastChunkRepeats: 99
                ),
                "256 KiB"
            )
        ),
        Named(
            "gzip in gzip",
            Fault(
                .text("x", status: 200, fields: [("Content-Encoding", "gzip, gzip")]),
                "other than a single layer of gzip"
            )
        ),
        Named("304 without our asking", Fault(.response(304), "304")),
    ]

    @Test("without keys: keys_unavailable, with what is wrong and when to ask again", arguments: faults)
    func withoutKeys(_ fault: Named<Fault>) async throws {
        let server = try LoopbackServer(fault.value.answer)
        let remote = RemoteKeys(server.url(), whole: .milliseconds(1_500))
        let verifier = try remote.verifier
        let token = try TestToken.minted()
        let error = await #expect(throws: VerificationError.self) {
            _ = try await verifier.verify(token: token, at: TestToken.date)
        }
        #expect(error?.code == .keysUnavailable)
        #expect(error?.retryAfter == .seconds(1))
        #expect(error?.explanation.contains(fault.value.words) == true, "\(error?.explanation ?? "")")

        // And it is well again as soon as the server is.
        server.setAnswers(try .keys(TestToken.keyID))
        remote.clock.advance(to: .seconds(1))
        #expect(try await verifier.verify(token: token, at: TestToken.date).email == TestToken.email)
    }

    @Test("with keys at hand: nobody notices, and the operator is told", arguments: faults)
    func withKeys(_ fault: Named<Fault>) async throws {
        let server = try LoopbackServer(try .keys(TestToken.keyID), fault.value.answer)
        let remote = RemoteKeys(server.url(), whole: .milliseconds(1_500))
        var events = remote.events.makeAsyncIterator()
        let verifier = try remote.verifier
        let token = try TestToken.minted()
        try await verifier.warmUp()
        guard case .keysFetched(let fetch)? = await events.next(),
            fetch == .init(keyCount: 1, skippedKeyCount: 0, freshFor: .seconds(1_000))
        else {
            Issue.record("no keys were fetched")
            return
        }
        remote.clock.advance(to: .seconds(801))
        #expect(try await verifier.verify(token: token, at: TestToken.date).email == TestToken.email)
        guard case .fetchFailed(let failure)? = await events.next(), failure.retryIn == .seconds(1),
            failure.hasUsableKeys
        else {
            Issue.record("no failure was reported")
            return
        }
        #expect(failure.explanation.contains(fault.value.words), "\(failure.explanation)")
        #expect(try await verifier.verify(token: token, at: TestToken.date).email == TestToken.email)
        #expect(remote.store.health.lastFailure?.explanation == failure.explanation)
    }

    @Test("an explanation holds no bytes of what the server sent")
    func explanationIsOurs() async throws {
        let server = try LoopbackServer(.text("secret-\u{1B}[2J", status: 200))
        let remote = RemoteKeys(server.url("/keys?key=secret"))
        let error = await #expect(throws: VerificationError.self) { try await remote.store.warmUp() }
        #expect(error?.explanation.contains("secret") == false)
    }
}
