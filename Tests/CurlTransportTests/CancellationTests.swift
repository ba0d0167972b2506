//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import TestSupport
internal import Testing

@Suite("Transport: cancellation", .timeLimit(.minutes(5)))
struct CancellationTests {
    private static let patient = CurlTransport(limits: .patient)

    /// How a GET ended: its status, or the kind of its error.
    private static func outcome(_ url: String) async -> Result<Int, TransportError> {
        do throws(TransportError) {
            return .success(try await self.patient.get(url).status)
        } catch {
            return .failure(error)
        }
    }

    private static func isCancelled(_ outcome: Result<Int, TransportError>) -> Bool {
        if case .failure(let error) = outcome { error.kind == .cancelled } else { false }
    }

    @Test("a cancelled task leaves the server, which answers nothing")
    func prompt() async throws {
        let server = try LoopbackServer(.hang)
        for round in 1...12 {
            let task = Task { await Self.outcome(server.url()) }
            try await server.waitForRequests(round)
            task.cancel()
            #expect(Self.isCancelled(await task.value))
            try await server.waitForAbandoned(round)
        }
    }

    @Test("a cancelled task leaves a TLS handshake and a slow body as well", arguments: ["https", "http"])
    func elsewhere(scheme: String) async throws {
        let connected = Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234")
        let server = try LoopbackServer(connected.followed(by: .hang))
        let task = Task { await Self.outcome(server.url(scheme: scheme)) }
        try await server.waitForConnections(1)
        task.cancel()
        #expect(Self.isCancelled(await task.value))
        try await server.waitForAbandoned(1)
    }

    @Test("a task that is cancelled already does not ask")
    func beforehand() async throws {
        let server = try LoopbackServer(.text("hello"))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await Self.outcome(server.url())
        }
        task.cancel()
        #expect(Self.isCancelled(await task.value))
        #expect(server.requestCount == 0)
    }

    @Test("a cancellation at any moment ends the transfer one way or the other")
    func races() async throws {
        let server = try LoopbackServer(.text("hello"))
        for round in 0..<100 {
            let task = Task { await Self.outcome(server.url()) }
            for _ in 0..<(round * 20) { await Task.yield() }
            task.cancel()
            switch await task.value {
            case .success(let status): #expect(status == 200)
            case .failure(let error): #expect(error.kind == .cancelled)
            }
        }
    }

    @Test("one cancelled task leaves the others alone")
    func neighbours() async throws {
        let gate = try Gate()
        let server = try LoopbackServer(Answer.text("hello").held(by: gate))
        let tasks = (0..<8).map { _ in Task { await Self.outcome(server.url()) } }
        try await server.waitForRequests(tasks.count)
        tasks[3].cancel()
        #expect(Self.isCancelled(await tasks[3].value))
        gate.open()
        for (index, task) in tasks.enumerated() where index != 3 {
            #expect(try await task.value.get() == 200)
        }
    }
}
