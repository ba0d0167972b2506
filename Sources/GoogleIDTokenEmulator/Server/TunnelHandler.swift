//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import NIOCore
internal import OpenSSLTLS

/// Opens the tunnels that clients of a proxy ask for with `CONNECT` (RFC 9110 §9.3.6), to this server itself.
///
/// It is the first handler of a connection. If the connection does not begin with `CONNECT`, it does nothing.
final class TunnelHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let method = Array("CONNECT ".utf8)
    private static let longestRequest = 16 * 1024

    private let tunnels: LocalServer.Tunnels
    private let log: LocalServer.Log
    private var received = ByteBuffer()

    init(_ tunnels: LocalServer.Tunnels, log: @escaping LocalServer.Log) {
        self.tunnels = tunnels
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = Self.unwrapInboundIn(data)
        self.received.writeBuffer(&part)
        let bytes = self.received.readableBytesView
        guard bytes.prefix(Self.method.count).elementsEqual(Self.method.prefix(bytes.count)) else {
            self.passOn(context)
            return
        }
        let end = Array("\r\n\r\n".utf8)
        guard let head = bytes.firstRange(of: end) else {
            if bytes.count > Self.longestRequest { context.close(promise: nil) }
            return
        }
        let target = bytes.dropFirst(Self.method.count).prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }
        let authority = String(decoding: target, as: UTF8.self)
        self.received.moveReaderIndex(forwardBy: head.upperBound - bytes.startIndex)
        self.open(authority, context)
    }

    private func open(_ authority: String, _ context: ChannelHandlerContext) {
        guard self.tunnels.hosts.contains(where: { authority.utf8.elementsEqual("\($0):443".utf8) }) else {
            self.refuse(authority, .notFound("no such host", known: self.tunnels.hosts.map { "\($0):443" }), context)
            return
        }
        do {
            let handler = TLSHandler(try self.tunnels.authority.value().connection())
            self.log("CONNECT", authority, LocalAnswer())
            self.write("HTTP/1.1 200 Connection established\r\n\r\n", context, then: nil)
            try context.pipeline.syncOperations.addHandler(handler, position: .after(self))
            context.fireUserInboundEventTriggered(TunnelOpened())
            self.passOn(context)
        } catch {
            self.refuse(authority, .googleError(500, "INTERNAL", "\(error)"), context)
        }
    }

    private func refuse(_ authority: String, _ answer: LocalAnswer, _ context: ChannelHandlerContext) {
        self.log("CONNECT", authority, answer)
        let head =
            "HTTP/1.1 \(answer.status) Refused\r\nContent-Type: application/json; charset=UTF-8\r\n"
            + "Content-Length: \(answer.body.count)\r\nConnection: close\r\n\r\n"
        let body = String(decoding: answer.body, as: UTF8.self)
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        self.write(head + body, context, then: sent)
    }

    private func write(_ text: String, _ context: ChannelHandlerContext, then promise: EventLoopPromise<Void>?) {
        context.writeAndFlush(Self.wrapOutboundOut(context.channel.allocator.buffer(string: text)), promise: promise)
    }

    /// Gives what has come to the next handler, and leaves.
    private func passOn(_ context: ChannelHandlerContext) {
        let rest = self.received
        self.received = ByteBuffer()
        if rest.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(rest)) }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}

/// Tells the handlers of a connection that the client reaches them through a tunnel, with TLS.
struct TunnelOpened: Sendable {}
#endif
