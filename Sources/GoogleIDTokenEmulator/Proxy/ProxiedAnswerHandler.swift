//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import IDTokenBytes
internal import NIOCore
internal import NIOHTTP1

/// Hands the answers of a service to the connection of the proxy's client.
final class ProxiedAnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let client: ProxyHandler
    private let clientContext: ChannelHandlerContext

    init(_ client: ProxyHandler, _ clientContext: ChannelHandlerContext) {
        self.client = client
        self.clientContext = clientContext
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.client.receive(Self.unwrapInboundIn(data), self.clientContext)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.client.serviceWritabilityChanged(context.channel.isWritable, self.clientContext)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.client.serviceHasClosed(context.channel, self.clientContext)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

extension HTTPHeaders {
    /// The fields that concern one connection (RFC 9110 §7.6.1).
    private static let ofConnection = [
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Upgrade",
    ]

    /// The beginnings of the names that only Identity-Aware Proxy may send.
    private static let ofProxy = ["x-goog-iap-", "x-goog-authenticated-user-"]

    fileprivate func withoutConnection() -> HTTPHeaders {
        var fields = self
        for name in Self.ofConnection + self[canonicalForm: "Connection"].map(String.init) { fields.remove(name: name) }
        return fields
    }

    fileprivate func withoutThoseOfProxy() -> HTTPHeaders {
        HTTPHeaders(
            self.filter { field in
                !Self.ofProxy.contains { beginning in
                    let start = Array(field.name.utf8.prefix(beginning.utf8.count))
                    return Bytes.areEqual(start.span, ignoringCaseOf: beginning)
                }
            }
            .map { ($0.name, $0.value) }
        )
    }
}

extension HTTPRequestHead {
    /// The request as the service gets it.
    func proxied(adding fields: [(name: String, value: String)]) -> HTTPRequestHead {
        var headers = self.headers.withoutConnection().withoutThoseOfProxy()
        for field in fields { headers.add(name: field.name, value: field.value) }
        return HTTPRequestHead(version: .http1_1, method: self.method, uri: self.uri, headers: headers)
    }
}

extension HTTPResponseHead {
    /// The head of the answer as the client gets it.
    func answer(to request: HTTPRequestHead) -> HTTPResponseHead {
        var head = self
        head.version = request.version
        head.headers = self.headers.withoutConnection()
        if request.method == .HEAD, !head.headers.contains(name: "Content-Length") {
            head.headers.remove(name: "Transfer-Encoding")
            head.headers.add(name: "Content-Length", value: "0")
        }
        if !request.isKeepAlive { head.headers.add(name: "Connection", value: "close") }
        return head
    }
}
#endif
