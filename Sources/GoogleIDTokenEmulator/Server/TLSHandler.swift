//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import NIOCore
internal import OpenSSLTLS

/// The server's side of TLS on a connection.
final class TLSHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: TLSServerConnection

    init(_ connection: TLSServerConnection) {
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            let text = try self.connection.receive(Array(Self.unwrapInboundIn(data).readableBytesView))
            self.writeOutput(context, promise: nil)
            context.flush()
            guard !text.isEmpty else { return }
            context.fireChannelRead(Self.wrapInboundOut(context.channel.allocator.buffer(bytes: text)))
        } catch {
            // The client learns the reason, if OpenSSL has an alert for it.
            self.writeOutput(context, promise: nil)
            context.flush()
            context.close(promise: nil)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        do {
            try self.connection.send(Array(Self.unwrapOutboundIn(data).readableBytesView))
            self.writeOutput(context, promise: promise)
        } catch {
            promise?.fail(error)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        self.connection.close()
        self.writeOutput(context, promise: nil)
        context.flush()
        context.close(mode: mode, promise: promise)
    }

    private func writeOutput(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        let output = context.channel.allocator.buffer(bytes: self.connection.takeOutput())
        context.write(Self.wrapOutboundOut(output), promise: promise)
    }
}
#endif
