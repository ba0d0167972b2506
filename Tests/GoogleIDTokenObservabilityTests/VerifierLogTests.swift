//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Observability
internal import GoogleIDToken
internal import GoogleIDTokenObservability
internal import InMemoryLogging
internal import TestSupport
internal import Logging
internal import Testing

/// What a verifier with a log writes: constant messages, bounded levels, never a token.
@Suite("Log", .timeLimit(.minutes(5)))
struct VerifierLogTests {
    private let handler: InMemoryLogHandler
    private let log: VerifierLog

    init() {
        var handler = InMemoryLogHandler()
        handler.logLevel = .trace
        self.handler = handler
        self.log = VerifierLog(Logger(label: "test") { _ in handler })
    }

    private func verifier(_ keys: KeySource) throws -> IDTokenVerifier {
        var configuration = IDTokenVerifier.Configuration()
        configuration.onEvent = self.log.write
        return try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(TestToken.email),
            keys: keys,
            configuration: configuration
        )
    }

    @Test("a caller, and a refusal with its code")
    func verifications() async throws {
        let verifier = try self.verifier(.document(TestToken.keyDocument))
        let token = try TestToken.minted()
        _ = try await verifier.verify(token: token, at: TestToken.date)
        await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
        let entries = self.handler.entries
        #expect(entries.map(\.message) == ["caller verified", "request refused"])
        #expect(entries.map(\.level) == [.trace, .info])
        #expect(entries.last?.metadata["code"] == "token_expired")
        #expect(entries.last?.metadata["explanation"]?.description.contains("expired") == true)
    }

    @Test("a refusal names its step and its route")
    func routes() async throws {
        let verifier = try self.verifier(.document(TestToken.keyDocument))
        await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: [], of: ServedRequest(route: "profiles.v1.Profiles/Get"))
        }
        await #expect(throws: VerificationError.self) { try await verifier.verify(headers: [:]) }
        let refused = VerificationError(.keysUnavailable, "No keys.")
        verifier.reportRefusal(refused, of: ServedRequest(route: "profiles.v1.Profiles/Delete"))
        let entries = self.handler.entries
        #expect(entries.map(\.message) == ["request refused", "request refused", "request undecided"])
        #expect(entries.map(\.level) == [.info, .info, .warning])
        #expect(entries.map { $0.metadata["stage"] } == ["credential", "credential", "key_fetch"])
        #expect(
            entries.map { $0.metadata["route"] } == ["profiles.v1.Profiles/Get", nil, "profiles.v1.Profiles/Delete"]
        )
    }

    @Test("what the request's own logger has already is at the level debug")
    func loggedAlready() async throws {
        let verifier = try self.verifier(.document(TestToken.keyDocument))
        await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: [], of: ServedRequest(route: "/profiles", isLogged: true))
        }
        #expect(self.handler.entries.map(\.level) == [.debug])
    }

    @Test("a flood of bad tokens has ten lines, and one with the number of the others")
    func flood() async throws {
        let clock = SteppedClock()
        let log = VerifierLog(Logger(label: "test") { [handler = self.handler] _ in handler }, limit: clock.limit())
        let (lines, continuation) = AsyncStream.makeStream(of: IDTokenVerifier.Event.self)
        var configuration = IDTokenVerifier.Configuration()
        configuration.onEvent = { continuation.yield($0) }
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(TestToken.email),
            keys: .document(TestToken.keyDocument),
            configuration: configuration
        )
        for _ in 0..<500 { _ = try? await verifier.verify(token: "a.b") }
        _ = try? await verifier.verify(headers: [:])
        continuation.finish()
        for await event in lines { log.write(event) }
        #expect(self.handler.entries.count == 11)
        #expect(self.handler.entries.last?.metadata["code"] == "credentials_missing")

        await clock.passNextSleep()
        while self.handler.entries.count < 12 { await Task.yield() }
        let last = self.handler.entries.last
        #expect(last?.message == "refusals left out of the log")
        #expect(last?.level == .info)
        #expect(
            last?.metadata == [
                "code": "token_malformed", "stage": "token", "left_out": "490", "period_seconds": "10",
            ]
        )
    }

    @Test("no bad token is worth more than a warning, and no byte of one is written")
    func badTokens() async throws {
        let verifier = try self.verifier(.document(TestToken.keyDocument))
        let token = try TestToken.minted()
        let signature = try #require(token.split(separator: ".").last)
        for presented in [
            token + "=", String(token.dropLast()), "a.b", token + "." + token,
            try TestToken.minted(header: TestToken.header(["alg": "\"none\""])),
            try TestToken.minted(claims: TestToken.claims(["aud": "\"https://other.example\""])),
            try TestToken.minted(claims: TestToken.claims(["email": "\"line\\nbreak@example.com\""])),
        ] {
            await #expect(throws: VerificationError.self) {
                try await verifier.verify(headers: ["Authorization": "Bearer \(presented)"], at: TestToken.date)
            }
        }
        #expect(self.handler.entries.count == 7)
        for entry in self.handler.entries {
            #expect(entry.level <= .warning)
            let text = "\(entry.message) \(entry.metadata)"
            #expect(!text.contains(signature.prefix(16)))
            #expect(!text.contains("\n"))
        }
    }

    @Test("keys that come, and keys that do not")
    func keys() async throws {
        let server = try LoopbackServer(
            .text("", status: 500),
            .text(#"{"keys":[\#(try TestToken.webKey()),{}]}"#, fields: [("Cache-Control", "max-age=600")])
        )
        await #expect(throws: VerificationError.self) { try await self.verifier(.remote(server.url())).warmUp() }
        try await self.verifier(.remote(server.url())).warmUp()
        let entries = self.handler.entries
        #expect(entries.map(\.message) == ["keys not fetched", "keys fetched"])
        #expect(entries.map(\.level) == [.error, .notice])
        #expect(entries.first?.metadata["explanation"]?.description.contains("status 500") == true)
        #expect(entries.last?.metadata == ["keys": "1", "skipped_keys": "1", "fresh_for_seconds": "600"])
    }
}
#endif
