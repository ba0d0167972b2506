//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird && Observability
internal import GoogleIDToken
internal import GoogleIDTokenObservability
internal import Hummingbird
internal import IDTokenPlatform
internal import InMemoryLogging
internal import Logging
internal import NIOEmbedded
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenHummingbird

/// What a refused request leaves in the log at the default level, and what the verifier's events tell of it.
@Suite("refused requests in Hummingbird", .timeLimit(.minutes(5)))
struct RefusalTests {
    /// The log of the requests, at the level that a logger has by default.
    private let handler = InMemoryLogHandler()
    private let events = Lock<[IDTokenVerifier.Event]>([])

    private var logger: Logger {
        Logger(label: "test") { [handler = self.handler] _ in handler }
    }

    private var lines: [InMemoryLogHandler.Entry] {
        self.handler.entries.filter { $0.metadata["code"] != nil }
    }

    /// The refusals that the verifier told of, as code and route.
    private var reported: [String] {
        self.events.withLock { events in
            events.compactMap { event in
                guard case .refused(let error, let details) = event else { return nil }
                #expect(details.isLogged)
                let step = details.isAfterVerification ? " after the verification" : ""
                return "\(error.code.rawValue) \(details.route ?? "-")\(step)"
            }
        }
    }

    /// Sends requests to a ``ProfileService``, one after the other.
    private func send(_ requests: CurlCommand.Request..., keys: Answer? = nil) async throws {
        let keyServer = try LoopbackServer(try keys ?? ProfileService.keys)
        let service = try ProfileService(keysAt: keyServer.url()) { event in self.events.withLock { $0.append(event) } }
        try await RunningService.during(try service.router, logger: self.logger) { running in
            for request in requests { _ = try await CurlCommand.send(request, to: running.port) }
        }
    }

    private static func login() throws -> [(name: String, value: String)] {
        [("Authorization", try ProfileService.bearer())]
    }

    @Test("each has a line with its code, step and route beside the request's ID, without the token or the path")
    func lines() async throws {
        let token = try ProfileService.bearer()
        let tampered = String(token.dropLast(8) + "AAAAAAAA")
        try await self.send(
            .init(path: "/profiles?secret=1"),
            .init(path: "/profiles", headers: [("Authorization", tampered)]),
            .init(path: "/search", headers: [("Authorization", token)]),
            .init(path: "/profiles/98761", headers: [("Authorization", token)]),
            .init(path: "/profiles", headers: [("Authorization", token)]),
            .init(path: "/no-such-path"),
            .init(path: "/news")
        )
        #expect(
            self.lines.map { "\($0.metadata["code"] ?? "") \($0.metadata["route"] ?? "-")" } == [
                "credentials_missing /profiles", "signature_invalid /profiles", "caller_not_allowed /search",
                "caller_not_allowed /profiles/{id}", "credentials_missing -",
            ]
        )
        #expect(
            self.lines.map { $0.metadata["stage"] } == ["credential", "signature", "caller", "caller", "credential"]
        )
        for line in self.lines {
            #expect(line.message == "request refused")
            #expect(line.level == .info)
            #expect(line.metadata["hb.request.id"] != nil)
            #expect(line.metadata["explanation"]?.description.isEmpty == false)
        }
        for entry in self.handler.entries {
            let text = "\(entry.message) \(entry.metadata)"
            #expect(!text.quotes(token))
            #expect(!text.quotes(tampered))
            #expect(!text.contains("secret"))
            #expect(!text.contains("98761"))
        }
    }

    @Test("the verifier's events tell of all, whether the verifier, a route's policy or a handler refused")
    func events() async throws {
        try await self.send(
            .init(path: "/profiles"),
            .init(path: "/search", headers: Self.login()),
            .init(path: "/profiles/1", headers: Self.login()),
            .init(path: "/news/drafts"),
            .init(path: "/news/mine")
        )
        #expect(
            self.reported == [
                "credentials_missing /profiles",
                "caller_not_allowed /search after the verification",
                "caller_not_allowed /profiles/{id} after the verification",
                "credentials_missing /news/drafts after the verification",
                "credentials_missing /news/mine after the verification",
            ]
        )
        #expect(self.lines.count == 5)
        #expect(self.lines.allSatisfy { $0.level == .info })
    }

    @Test("a stranger who is welcome is not refused")
    func anonymous() async throws {
        try await self.send(.init(path: "/news"), .init(path: "/news", headers: [("Authorization", "Basic eDp5")]))
        #expect(self.lines.isEmpty)
        #expect(self.reported.isEmpty)
    }

    @Test("what is the service's fault is a warning: no keys, and a middleware that is missing")
    func warnings() async throws {
        try await self.send(.init(path: "/profiles", headers: Self.login()), keys: .text("down", status: 500))
        try await self.send(.init(path: "/unguarded", headers: Self.login()))
        try await self.send(.init(path: "/forgotten", headers: Self.login()))
        #expect(self.lines.map(\.level) == [.warning, .warning, .warning])
        #expect(self.lines.map(\.message) == ["request undecided", "request refused", "request refused"])
        let explanations = self.lines.map { $0.metadata["explanation"]?.description ?? "" }
        #expect(explanations[1].contains("IDTokenMiddleware has not run before this policy"))
        #expect(explanations[2].contains("IDTokenMiddleware has not run before this handler"))
        // No verifier is there that could tell of the other two.
        #expect(self.reported == ["keys_unavailable /profiles"])
    }

    @Test("a flood has ten lines, and one that says how many were left out, without a request's ID")
    func flood() async throws {
        let clock = SteppedClock()
        let limit = clock.limit()
        let source = ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: self.logger)
        var context = BasicCallerRequestContext(source: source)
        context.logger[metadataKey: "hb.request.id"] = "1"
        let reporter = RefusalReporter(verifier: nil, realm: "profiles", limit: limit)
        for _ in 0..<500 { reporter.log(VerificationError(.tokenMalformed, "No."), context) }
        #expect(self.lines.count == 10)
        await clock.passNextSleep()
        while self.lines.count < 11 { await Task.yield() }
        let last = self.lines.last
        #expect(last?.message == "refusals left out of the log")
        #expect(
            last?.metadata == [
                "code": "token_malformed", "stage": "token", "left_out": "490", "period_seconds": "10",
            ]
        )
    }

    @Test("with the log of the verifier's events in use there is one line too")
    func eventLog() async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let log = VerifierLog(self.logger)
        let service = try ProfileService(keysAt: keyServer.url(), onEvent: log.write)
        let login = try Self.login()
        try await RunningService.during(try service.router, logger: self.logger) { running in
            _ = try await CurlCommand.send(
                .init(path: "/profiles"),
                .init(path: "/search", headers: login),
                to: running.port
            )
        }
        #expect(self.lines.map { $0.metadata["code"] } == ["credentials_missing", "caller_not_allowed"])
        #expect(self.lines.allSatisfy { $0.metadata["hb.request.id"] != nil })
    }
}
#endif
