//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform

/// An HTTP/1.1 server on 127.0.0.1: one request a connection, answered as a test says.
package final class LoopbackServer: Sendable {
    private typealias Answering = @Sendable (Request) -> Answer

    private let listener: Listener
    private let log: ServerLog
    private let answering: Lock<Answering>

    /// Starts a server.
    ///
    /// - Parameter answer: What to do with a request; asked on many threads.
    /// - Throws: ``ServerError`` if there can be none.
    package init(answer: @escaping @Sendable (Request) -> Answer) throws {
        let log = ServerLog()
        let answering = Lock<Answering>(answer)
        self.log = log
        self.answering = answering
        self.listener = try Listener { connection in
            Self.serve(connection, log, answering)
        }
        try self.listener.start()
    }

    /// Starts a server with an answer for each request, in order; the last one is for all that follow.
    ///
    /// - Parameter answers: The answers, at least one.
    /// - Throws: ``ServerError`` if there can be none.
    package convenience init(_ answers: Answer...) throws {
        try self.init(answer: Self.script(answers))
    }

    deinit {
        self.stop()
    }

    /// The requests so far, in the order in which they came.
    package var requests: [Request] { self.log.events.requests }

    package var requestCount: Int { self.log.events.requests.count }

    /// How many connections the client left before it had everything.
    package var abandonedCount: Int { self.log.events.abandoned }

    package var port: UInt16 { self.listener.port }

    /// The URL of a path here.
    package func url(_ path: String = "/", scheme: String = "http", host: String = "127.0.0.1") -> String {
        "\(scheme)://\(host):\(self.port)\(path)"
    }

    /// Replaces the answers for requests to come, in order; the last one is for all that follow.
    package func setAnswers(_ answers: Answer...) {
        let script = Self.script(answers)
        self.answering.withLock { $0 = script }
    }

    /// Waits until there have been that many connections, with a request or without.
    ///
    /// - Throws: `CancellationError`.
    package func waitForConnections(_ count: Int) async throws {
        try await self.log.wait { $0.connections >= count }
    }

    /// Waits until there have been that many requests.
    ///
    /// - Throws: `CancellationError`.
    package func waitForRequests(_ count: Int) async throws {
        try await self.log.wait { $0.requests.count >= count }
    }

    /// Waits until the client has left that many connections before it had everything.
    ///
    /// - Throws: `CancellationError`.
    package func waitForAbandoned(_ count: Int) async throws {
        try await self.log.wait { $0.abandoned >= count }
    }

    /// Ends every connection and waits for all threads; nothing is accepted any more.
    package func stop() {
        self.listener.stop()
    }

    private static func script(_ answers: [Answer]) -> Answering {
        let next = Lock(0)
        return { _ in
            let index = next.withLock { next in
                defer { next += 1 }
                return next
            }
            return answers.isEmpty ? .nothing : answers[min(index, answers.count - 1)]
        }
    }

    private static func serve(_ connection: Connection, _ log: ServerLog, _ answering: Lock<Answering>) {
        log.note { $0.connections += 1 }
        let (request, ending) = connection.readRequest()
        guard let request else {
            connection.close()
            if ending == .abandoned { log.note { $0.abandoned += 1 } }
            return
        }
        // The answer is chosen before the request is seen by others, so that they may change the answers then.
        let answer = answering.withLock { $0 }(request)
        log.note { $0.requests.append(request) }
        if connection.perform(answer) == .abandoned { log.note { $0.abandoned += 1 } }
    }
}
