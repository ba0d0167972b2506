//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import GoogleIDToken
internal import InMemoryLogging
internal import Logging
internal import TestSupport
internal import Testing

/// What a refused request leaves in the log.
@Suite("Hummingbird log", .timeLimit(.minutes(5)))
struct LoggingTests {
    @Test("a refusal is logged with its code and explanation, beside the request's ID, and without the token")
    func refusals() async throws {
        var handler = InMemoryLogHandler()
        handler.logLevel = .trace
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let token = try ProfileService.bearer()
        let tampered = token.dropLast(8) + "AAAAAAAA"
        let logger = Logger(label: "test") { _ in handler }
        try await RunningService.during(try ProfileService(keysAt: keyServer.url()).router, logger: logger) { service in
            _ = try await CurlCommand.send(
                .init(path: "/profiles"),
                .init(path: "/profiles", headers: [("Authorization", String(tampered))]),
                .init(path: "/search", headers: [("Authorization", token)]),
                .init(path: "/profiles", headers: [("Authorization", token)]),
                .init(path: "/news"),
                to: service.port
            )
        }
        let refusals = handler.entries.filter { $0.message == "Request refused" }
        #expect(
            refusals.map { $0.metadata["code"] } == ["credentials_missing", "signature_invalid", "caller_not_allowed"]
        )
        for refusal in refusals {
            #expect(refusal.level == .debug)
            #expect(refusal.metadata["hb.request.id"] != nil)
            #expect(refusal.metadata["explanation"] != nil)
        }
        for entry in handler.entries {
            let text = "\(entry.message) \(entry.metadata)"
            #expect(!text.quotes(token))
            #expect(!text.quotes(String(tampered)))
        }
    }
}
#endif
