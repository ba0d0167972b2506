//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
private import Foundation
internal import TestSupport
internal import Testing

@Suite("Transport: limits of size", .serialized, .timeLimit(.minutes(5)))
struct SizeLimitTests {
    private static let limit = 256 * 1024
    private static let kilobyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1024)

    private let transport = CurlTransport(limits: .patient)

    private static func body(_ count: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(ascii: "x"), count: count)
    }

    @Test("a body as large as the limit is taken")
    func justSmallEnough() async throws {
        let server = try LoopbackServer(
            .response(body: Self.body(Self.limit)),
            .chunked(chunks: [Self.kilobyte], lastChunkRepeats: 256),
            .response(fields: [("Content-Encoding", "gzip")], body: Gzip.wrapping(Self.body(Self.limit - 1024)))
        )
        for size in [Self.limit, Self.limit, Self.limit - 1024] {
            #expect(try await self.transport.get(server.url()).body.count == size)
        }
    }

    @Test("a body one byte larger is refused, whether its length is declared or not")
    func justTooLarge() async throws {
        let server = try LoopbackServer(
            .response(body: Self.body(Self.limit + 1)),
            .chunked(chunks: [[1], Self.kilobyte], lastChunkRepeats: 256),
            .raw("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: Self.limit + 1))
        )
        for _ in 0..<3 {
            let error = try await self.transport.failure(server.url())
            #expect(error.kind == .tooLarge)
            #expect(error.description.contains("256 KiB"))
        }
    }

    @Test("a length that is declared is refused before the body comes")
    func declaredOnly() async throws {
        let server = try LoopbackServer(
            Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: \(1 << 40)\r\n\r\n").followed(by: .hang)
        )
        #expect(try await self.transport.failure(server.url()).kind == .tooLarge)
        try await server.waitForAbandoned(1)
    }

    @Test("a body without an end is left")
    func endless() async throws {
        let server = try LoopbackServer(.chunked(chunks: [Self.kilobyte], lastChunkRepeats: 1024 * 1024))
        #expect(try await self.transport.failure(server.url()).kind == .tooLarge)
        try await server.waitForAbandoned(1)
    }

    @Test("gzip that grows beyond the limit is stopped there", arguments: [300, 1_000, 250 * 1024])
    func growing(size: Int) async throws {
        let server = try LoopbackServer(.response(fields: [("Content-Encoding", "gzip")], body: Gzip.zeros(size)))
        #expect(try await self.transport.failure(server.url()).kind == .tooLarge)
    }

    @Test("gzip that grows to more than 1 GB takes no memory")
    func bomb() async throws {
        let bomb = Gzip.zeros(1_100_000)
        let server = try LoopbackServer(.chunked(fields: [("Content-Encoding", "gzip")], chunks: [bomb]))
        let before = try Self.peakMemory()
        #expect(try await self.transport.failure(server.url()).kind == .tooLarge)
        #expect(try Self.peakMemory() - before < 512 * 1024)
    }

    @Test("header lines beyond the limit are refused, in many lines or in one")
    func headers() async throws {
        let many = (0..<100).map { (name: "X-\($0)", value: String(repeating: "v", count: 700)) }
        let server = try LoopbackServer(
            .response(fields: many),
            .response(fields: [("X-Long", String(repeating: "v", count: 65 * 1024))])
        )
        for _ in 0..<2 {
            let error = try await self.transport.failure(server.url())
            #expect(error.kind == .tooLarge)
            #expect(error.description.contains("64 KiB"))
        }
    }

    @Test("more header lines than the limit are refused, however short they are", arguments: [255, 12_000])
    func headerLines(count: Int) async throws {
        let server = try LoopbackServer(.response(fields: Array(repeating: (name: "a", value: "b"), count: count)))
        let error = try await self.transport.failure(server.url())
        #expect(error.kind == .tooLarge)
        #expect(error.description.contains("256 lines"))
    }

    @Test("header lines within the limit are taken")
    func headersWithinLimit() async throws {
        let many = (0..<252).map { (name: "X-\($0)", value: String(repeating: "v", count: 200)) }
        let server = try LoopbackServer(.response(fields: many))
        #expect(try await self.transport.get(server.url()).fields.count == 254)
    }

    @Test("interim responses count towards the limit too")
    func interimResponses() async throws {
        let interim = "HTTP/1.1 103 Early Hints\r\nX: \(String(repeating: "v", count: 1000))\r\n\r\n"
        let server = try LoopbackServer(
            .raw(String(repeating: interim, count: 70) + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        )
        #expect(try await self.transport.failure(server.url()).kind == .tooLarge)
    }

    /// The most memory that this process has had so far, in KiB.
    private static func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return try #require(line?.split(separator: " ").dropFirst().first.flatMap { Int($0.filter(\.isNumber)) })
    }

    @Test("the limits are those of the documentation")
    func defaults() {
        let limits = TransportLimits()
        #expect(limits.connecting == .seconds(2))
        #expect(limits.whole == .seconds(5))
        #expect(limits.bodySize == 256 * 1024)
    }
}
