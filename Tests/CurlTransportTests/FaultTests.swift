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

@Suite("Transport: faults", .serialized, .timeLimit(.minutes(5)))
struct FaultTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"

    private let transport = CurlTransport(limits: .patient)
    private let hasty = CurlTransport(limits: .with { $0.whole = .milliseconds(300) })

    @Test("nobody listens: refused")
    func refused() async throws {
        let reserved = try ReservedPort()
        let error = try await self.transport.failure("http://127.0.0.1:\(reserved.port)/")
        #expect(error.kind == .connectionRefused)
        #expect(error.description.contains("check egress"))
    }

    @Test("nobody listens on the IPv6 address of this machine: refused as well, and no proxy is blamed")
    func refusedOnIPv6() async throws {
        let error = try await self.transport.failure("http://[::1]:1/")
        #expect(error.kind == .connectionRefused)
        #expect(!error.description.contains("proxy"))
    }

    @Test("a server that has stopped refuses")
    func stopped() async throws {
        let server = try LoopbackServer(.text("hello"))
        #expect(try await self.transport.get(server.url()).status == 200)
        server.stop()
        let error = try await self.transport.failure(server.url())
        #expect(error.kind == .connectionRefused)
    }

    @Test("a name that there is not")
    func unknownName() async {
        await #expect(processExitsWith: .success) {
            for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] { unsafe unsetenv(name) }
            let error = try await CurlTransport(limits: .patient).failure("https://nothing.invalid/")
            #expect(error.kind == .nameNotResolved)
            #expect(error.description.contains("DNS"))
        }
    }

    @Test("no answer: the limit for the whole")
    func noAnswer() async throws {
        let server = try LoopbackServer(.hang)
        let start = ContinuousClock.now
        let error = try await self.hasty.failure(server.url())
        #expect(error.kind == .timedOut(.whole))
        #expect(error.description.contains("0.3 seconds"))
        #expect(start.duration(to: .now) >= .milliseconds(290))
        #expect(server.requestCount == 1)
        try await server.waitForAbandoned(1)
    }

    @Test("a byte a second: the limit for the whole")
    func dripping() async throws {
        let server = try LoopbackServer(.dripping(Array("0123456789".utf8)))
        let transport = CurlTransport(limits: .with { $0.whole = .milliseconds(1_500) })
        let error = try await transport.failure(server.url())
        #expect(error.kind == .timedOut(.whole))
        try await server.waitForAbandoned(1)
    }

    @Test("half a head, then nothing: the limit for the whole")
    func halfHead() async throws {
        let server = try LoopbackServer(Answer.raw("HTTP/1.1 200 OK\r\nContent-Le").followed(by: .hang))
        let error = try await self.hasty.failure(server.url())
        #expect(error.kind == .timedOut(.whole))
    }

    // The limit for the whole would end it as well, and with the same words, but only after the test's time is over.
    @Test("TLS is never answered: the limit for connecting", .timeLimit(.minutes(5)))
    func noTLSAnswer() async throws {
        // The server waits for the end of a head, and has none in a ClientHello.
        let server = try LoopbackServer(.hang)
        let transport = CurlTransport(
            limits: .with {
                $0.connecting = .milliseconds(300)
                $0.whole = .seconds(60 * 60)
            }
        )
        let error = try await transport.failure(server.url(scheme: "https"))
        #expect(error.kind == .timedOut(.connecting))
        #expect(error.description.contains("0.3 seconds"))
        #expect(server.requestCount == 0)
    }

    @Test("closed in the middle of the body, of a chunk, of the head: cut short")
    func cutShort() async throws {
        let server = try LoopbackServer(
            .cutShort(Array("0123456789".utf8), after: 5),
            .cutShort(Array("0123456789".utf8), after: 0),
            .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n01234"),
            .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n"),
            .nothing
        )
        for _ in 0..<5 {
            let error = try await self.transport.failure(server.url())
            #expect(error.kind == .cutShort)
        }
    }

    @Test("reset before the answer, and in the middle of it: lost")
    func reset() async throws {
        let server = try LoopbackServer(.reset(), .reset(after: Self.head + "01234"))
        for _ in 0..<2 {
            let error = try await self.transport.failure(server.url())
            #expect(error.kind == .connectionLost)
        }
    }

    @Test(
        "an answer that is no HTTP",
        arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "{\"keys\":[]}", "HTTP/1.1 2000 OK\r\n\r\n"]
    )
    func noHTTP(text: String) async throws {
        let server = try LoopbackServer(.raw(text))
        let error = try await self.transport.failure(server.url())
        #expect(error.kind == .invalidAnswer)
    }
}
