//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import IDTokenPlatform
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// An HTTP server on this machine.
package final class LocalServer: Sendable {
    /// Answers a request.
    package typealias Answer = @Sendable (LocalRequest) async -> LocalAnswer
    /// Answers a request without waiting, or not.
    typealias AnswerAtOnce = @Sendable (LocalRequest) -> LocalAnswer?
    /// Takes notice of an answer, and of the method and the path of the request.
    typealias Log = @Sendable (_ method: String, _ path: String, _ answer: LocalAnswer) -> Void

    /// The tunnels that a server opens, so that clients reach it in place of other hosts.
    struct Tunnels: Sendable {
        let hosts: [String]
        let authority: EmulatorAuthority
    }

    /// The base of the server's URLs, without a slash at its end.
    package let url: String
    private let listener: any Channel
    private let connections: Connections

    private init(url: String, listener: any Channel, connections: Connections) {
        self.url = url
        self.listener = listener
        self.connections = connections
    }

    deinit {
        self.connections.closeAll()
        self.listener.close(promise: nil)
    }

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - address: The address to listen on.
    ///   - port: The port, or 0 for any free port.
    ///   - tunnels: The tunnels that it opens, or nil for none.
    ///   - log: Takes notice of each answer.
    ///   - answerAtOnce: Answers a request without waiting, or returns nil.
    ///   - answer: Answers any other request.
    /// - Returns: The server, which listens until it is stopped or released.
    /// - Throws: ``EmulatorError`` if it cannot listen.
    static func start(
        on address: ListenAddress,
        port: UInt16,
        tunnels: Tunnels? = nil,
        log: @escaping Log,
        answerAtOnce: @escaping AnswerAtOnce = { _ in nil },
        answer: @escaping Answer
    ) async throws(EmulatorError) -> LocalServer {
        try await Self.start(on: address, port: port) { channel in
            let pipeline = channel.pipeline.syncOperations
            if let tunnels { try pipeline.addHandler(TunnelHandler(tunnels, log: log)) }
            try RequestHandler.configure(pipeline, log: log, answerAtOnce: answerAtOnce, answer: answer)
        }
    }

    /// Starts a server whose connections have handlers of their own.
    ///
    /// - Parameters:
    ///   - address: The address to listen on.
    ///   - port: The port, or 0 for any free port.
    ///   - configure: Adds the handlers of a connection.
    /// - Returns: The server, which listens until it is stopped or released.
    /// - Throws: ``EmulatorError`` if it cannot listen.
    static func start(
        on address: ListenAddress,
        port: UInt16,
        configure: @escaping @Sendable (_ channel: any Channel) throws -> Void
    ) async throws(EmulatorError) -> LocalServer {
        let connections = Connections()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Without it, an answer on a kept connection can wait 40 ms for the client's acknowledgement.
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.add(channel)
                    try configure(channel)
                }
            }
        do {
            let listener = try await bootstrap.bind(host: address.text, port: Int(port)).get()
            let url = "http://\(address.host):\(listener.localAddress?.port ?? Int(port))"
            return LocalServer(url: url, listener: listener, connections: connections)
        } catch {
            throw EmulatorError(error, address: address.text, port: port)
        }
    }

    /// Runs a server while a closure runs.
    ///
    /// - Parameters:
    ///   - answer: Answers a request.
    ///   - body: The closure; the server listens when it begins and stops when it ends.
    /// - Returns: What `body` returns.
    /// - Throws: ``EmulatorError`` if the server cannot listen, and what `body` throws.
    package static func run<Result>(
        answer: @escaping Answer,
        during body: (LocalServer) async throws -> Result
    ) async throws -> Result {
        let server = try await Self.start(on: .loopback, port: 0, log: { _, _, _ in }, answer: answer)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Stops listening and closes all connections.
    func stop() async {
        // Either may be closed already, which is all that is wanted.
        try? await self.listener.close()
        self.connections.closeAll()
    }
}

/// The open connections of a server.
private final class Connections: Sendable {
    private let open = Lock<[ObjectIdentifier: any Channel]>([:])

    func add(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        self.open.withLock { $0[id] = channel }
        channel.closeFuture.whenComplete { _ in self.open.withLock { $0[id] = nil } }
    }

    func closeAll() {
        for channel in self.open.withLock({ Array($0.values) }) { channel.close(promise: nil) }
    }
}
#endif
