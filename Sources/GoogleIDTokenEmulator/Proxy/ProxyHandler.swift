//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDTokenTesting
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Passes the requests of a connection on to a service, over one connection, and the answers back.
final class ProxyHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    /// The fields that are added to a request.
    typealias Fields = @Sendable () throws(TestIssuerError) -> [(name: String, value: String)]
    typealias Log = @Sendable (_ method: String, _ path: String, _ status: Int) -> Void

    private let target: ProxyTarget
    private let log: Log
    private let fields: Fields
    private var service: (any Channel)?
    /// What the service gets as soon as there is a connection.
    private var waiting: [HTTPClientRequestPart] = []
    private var isConnecting = false
    /// The request that is being answered.
    private var request: HTTPRequestHead?
    private var hasAnswerBegun = false
    /// Whether the service takes further requests over its connection.
    private var isServiceKept = false

    private init(target: ProxyTarget, log: @escaping Log, fields: @escaping Fields) {
        self.target = target
        self.log = log
        self.fields = fields
    }

    /// Makes a connection one of a client of the proxy.
    static func configure(
        _ pipeline: ChannelPipeline.SynchronousOperations,
        target: ProxyTarget,
        log: @escaping Log,
        fields: @escaping Fields
    ) throws {
        try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
        try pipeline.addHandler(ProxyHandler(target: target, log: log, fields: fields))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch Self.unwrapInboundIn(data) {
        case .head(let head):
            self.request = head
            self.hasAnswerBegun = false
            do throws(TestIssuerError) {
                self.send(.head(head.proxied(adding: try self.fields())), context)
            } catch {
                self.fail("the assertion cannot be signed: \(error.description)", context)
            }
        case .body(let part): self.send(.body(.byteBuffer(part)), context)
        case .end: self.send(.end(nil), context)
        }
    }

    private func send(_ part: HTTPClientRequestPart, _ context: ChannelHandlerContext) {
        // The answer may have come before the end of the request.
        guard self.request != nil else { return }
        if let service {
            service.writeAndFlush(part, promise: nil)
        } else {
            self.waiting.append(part)
            if !self.isConnecting { self.connect(context) }
        }
    }

    private func connect(_ context: ChannelHandlerContext) {
        self.isConnecting = true
        self.setReading(false, of: context.channel)
        let client = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        ClientBootstrap(group: context.eventLoop)
            .connectTimeout(.seconds(5))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHTTPClientHandlers()
                    let (handler, context) = client.value
                    try pipeline.addHandler(ProxiedAnswerHandler(handler, context))
                }
            }
            .connect(host: self.target.host, port: self.target.port)
            .assumeIsolated()
            .whenComplete { result in
                self.isConnecting = false
                self.setReading(true, of: context.channel)
                switch result {
                case .success(let service):
                    guard context.channel.isActive else {
                        service.close(promise: nil)
                        return
                    }
                    self.service = service
                    for part in self.waiting { service.write(part, promise: nil) }
                    service.flush()
                    self.waiting = []
                case .failure(let error):
                    self.fail("the service cannot be reached: \(error)", context)
                }
            }
    }

    /// Passes a part of the service's answer on.
    func receive(_ part: HTTPClientResponsePart, _ context: ChannelHandlerContext) {
        guard let request else { return }
        switch part {
        case .head(let head):
            self.hasAnswerBegun = true
            self.isServiceKept = head.isKeepAlive
            self.log(request.method.rawValue, RequestTarget(request.uri).path, Int(head.status.code))
            // Flushed at once: the body of a stream may come much later.
            context.writeAndFlush(Self.wrapOutboundOut(.head(head.answer(to: request))), promise: nil)
        case .body(let part): context.writeAndFlush(Self.wrapOutboundOut(.body(.byteBuffer(part))), promise: nil)
        case .end:
            if !self.isServiceKept {
                self.service?.close(promise: nil)
                self.service = nil
            }
            self.end(context)
        }
    }

    /// Takes notice that the service has closed the connection.
    func serviceHasClosed(_ service: any Channel, _ context: ChannelHandlerContext) {
        // A connection that is no longer used may end while the next one has begun.
        guard self.service === service else { return }
        self.service = nil
        if self.request != nil { self.fail("the service has closed the connection without an answer", context) }
    }

    /// Reads from the service only while the client takes what comes.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if let service { self.setReading(context.channel.isWritable, of: service) }
        context.fireChannelWritabilityChanged()
    }

    /// Reads from the client only while the service takes what comes.
    func serviceWritabilityChanged(_ isWritable: Bool, _ context: ChannelHandlerContext) {
        self.setReading(isWritable, of: context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.request = nil
        self.service?.close(promise: nil)
        context.fireChannelInactive()
    }

    private func setReading(_ isReading: Bool, of channel: any Channel) {
        channel.setOption(.autoRead, value: isReading).whenComplete { _ in }
    }

    /// Ends the answer, and the connection if the client wants it.
    private func end(_ context: ChannelHandlerContext) {
        let isLast = !(self.request?.isKeepAlive ?? false)
        self.request = nil
        let sent = context.writeAndFlush(Self.wrapOutboundOut(.end(nil)))
        if isLast { sent.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }

    /// Answers in place of the service, or cuts its answer off.
    private func fail(_ reason: String, _ context: ChannelHandlerContext) {
        self.waiting = []
        guard let request, !self.hasAnswerBegun else {
            context.close(promise: nil)
            return
        }
        self.log(request.method.rawValue, RequestTarget(request.uri).path, 502)
        self.request?.headers.replaceOrAdd(name: "Connection", value: "close")
        let words = "The proxy of the emulator has no answer: \(reason).\n"
        let fields: HTTPHeaders = [
            "Content-Type": "text/plain; charset=utf-8", "Content-Length": "\(words.utf8.count)", "Connection": "close",
        ]
        let head = HTTPResponseHead(version: request.version, status: .badGateway, headers: fields)
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        if request.method != .HEAD {
            let body = context.channel.allocator.buffer(string: words)
            context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        self.end(context)
    }
}
#endif
