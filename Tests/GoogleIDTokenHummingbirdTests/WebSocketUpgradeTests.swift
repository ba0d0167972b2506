//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import GoogleIDToken
internal import GoogleIDTokenHummingbird
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import TestSupport
internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket
internal import Testing

/// A connection that becomes a WebSocket in the server's channel, as NIO does it, never reaches the router.
@Suite("WebSocket upgrades", .timeLimit(.minutes(5)))
struct WebSocketUpgradeTests {
    /// What is made of a connection: a WebSocket, or nothing.
    private struct UpgradingChannel: ServerChildChannel {
        struct Value: ServerChildChannelValue {
            let channel: any Channel
            let hasUpgraded: EventLoopFuture<Bool>
        }

        /// Whether to let a client have a WebSocket.
        let welcomes: @Sendable (HTTPHeaders) async throws -> Void

        func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
            channel.eventLoop.makeCompletedFuture {
                let upgrader = NIOTypedWebSocketServerUpgrader<Bool>(
                    shouldUpgrade: { channel, head in
                        channel.eventLoop.makeFutureWithTask {
                            try await self.welcomes(head.headers)
                            return HTTPHeaders()
                        }
                    },
                    upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededFuture(true) }
                )
                let hasUpgraded = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
                    configuration: .init(
                        upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(
                            upgraders: [upgrader],
                            notUpgradingCompletionHandler: { $0.eventLoop.makeSucceededFuture(false) }
                        )
                    )
                )
                return Value(channel: channel, hasUpgraded: hasUpgraded)
            }
        }

        func handle(value: Value, logger: Logger) async {
            _ = try? await value.hasUpgraded.get()
            try? await value.channel.close()
        }
    }

    private static func upgrade(
        fields: String = "",
        verifier: IDTokenVerifier,
        welcomes: @escaping @Sendable (HTTPHeaders) async throws -> Void
    ) async throws -> String {
        let router = Router(context: BasicCallerRequestContext.self)
        router.add(middleware: IDTokenMiddleware(verifier, realm: "chat"))
        router.get("chat") { _, _ in "no WebSocket" }
        let server = HTTPServerBuilder { _ in UpgradingChannel(welcomes: welcomes) }
        return try await RunningService.during(router, server: server) { service in
            let request =
                "GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\(fields)\r\n"
            return try await CurlCommand.sendRaw(request, to: service.port, seconds: 20)
        }
    }

    @Test("the router's middleware is not asked: who sends no token gets a WebSocket")
    func unguarded() async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let verifier = try ProfileService(keysAt: keyServer.url()).verifier
        let answer = try await Self.upgrade(verifier: verifier) { _ in }
        #expect(answer.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
        #expect(keyServer.requestCount == 0)
    }

    @Test("what decides about the upgrade can ask the verifier")
    func guarded() async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let verifier = try ProfileService(keysAt: keyServer.url()).verifier
        let welcomes: @Sendable (HTTPHeaders) async throws -> Void = { _ = try await verifier.verify(headers: $0) }
        let stranger = try await Self.upgrade(verifier: verifier, welcomes: welcomes)
        #expect(!stranger.contains("101"))
        let bearer = "Authorization: \(try ProfileService.bearer())\r\n"
        let caller = try await Self.upgrade(fields: bearer, verifier: verifier, welcomes: welcomes)
        #expect(caller.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
    }
}
#endif
