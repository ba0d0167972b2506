//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GRPCCore
internal import GRPCNIOTransportHTTP2
internal import GoogleIDToken
internal import GoogleIDTokenGRPC
internal import TestSupport
internal import Testing

/// A gRPC server over HTTP/2 on the loopback, and a client of it.
struct GuardedServer {
    let server: GRPCServer<HTTP2ServerTransport.Posix>
    let client: GRPCClient<HTTP2ClientTransport.Posix>

    /// Runs a server and a client for as long as a test uses them.
    static func run<Outcome: Sendable>(
        _ interceptors: [ConditionalInterceptor<any ServerInterceptor>],
        _ use: (GuardedServer) async throws -> Outcome
    ) async throws -> Outcome {
        let transport = HTTP2ServerTransport.Posix(
            address: .ipv4(host: "127.0.0.1", port: 0),
            transportSecurity: .plaintext
        )
        return try await withGRPCServer(
            transport: transport,
            services: [ProfilesService(), EventsService()],
            interceptorPipeline: interceptors
        ) { server in
            let address = try await transport.listeningAddress
            return try await withGRPCClient(
                transport: try .http2NIOPosix(
                    target: .ipv4(address: "127.0.0.1", port: address.ipv4?.port ?? 0),
                    transportSecurity: .plaintext
                )
            ) { client in
                try await use(GuardedServer(server: server, client: client))
            }
        }
    }

    /// Runs a server with the rules of ``ProfilesService`` or others, and with keys from a server that stops afterwards.
    static func run<Outcome: Sendable>(
        keys: LoopbackServer,
        rules: RPCAccessRules = ProfilesService.rules,
        onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)? = nil,
        _ use: (GuardedServer) async throws -> Outcome
    ) async throws -> Outcome {
        defer { keys.stop() }
        let verifier = try IDTokenVerifier(keysFrom: keys, onEvent: onEvent)
        return try await Self.run([.apply(try IDTokenServerInterceptor(verifier, rules: rules), to: .all)], use)
    }

    /// Makes a call.
    func call(_ method: MethodDescriptor, _ fields: [Field] = [], messages: [String] = [""]) async throws -> CallOutcome
    {
        var metadata = Metadata()
        for field in fields { metadata.addString(field.value, forKey: field.name) }
        return try await self.call(method, metadata: metadata, messages: messages)
    }

    /// Expects a call to have an outcome.
    func expect(
        _ method: MethodDescriptor,
        _ fields: [Field] = [],
        is outcome: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let summary = try await self.call(method, fields).summary
        #expect(summary == outcome, "\(method)", sourceLocation: sourceLocation)
    }

    /// Makes a call.
    func call(
        _ method: MethodDescriptor,
        metadata: Metadata,
        messages: [String] = [""]
    ) async throws -> CallOutcome {
        try await self.client.bidirectionalStreaming(
            request: StreamingClientRequest(metadata: metadata) { writer in
                for message in messages { try await writer.write(message) }
            },
            descriptor: method,
            serializer: TextSerializer(),
            deserializer: TextDeserializer(),
            options: .defaults,
            onResponse: { await CallOutcome($0) }
        )
    }
}

/// An entry of a call's metadata.
struct Field: Sendable {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// All that a client gets to see of a call.
struct CallOutcome: Sendable {
    var messages: [String] = []
    var metadata: [Metadata] = []
    var error: RPCError?

    init(_ response: StreamingClientResponse<String>) async {
        do {
            let contents = try response.accepted.get()
            self.metadata.append(contents.metadata)
            for try await part in contents.bodyParts {
                switch part {
                case .message(let message): self.messages.append(message)
                case .trailingMetadata(let metadata): self.metadata.append(metadata)
                }
            }
        } catch let error as RPCError {
            self.error = error
            self.metadata.append(error.metadata)
        } catch {
            self.error = RPCError(code: .internalError, message: "\(error)")
        }
    }

    /// The status, or the messages if it is OK.
    var summary: String {
        if let error { "\(error.code): \(error.message)" } else { self.messages.joined(separator: "; ") }
    }

    /// Everything as text, to look for what must not be in it.
    var text: String {
        "\(self.messages) \(self.metadata) \(self.error.map { "\($0)" } ?? "")"
    }
}
#endif
