//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import GoogleIDToken
internal import TestSupport
internal import Testing

/// What refusals, large headers and clients that leave do to a connection and to the server.
@Suite("Hummingbird connections", .timeLimit(.minutes(5)))
struct ConnectionTests {
    @Test("a connection goes on after every kind of refusal")
    func keepAlive() async throws {
        try await Self.withService { service, _ in
            let token = try ProfileService.bearer()
            let valid = CurlCommand.Request(path: "/profiles", headers: [("Authorization", token)])
            let responses = try await CurlCommand.send(
                .init(path: "/profiles"),
                valid,
                .init(method: "HEAD", path: "/profiles", headers: [("Authorization", "Bearer x.y.z")]),
                valid,
                .init(path: "/profiles", headers: [("Authorization", token), ("Authorization", token)]),
                valid,
                .init(path: "/search", headers: [("Authorization", token)]),
                valid,
                // So short that curl has sent it all when the refusal comes; else curl itself would hang up.
                .init(method: "POST", path: "/profiles", body: String(repeating: "x", count: 1_000)),
                .init(
                    method: "POST",
                    path: "/profiles",
                    headers: [("Authorization", token)],
                    body: String(repeating: "x", count: 300_000)
                ),
                to: service.port
            )
            #expect(responses.map(\.status) == [401, 200, 401, 200, 400, 200, 403, 200, 401, 200])
            #expect(responses.map(\.connectionCount) == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
            #expect(responses.last?.body == "\(ProfileService.login), 300000 bytes")
        }
    }

    @Test(
        "a header of 100 KB is refused, and the server lives on",
        arguments: ["Authorization", "X-Serverless-Authorization", "X-Other"]
    )
    func largeHeader(_ name: String) async throws {
        try await Self.withService { service, _ in
            let value = "Bearer " + String(repeating: "eyJhbGciOiJSUzI1NiJ9", count: 5_120)
            let large = CurlCommand.Request(path: "/profiles", headers: [(name, value)])
            let outcome = try await CurlCommand.attempt([large], to: service.port)
            print("a header of 100 KB: curl exits with \(outcome.status), \(outcome.responses.map(\.status))")
            #expect(outcome.responses.allSatisfy { (400..<500).contains($0.status) && !$0.text.quotes(value) })
            try await Self.checkAlive(service)
        }
    }

    @Test("a client that hangs up while its token waits for keys")
    func hangsUpWaiting() async throws {
        let gate = try Gate()
        try await Self.withService(try ProfileService.keys.held(by: gate)) { service, keyServer in
            let request = CurlCommand.Request(
                path: "/profiles",
                headers: [("Authorization", try ProfileService.bearer())]
            )
            let outcome = try await CurlCommand.attempt([request], to: service.port, options: ["--max-time", "1"])
            #expect(outcome.status == 28, "curl's time was over")
            #expect(outcome.responses.isEmpty)
            try await keyServer.waitForRequests(1)
            gate.open()
            try await Self.checkAlive(service)
            #expect(keyServer.requestCount == 1)
        }
    }

    @Test(
        "a client that hangs up in the middle of its request",
        arguments: [
            "GET /prof",
            "GET /profiles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bea",
            "POST /profiles HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf",
        ]
    )
    func hangsUpSending(_ text: String) async throws {
        try await Self.withService { service, _ in
            let answer = try await CurlCommand.sendRaw(text, to: service.port, seconds: 0.3)
            // A refusal may come before the body is there.
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 401 "))
            try await Self.checkAlive(service)
            let whole = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let answered = try await CurlCommand.sendRaw(whole, to: service.port, seconds: 20)
            #expect(answered.hasPrefix("HTTP/1.1 200 OK\r\n"), "what is sent so arrives")
        }
    }

    private static func withService(
        _ keys: Answer? = nil,
        test: (RunningService, LoopbackServer) async throws -> Void
    ) async throws {
        let keyServer = try LoopbackServer(try keys ?? ProfileService.keys)
        try await RunningService.during(try ProfileService(keysAt: keyServer.url()).router) {
            try await test($0, keyServer)
        }
    }

    private static func checkAlive(_ service: RunningService) async throws {
        let responses = try await CurlCommand.send(
            .init(path: "/profiles", headers: [("Authorization", try ProfileService.bearer())]),
            to: service.port
        )
        #expect(responses.first?.status == 200)
        #expect(responses.first?.body == ProfileService.login)
    }
}
#endif
