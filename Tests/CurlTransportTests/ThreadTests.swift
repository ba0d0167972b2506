//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Foundation
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import CurlTransport

@Suite("Transport: threads", .timeLimit(.minutes(5)))
struct ThreadTests {
    @Test("transfers that wait do not keep other tasks from running")
    func cooperativePool() async throws {
        // With as many as this on the threads of the pool, no more than its width would get through at a time, and
        // the gate would not be opened before the limit of the first ones.
        let count = 4 * ProcessInfo.processInfo.activeProcessorCount
        let gate = try Gate()
        let server = try LoopbackServer(Answer.text("hello").held(by: gate))
        let transport = CurlTransport(limits: .patient)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<count {
                group.addTask { try await transport.get(server.url()).status }
            }
            try await server.waitForRequests(count)
            let other = Task {
                for _ in 0..<1_000 { await Task.yield() }
                return true
            }
            #expect(await other.value)
            gate.open()
            for try await status in group { #expect(status == 200) }
        }
        #expect(server.requestCount == count)
    }

    @Test("many transfers at once each get their own answer")
    func many() async throws {
        let server = try LoopbackServer { .text($0.path) }
        let transport = CurlTransport(limits: .patient)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<64 {
                group.addTask {
                    let response = try await transport.get(server.url("/\(index)"))
                    #expect(response.text == "/\(index)")
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(server.requests.map(\.path)).count == 64)
    }

    @Test("a peer that is gone ends a transfer, not the process")
    func brokenPipe() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            var ends: [Int32] = [0, 0]
            try #require(unsafe pipe(&ends) == 0)
            let writable = ends[1]
            close(ends[0])
            let code = await withCheckedContinuation { continuation in
                let hasStarted = DedicatedThread.start {
                    var byte: UInt8 = 0
                    continuation.resume(returning: unsafe write(writable, &byte, 1) == -1 ? errno : 0)
                }
                if !hasStarted { continuation.resume(returning: -1) }
            }
            #expect(code == EPIPE)
        }
    }

    @Test("no descriptor is left behind")
    func descriptors() async throws {
        let server = try LoopbackServer(.text("hello"))
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        for _ in 0..<1_000 { _ = try await CurlTransport(limits: .patient).get(server.url()) }
        // Other tests run at the same time and have some hundreds open.
        let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        #expect(after - before < 700)
    }
}
