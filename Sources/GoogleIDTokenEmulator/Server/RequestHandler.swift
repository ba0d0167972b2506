//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import NIOCore
internal import NIOHTTP1

/// Collects the requests of a connection, one after the other, and sends the answers.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// The longest body that is accepted, in bytes.
    private static let longestBody = 1024 * 1024

    private let log: LocalServer.Log
    private let answerAtOnce: LocalServer.AnswerAtOnce
    private let answer: LocalServer.Answer
    private var isSecure = false
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var isTooLong = false
    /// Produces the answer to the current request.
    private var task: Task<Void, Never>?

    private init(
        log: @escaping LocalServer.Log,
        answerAtOnce: @escaping LocalServer.AnswerAtOnce,
        answer: @escaping LocalServer.Answer
    ) {
        self.log = log
        self.answerAtOnce = answerAtOnce
        self.answer = answer
    }

    /// Makes a connection one of HTTP/1.
    static func configure(
        _ pipeline: ChannelPipeline.SynchronousOperations,
        log: @escaping LocalServer.Log,
        answerAtOnce: @escaping LocalServer.AnswerAtOnce,
        answer: @escaping LocalServer.Answer
    ) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 * 1024
        limits.maxHeaderListSize = 64 * 1024
        limits.maxHeaderFieldCount = 128
        try pipeline.configureHTTPServerPipeline(
            position: .last,
            withErrorHandling: false,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: limits
        )
        try pipeline.addHandler(RequestHandler(log: log, answerAtOnce: answerAtOnce, answer: answer))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch Self.unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            self.body.clear()
            self.isTooLong = false
            if head.headers.contains(name: "Expect") {
                let head = HTTPResponseHead(version: head.version, status: .continue)
                context.writeAndFlush(Self.wrapOutboundOut(.head(head)), promise: nil)
            }
        case .body(var part):
            self.isTooLong = self.isTooLong || self.body.readableBytes + part.readableBytes > Self.longestBody
            if !self.isTooLong { self.body.writeBuffer(&part) }
        case .end:
            guard let head else { return }
            self.respond(to: head, context)
        }
    }

    private func respond(to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard !self.isTooLong else {
            let words = "The body is longer than \(Self.longestBody) bytes."
            self.send(.googleError(413, "INVALID_ARGUMENT", words), to: head, isLast: true, context)
            return
        }
        let request = LocalRequest(head, isSecure: self.isSecure, body: Array(self.body.readableBytesView))
        if let answer = self.answerAtOnce(request) {
            self.send(answer, to: head, isLast: !head.isKeepAlive, context)
            return
        }
        let answer = self.answer
        let promise = context.eventLoop.makePromise(of: LocalAnswer.self)
        self.task = promise.completeWithTask { await answer(request) }
        promise.futureResult.assumeIsolated()
            .whenSuccess { answer in
                // The task is gone if the client has closed the connection.
                guard self.task != nil else { return }
                self.task = nil
                self.send(answer, to: head, isLast: !head.isKeepAlive, context)
            }
    }

    /// Sends an answer, in one write.
    private func send(_ answer: LocalAnswer, to head: HTTPRequestHead, isLast: Bool, _ context: ChannelHandlerContext) {
        self.log(head.method.rawValue, RequestTarget(head.uri).path, answer)
        self.head = nil
        var fields = HTTPHeaders(answer.fields.map { ($0.name, $0.value) })
        fields.add(name: "Content-Length", value: "\(answer.body.count)")
        if isLast {
            fields.add(name: "Connection", value: "close")
        } else if head.version.minor == 0 {
            fields.add(name: "Connection", value: "keep-alive")
        }
        let status = HTTPResponseStatus(statusCode: answer.status)
        let answerHead = HTTPResponseHead(version: head.version, status: status, headers: fields)
        context.write(Self.wrapOutboundOut(.head(answerHead)), promise: nil)
        if head.method != .HEAD, !answer.body.isEmpty {
            let body = context.channel.allocator.buffer(bytes: answer.body)
            context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        let sent = context.writeAndFlush(Self.wrapOutboundOut(.end(nil)))
        if isLast { sent.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is TunnelOpened { self.isSecure = true }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The decoder closes the connection right after this. If an answer is under way, nothing may come before it.
        if let error = error as? HTTPParserError, self.task == nil {
            let head = self.head ?? HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
            self.send(Self.answer(to: error), to: head, isLast: true, context)
        } else {
            context.close(promise: nil)
        }
    }

    private static func answer(to error: HTTPParserError) -> LocalAnswer {
        var answer: LocalAnswer
        if error == .headerOverflow {
            answer = .googleError(431, "INVALID_ARGUMENT", "The header fields are too long or too many.")
            answer.note = "header fields over 16 KiB each, 64 KiB together, or 128 of them"
        } else {
            answer = .googleError(400, "INVALID_ARGUMENT", "This is no request of HTTP/1.")
            answer.note = "no request of HTTP/1"
        }
        return answer
    }

    func channelInactive(context: ChannelHandlerContext) {
        // The client is gone, and a fault may delay the answer for hours.
        self.task?.cancel()
        self.task = nil
        context.fireChannelInactive()
    }
}

extension LocalRequest {
    fileprivate init(_ head: HTTPRequestHead, isSecure: Bool, body: [UInt8]) {
        self.init(
            method: head.method == .HEAD ? "GET" : head.method.rawValue,
            target: RequestTarget(head.uri),
            isSecure: isSecure,
            headers: head.headers.map { (name: $0.name, value: $0.value) },
            body: body
        )
    }
}
#endif
