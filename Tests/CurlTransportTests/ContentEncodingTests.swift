//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import TestSupport
internal import Testing

@Suite("Transport: gzip", .serialized, .timeLimit(.minutes(5)))
struct ContentEncodingTests {
    private static let field = [("Content-Encoding", "gzip")]
    private static let text = [UInt8](repeating: UInt8(ascii: "k"), count: 100_000)

    private let transport = CurlTransport(limits: .patient)

    @Test("gzip is inflated, with a declared length and in chunks")
    func inflated() async throws {
        let content = Gzip.wrapping(Self.text)
        let server = try LoopbackServer(
            .response(fields: Self.field, body: content),
            .chunked(fields: Self.field, chunks: [Array(content[..<9]), Array(content[9...])])
        )
        for _ in 0..<2 {
            #expect(try await self.transport.get(server.url()).body == Self.text)
        }
    }

    @Test("an empty content is inflated")
    func empty() async throws {
        let server = try LoopbackServer(.response(fields: Self.field, body: Gzip.wrapping([])))
        #expect(try await self.transport.get(server.url()).body.isEmpty)
    }

    @Test("what is no gzip, or damaged gzip, is refused", arguments: ["plain", "head", "method", "block", "checksum"])
    func damaged(part: String) async throws {
        var content = Gzip.wrapping(Self.text)
        switch part {
        case "plain": content = Array("{\"keys\":[]}".utf8)
        case "head": content[0] ^= 1
        case "method": content[2] ^= 1
        case "block": content[11] ^= 1
        default: content[content.count - 8] ^= 1
        }
        let server = try LoopbackServer(.response(fields: Self.field, body: content))
        let error = try await self.transport.failure(server.url())
        #expect(error.kind == .contentEncoding)
    }

    @Test("an encoding that was not asked for is refused", arguments: ["br", "compress", "unknown"])
    func otherEncodings(name: String) async throws {
        let server = try LoopbackServer(.text("content", fields: [("Content-Encoding", name)]))
        let error = try await self.transport.failure(server.url())
        #expect(error.kind == .contentEncoding)
    }

    @Test("gzip that ends early is refused, or gives no more than its beginning", arguments: [4, 5_000])
    func endsEarly(count: Int) async throws {
        // libcurl 7.88 does not mind; what the content is cannot be wrong, but it can be incomplete.
        let content = Array(Gzip.wrapping(Self.text).dropLast(count))
        let server = try LoopbackServer(.response(fields: Self.field, body: content))
        do throws(TransportError) {
            let body = try await self.transport.get(server.url()).body
            #expect(body.count <= Self.text.count)
            #expect(body == Array(Self.text.prefix(body.count)))
        } catch {
            #expect(error.kind == .contentEncoding)
        }
    }

    @Test(
        "anything but one layer of gzip is refused before it is undone",
        arguments: [
            [("Content-Encoding", "gzip, gzip")], [("Content-Encoding", "gzip"), ("content-encoding", "gzip")],
            [("Content-Encoding", "deflate")], [("Content-Encoding", "br")], [("Content-Encoding", "identity, gzip")],
            [("Transfer-Encoding", "gzip, chunked")], [("Transfer-Encoding", "gzip")],
        ] as [[(String, String)]]
    )
    func otherEncodings(fields: [(String, String)]) async throws {
        let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
        let server = try LoopbackServer(Answer.raw("HTTP/1.1 200 OK\r\n\(lines)\r\n").followed(by: .hang))
        let error = try await CurlTransport(limits: .patient).failure(server.url())
        #expect(error.kind == .contentEncoding)
    }
}
