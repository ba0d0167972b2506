//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import FoundationEssentials
internal import GRPCCore
internal import GoogleIDToken
internal import GoogleIDTokenGRPC

/// A service whose calls last until somebody ends them: the code of the article "Streams".
struct EventsService: RegistrableRPCService {
    /// News: one, and then no other for as long as anybody waits.
    struct News: Sendable {
        func events() -> AsyncStream<String> {
            let (events, continuation) = AsyncStream.makeStream(of: String.self)
            continuation.yield("the first event")
            return events
        }
    }

    static let events = ServiceDescriptor(package: "events.v1", service: "Events")
    static let watch = MethodDescriptor(service: Self.events, method: "Watch")
    static let upload = MethodDescriptor(service: Self.events, method: "Upload")
    static let talk = MethodDescriptor(service: Self.events, method: "Talk")
    /// A stream that nobody ends at its caller's expiry.
    static let linger = MethodDescriptor(service: Self.events, method: "Linger")

    let news = News()

    func watch(
        request: StreamingServerRequest<String>,
        context: ServerContext
    ) async throws -> StreamingServerResponse<String> {
        guard let caller = IDTokenServerInterceptor.caller else { throw RPCError(code: .unauthenticated, message: "") }
        return StreamingServerResponse { writer in
            try await caller.whileValid {
                for await event in news.events() { try await writer.write(event) }
            }
            return [:]
        }
    }

    func upload(
        request: StreamingServerRequest<String>,
        context: ServerContext
    ) async throws -> StreamingServerResponse<String> {
        guard let caller = IDTokenServerInterceptor.caller else { throw RPCError(code: .unauthenticated, message: "") }
        let count = try await caller.whileValid {
            try await request.messages.reduce(0) { count, _ in count + 1 }
        }
        return StreamingServerResponse(single: ServerResponse(message: "\(count) messages"))
    }

    private func talk(_ request: StreamingServerRequest<String>) throws -> StreamingServerResponse<String> {
        guard let caller = IDTokenServerInterceptor.caller else { throw RPCError(code: .unauthenticated, message: "") }
        return StreamingServerResponse { writer in
            try await caller.whileValid {
                for try await message in request.messages {
                    try await writer.write("\(message) from \(IDTokenServerInterceptor.caller?.subject ?? "nobody")")
                }
            }
            return [:]
        }
    }

    private func linger() throws -> StreamingServerResponse<String> {
        guard let caller = IDTokenServerInterceptor.caller else { throw RPCError(code: .unauthenticated, message: "") }
        return StreamingServerResponse { writer in
            do {
                try await caller.whileValid {
                    for await event in news.events() { try await writer.write(event) }
                }
            } catch {
                try await writer.write(caller.expiresAt < Date() ? "an event after expiry" : "too early")
            }
            return [:]
        }
    }

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        Self.register(Self.watch, with: &router) { try await self.watch(request: $0, context: $1) }
        Self.register(Self.upload, with: &router) { try await self.upload(request: $0, context: $1) }
        Self.register(Self.talk, with: &router) { request, _ in try self.talk(request) }
        Self.register(Self.linger, with: &router) { _, _ in try self.linger() }
    }

    private static func register<Transport: ServerTransport>(
        _ method: MethodDescriptor,
        with router: inout RPCRouter<Transport>,
        handler:
            @escaping @Sendable (
                StreamingServerRequest<String>, ServerContext
            ) async throws -> StreamingServerResponse<String>
    ) {
        router.registerHandler(
            forMethod: method,
            deserializer: TextDeserializer(),
            serializer: TextSerializer(),
            handler: { request, context in try await handler(request, context) }
        )
    }
}
#endif
