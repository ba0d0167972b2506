//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import TestSupport
internal import Testing

@Suite("Transport: answers", .serialized, .timeLimit(.minutes(5)))
struct PlainAnswerTests {
    private let transport = CurlTransport(limits: .patient)

    @Test("status, fields and body come out")
    func plain() async throws {
        let server = try LoopbackServer(
            .text("hello", fields: [("Content-Type", "text/plain"), ("Cache-Control", "max-age=60")])
        )
        let response = try await self.transport.get(server.url("/path?query=1"))
        #expect(response.status == 200)
        #expect(response.text == "hello")
        #expect(response.fields.map(\.name) == ["Content-Type", "Cache-Control", "Content-Length", "Connection"])
        #expect(response.fields.map(\.value) == ["text/plain", "max-age=60", "5", "close"])
        #expect(server.requests.map(\.method) == ["GET"])
        #expect(server.requests.map(\.path) == ["/path?query=1"])
    }

    @Test("a field that is repeated comes out as often, in order, without the blanks around it")
    func repeatedFields() async throws {
        let server = try LoopbackServer(
            .raw("HTTP/1.1 200 OK\r\nX-One:a\r\nX-Two: b\r\nx-one: \t c d \t\r\nX-One:\r\nContent-Length: 0\r\n\r\n")
        )
        let response = try await self.transport.get(server.url())
        #expect(response.values("X-One") == ["a", "c d", ""])
        #expect(response.values("X-Two") == ["b"])
    }

    @Test("an interim response leaves nothing behind")
    func interim() async throws {
        let server = try LoopbackServer(
            Answer.raw("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
                .followed(by: .raw("HTTP/1.1 200 OK\r\nX-Late: 1\r\nContent-Length: 2\r\n\r\nhi"))
        )
        let response = try await self.transport.get(server.url())
        #expect(response.status == 200)
        #expect(response.fields.map(\.name) == ["X-Late", "Content-Length"])
        #expect(response.text == "hi")
    }

    @Test("chunks are put together, and what trails them is no field")
    func chunked() async throws {
        let server = try LoopbackServer(
            .chunked(chunks: [Array("he".utf8), Array("llo".utf8)]),
            .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nAge: 7\r\n\r\n")
        )
        #expect(try await self.transport.get(server.url()).text == "hello")
        let trailed = try await self.transport.get(server.url())
        #expect(trailed.text == "hi")
        #expect(trailed.values("Age").isEmpty)
    }

    @Test("a body without a length ends with the connection")
    func closeDelimited() async throws {
        let server = try LoopbackServer(.raw("HTTP/1.1 200 OK\r\n\r\nall of it"))
        #expect(try await self.transport.get(server.url()).text == "all of it")
    }

    @Test("a response without a body is one", arguments: [204, 304])
    func withoutBody(status: Int) async throws {
        let server = try LoopbackServer(.raw("HTTP/1.1 \(status) Status\r\nETag: \"1\"\r\n\r\n"))
        let response = try await self.transport.get(server.url())
        #expect(response.status == status)
        #expect(response.values("ETag") == ["\"1\""])
        #expect(response.body.isEmpty)
    }

    @Test("an error of the server's is a response", arguments: [400, 403, 404, 429, 500, 502, 503])
    func errorStatus(status: Int) async throws {
        let server = try LoopbackServer(.text("sorry", status: status, fields: [("Retry-After", "120")]))
        let response = try await self.transport.get(server.url())
        #expect(response.status == status)
        #expect(response.values("Retry-After") == ["120"])
        #expect(response.text == "sorry")
        #expect(server.requestCount == 1)
    }

    @Test("a redirect is a response, not followed", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let other = try LoopbackServer(.text("elsewhere"))
        let server = try LoopbackServer(.response(status, fields: [("Location", other.url())]))
        let response = try await self.transport.get(server.url())
        #expect(response.status == status)
        #expect(response.values("Location") == [other.url()])
        #expect(other.requestCount == 0)
    }

    @Test("the request has the fields that are given, and asks for gzip")
    func requestFields() async throws {
        let server = try LoopbackServer(.response())
        _ = try await self.transport.get(
            server.url(),
            headers: [("If-None-Match", "\"abc\""), ("If-Modified-Since", "Thu, 23 Jun 2016 16:54:06 GMT")]
        )
        let request = try #require(server.requests.first)
        #expect(request["If-None-Match"] == ["\"abc\""])
        #expect(request["If-Modified-Since"] == ["Thu, 23 Jun 2016 16:54:06 GMT"])
        #expect(request["Accept-Encoding"] == ["gzip"])
        #expect(request["User-Agent"] == ["swift-google-id-token"])
        #expect(request["Host"] == ["127.0.0.1:\(server.port)"])
        #expect(request["Cookie"].isEmpty)
        #expect(request["Authorization"].isEmpty)
    }

    @Test("a cookie that a server sets is not sent")
    func noCookies() async throws {
        let server = try LoopbackServer(.response(fields: [("Set-Cookie", "id=1")]))
        for _ in 0..<2 { _ = try await self.transport.get(server.url()) }
        #expect(server.requests.map { $0["Cookie"] } == [[], []])
    }
}
