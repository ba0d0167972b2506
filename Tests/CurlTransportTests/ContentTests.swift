//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import IDTokenBytes
internal import TestSupport
internal import Testing

@Suite("Transport: requests with content", .serialized, .timeLimit(.minutes(5)))
struct ContentTests {
    private static func body(_ text: String) -> SecretBytes {
        var bytes = Array(text.utf8)
        return SecretBytes(moving: &bytes)
    }

    @Test(
        "a POST request sends its content at once",
        arguments: ["grant_type=a", String(repeating: "a", count: 100_000)]
    )
    func post(text: String) async throws {
        let server = try LoopbackServer(.text("answer"))
        let request = HTTPRequest(
            .post,
            server.url("/token"),
            fields: [("Content-Type", "application/x-www-form-urlencoded"), ("Authorization", "Bearer a")],
            body: Self.body(text)
        )
        let response = try await CurlTransport(limits: .patient).send(request)
        #expect(response.text == "answer")
        let received = try #require(server.requests.first)
        #expect(received.method == "POST")
        #expect(received.text == text)
        #expect(received["content-length"] == ["\(text.utf8.count)"])
        #expect(received["content-type"] == ["application/x-www-form-urlencoded"])
        #expect(received["authorization"] == ["Bearer a"])
        #expect(received["expect"].isEmpty)
    }

    @Test("a request without content says that it has none", arguments: [HTTPRequest.Method.post, .put])
    func empty(method: HTTPRequest.Method) async throws {
        let server = try LoopbackServer(.text("answer"))
        _ = try await CurlTransport(limits: .patient).send(HTTPRequest(method, server.url()))
        #expect(server.requests.first?.method == method.rawValue)
        #expect(server.requests.first?["content-length"] == ["0"])
    }

    @Test("the same request can be sent again")
    func again() async throws {
        let server = try LoopbackServer(.text("answer"))
        let request = HTTPRequest(.put, server.url(), body: Self.body("content"))
        for _ in 0..<2 { _ = try await CurlTransport(limits: .patient).send(request) }
        #expect(server.requests.map(\.text) == ["content", "content"])
    }

    @Test("the limits hold for requests with content, and redirects are not followed")
    func limits() async throws {
        let server = try LoopbackServer(.response(body: [UInt8](repeating: 0, count: 2_048)))
        let transport = CurlTransport(limits: .with { $0.bodySize = 1_024 })
        let request = HTTPRequest(.post, server.url(), body: Self.body("content"))
        let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
        #expect(error?.kind == .tooLarge)
        server.setAnswers(.response(307, fields: [("Location", "/other")]))
        #expect(try await CurlTransport(limits: .patient).send(request).status == 307)
        #expect(server.requestCount == 2)
    }

    @Test("a cancellation ends a request with content")
    func cancellation() async throws {
        let server = try LoopbackServer(.hang)
        let request = HTTPRequest(.post, server.url(), body: Self.body("content"))
        let task = Task { try await CurlTransport(limits: .patient).send(request) }
        try await server.waitForRequests(1)
        task.cancel()
        let error = await #expect(throws: TransportError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
    }
}
