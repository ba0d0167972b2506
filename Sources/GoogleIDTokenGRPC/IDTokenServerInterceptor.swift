//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
public import GoogleIDToken
public import GRPCCore

/// Verifies the ID token of each call to a gRPC server, and rejects other calls before they reach a handler.
///
/// ```swift
/// var rules = RPCAccessRules()
/// rules[ServiceDescriptor(fullyQualifiedService: "grpc.health.v1.Health")] = .open
/// let server = GRPCServer(
///     transport: transport,
///     services: services,
///     interceptors: [try IDTokenServerInterceptor(verifier, rules: rules)])
/// ```
/// Handlers read the caller from ``caller``. A token is read from the ASCII metadata `x-serverless-authorization`, or
/// else `authorization`; binary values are ignored. The status of a rejected call is `VerificationError.rpcErrorCode`
/// with a fixed message. The error itself is the cause of the `RPCError`, where interceptors that run before this one
/// can log it; it is not sent to the caller. The verifier's `onEvent` receives it too, unless a rule rejects a caller
/// that the verifier accepts.
///
/// A call is verified once, when it begins. A handler whose stream may outlast its caller's token can use
/// `VerifiedIDToken.whileValid(_:)`.
///
/// - Important: Express exceptions as ``RPCAccessRules``, not with `.apply(_:to:)`. A call that does not match the
///   subject of `.apply(_:to:)` is not verified at all, and `.methods` does not match if one descriptor of a method
///   states a type and the other does not. Use `.apply(_:to:)` if services have different verifiers.
public struct IDTokenServerInterceptor: ServerInterceptor {
    /// The verified caller of the call that the current task handles, or nil if the call needs no caller and has none.
    ///
    /// It is set while the handler runs and while the messages of its response are written. Detached tasks do not
    /// inherit it; a test of a handler sets it with `$caller.withValue(_:)`.
    @TaskLocal
    public static var caller: VerifiedIDToken?

    private let verifier: IDTokenVerifier
    private let rules: RPCAccessRules

    /// Creates an interceptor for all calls to a server.
    ///
    /// - Parameters:
    ///   - verifier: The verifier; its caller policy applies to every call that needs a caller.
    ///   - rules: The calls that need no caller, or that only some callers may make.
    /// - Throws: `IDTokenVerifier.ConfigurationError` with `callers_missing` if a rule's policy names no caller, or
    ///   contains an empty name.
    public init(
        _ verifier: IDTokenVerifier,
        rules: RPCAccessRules = RPCAccessRules()
    ) throws(IDTokenVerifier.ConfigurationError) {
        try rules.checkNames()
        self.verifier = verifier
        self.rules = rules
    }

    /// Verifies the caller of a call, and passes the call on.
    ///
    /// - Parameters:
    ///   - request: The call.
    ///   - context: The call's context.
    ///   - next: The next handler.
    /// - Returns: The response of `next`.
    /// - Throws: `VerificationError` if the call is rejected, which gRPC converts into its status, and errors that
    ///   `next` throws.
    public func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>,
        context: ServerContext,
        next:
            @concurrent @Sendable (
                _ request: StreamingServerRequest<Input>,
                _ context: ServerContext
            ) async throws -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        let caller = try await self.caller(for: self.rules[context.descriptor], request.metadata)
        let response = try await Self.$caller.withValue(caller) {
            try await next(request, context)
        }
        return response.produced(for: caller)
    }

    private func caller(
        for access: RPCAccess,
        _ metadata: Metadata
    ) async throws(VerificationError) -> VerifiedIDToken? {
        switch access {
        case .open:
            return nil
        case .callerOptional:
            do throws(VerificationError) {
                return try await self.verifiedCaller(metadata)
            } catch {
                guard error.code == .credentialsMissing else { throw error }
                return nil
            }
        case .caller:
            return try await self.verifiedCaller(metadata)
        case .only(let policy):
            let caller = try await self.verifiedCaller(metadata)
            try policy.check(caller)
            return caller
        }
    }

    private func verifiedCaller(_ metadata: Metadata) async throws(VerificationError) -> VerifiedIDToken {
        let fields = CredentialHeader.allCases.flatMap { header in
            metadata[stringValues: header.rawValue].map { (name: header.rawValue, value: $0) }
        }
        // gRPC signals the cancellation of a call, for example by its deadline, without cancelling the task that
        // handles it.
        let verification = Task { [verifier = self.verifier] () -> Result<VerifiedIDToken, VerificationError> in
            do throws(VerificationError) {
                return .success(try await verifier.verify(headers: fields))
            } catch {
                return .failure(error)
            }
        }
        let result = await withTaskCancellationHandler {
            await withRPCCancellationHandler {
                await verification.value
            } onCancelRPC: {
                verification.cancel()
            }
        } onCancel: {
            verification.cancel()
        }
        return try result.get()
    }
}

extension StreamingServerResponse {
    /// Returns the response with the caller set in the task that writes its messages, which runs after the handler
    /// returns.
    fileprivate func produced(for caller: VerifiedIDToken?) -> StreamingServerResponse {
        StreamingServerResponse(
            accepted: self.accepted.map { contents in
                Contents(metadata: contents.metadata) { writer in
                    try await IDTokenServerInterceptor.$caller.withValue(caller) {
                        try await contents.producer(writer)
                    }
                }
            }
        )
    }
}
#else
/// Verifies the ID token of each call to a gRPC server, and rejects other calls before they reach a handler.
@available(*, unavailable, message: "enable the trait GRPC of swift-google-id-token in Package.swift")
public typealias IDTokenServerInterceptor = `Enable the trait GRPC of swift-google-id-token in Package.swift`
#endif
