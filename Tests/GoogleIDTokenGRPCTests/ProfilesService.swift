//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GRPCCore
internal import GoogleIDToken
internal import GoogleIDTokenGRPC
internal import TestSupport

/// Services whose methods answer with who calls them.
struct ProfilesService: RegistrableRPCService {
    static let profiles = ServiceDescriptor(package: "profiles.v1", service: "Profiles")
    static let health = ServiceDescriptor(package: "grpc.health.v1", service: "Health")

    static let get = MethodDescriptor(service: Self.profiles, method: "Get", type: .unary)
    /// A method for few callers, by a rule.
    static let delete = MethodDescriptor(service: Self.profiles, method: "Delete", type: .unary)
    /// A method for few callers, by what its handler checks.
    static let rename = MethodDescriptor(service: Self.profiles, method: "Rename", type: .unary)
    /// A method that needs no caller, and likes to know one.
    static let search = MethodDescriptor(service: Self.profiles, method: "Search", type: .unary)
    /// A method whose handler requires a caller, though its rule does not.
    static let require = MethodDescriptor(service: Self.profiles, method: "Require", type: .unary)
    /// A method whose handler returns a refusal and does not throw it.
    static let decline = MethodDescriptor(service: Self.profiles, method: "Decline", type: .unary)
    static let watch = MethodDescriptor(service: Self.profiles, method: "Watch", type: .serverStreaming)
    static let upload = MethodDescriptor(service: Self.profiles, method: "Upload", type: .clientStreaming)
    static let talk = MethodDescriptor(service: Self.profiles, method: "Talk", type: .bidirectionalStreaming)
    static let check = MethodDescriptor(service: Self.health, method: "Check", type: .unary)

    static let admin = "admin@project.iam.gserviceaccount.com"

    /// Rules by descriptors that state no type, as one writes them by hand.
    static var rules: RPCAccessRules {
        var rules = RPCAccessRules()
        rules[Self.health] = .open
        rules[MethodDescriptor(service: Self.profiles, method: "Delete")] = .only(.serviceAccounts(Self.admin))
        rules[MethodDescriptor(service: Self.profiles, method: "Search")] = .callerOptional
        rules[MethodDescriptor(service: Self.profiles, method: "Require")] = .callerOptional
        return rules
    }

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        for method in [Self.get, Self.delete, Self.search, Self.check] {
            Self.register(method, with: &router) { _ in Self.single(Self.currentCaller) }
        }
        Self.register(Self.require, with: &router) { _ in
            Self.single(try IDTokenServerInterceptor.requireCaller().subject)
        }
        Self.register(Self.decline, with: &router) { _ in
            let error = VerificationError(.callerNotAllowed, "The handler allows nobody.")
            return StreamingServerResponse(error: RPCError(error))
        }
        Self.register(Self.rename, with: &router) { _ in
            if let caller = IDTokenServerInterceptor.caller {
                try CallerPolicy.serviceAccounts(Self.admin).check(caller)
            }
            return Self.single(Self.currentCaller)
        }
        Self.register(Self.watch, with: &router) { _ in
            StreamingServerResponse { writer in
                for _ in 0..<3 { try await writer.write(Self.currentCaller) }
                return [:]
            }
        }
        Self.register(Self.upload, with: &router) { request in
            let messages = try await request.messages.reduce(into: []) { $0.append($1) }
            return Self.single("\(messages.count) from \(Self.currentCaller)")
        }
        Self.register(Self.talk, with: &router) { request in
            StreamingServerResponse { writer in
                for try await message in request.messages {
                    try await writer.write("\(message) from \(Self.currentCaller)")
                }
                return [:]
            }
        }
    }

    private static var currentCaller: String {
        guard let caller = IDTokenServerInterceptor.caller else { return "nobody" }
        return "\(caller.email ?? caller.subject) by \(caller.credentialHeader?.rawValue ?? "nothing")"
    }

    private static func single(_ message: String) -> StreamingServerResponse<String> {
        StreamingServerResponse(single: ServerResponse(message: message))
    }

    private static func register<Transport: ServerTransport>(
        _ method: MethodDescriptor,
        with router: inout RPCRouter<Transport>,
        handler: @escaping @Sendable (StreamingServerRequest<String>) async throws -> StreamingServerResponse<String>
    ) {
        router.registerHandler(
            forMethod: method,
            deserializer: TextDeserializer(),
            serializer: TextSerializer(),
            handler: { request, _ in try await handler(request) }
        )
    }
}
#endif
