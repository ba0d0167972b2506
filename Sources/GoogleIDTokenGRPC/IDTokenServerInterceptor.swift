//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
public import GoogleIDToken
public import GRPCCore

/// Establishes who makes each call to a gRPC server, and refuses the others before a handler sees them.
///
/// ```swift
/// var rules = RPCAccessRules()
/// rules[ServiceDescriptor(fullyQualifiedService: "grpc.health.v1.Health")] = .open
/// let server = GRPCServer(
///     transport: transport,
///     services: services,
///     interceptors: [try IDTokenServerInterceptor(verifier, rules: rules)])
/// ```
/// Handlers find the caller in ``caller``. A token comes in the ASCII metadata `x-serverless-authorization` or else
/// `authorization`; binary values are no credentials. What is wrong with a call tells its status, by
/// `VerificationError.rpcErrorCode`, in fixed words; the error itself is the cause of the `RPCError`, for interceptors
/// that come before this one and log, and goes nowhere else. The verifier's `onEvent` is told of it too, except where
/// a rule refuses a caller whom the verifier accepts.
///
/// A call is verified once, when it begins: a handler whose stream may outlast its caller's token asks
/// `VerifiedIDToken.whileValid(_:)` to be ended.
///
/// - Important: Leave exceptions to ``RPCAccessRules`` rather than to `.apply(_:to:)`. A call that the subject of
///   `.apply(_:to:)` misses is not checked at all, and `.methods` misses a method whose descriptor states no type where
///   generated code states one. `.apply(_:to:)` is right where services have verifiers of their own.
public struct IDTokenServerInterceptor: ServerInterceptor {
    /// Who makes the call that the current task handles, or nil if nobody had to say so.
    ///
    /// It is there for as long as the handler runs and the messages of its response are written. Detached tasks do not
    /// have it; a test of a handler gives it with `$caller.withValue(_:)`.
    @TaskLocal
    public static var caller: VerifiedIDToken?

    private let verifier: IDTokenVerifier
    private let rules: RPCAccessRules

    /// Makes an interceptor of all calls to a server.
    ///
    /// - Parameters:
    ///   - verifier: What establishes callers; its policy holds for every call that needs a caller.
    ///   - rules: Which calls need no caller, or other callers than the rest.
    /// - Throws: `IDTokenVerifier.ConfigurationError` with `callers_missing` if a rule's policy names nobody, or an empty name.
    public init(
        _ verifier: IDTokenVerifier,
        rules: RPCAccessRules = RPCAccessRules()
    ) throws(IDTokenVerifier.ConfigurationError) {
        guard !rules.namesNobody else {
            throw IDTokenVerifier.ConfigurationError(
                .callersMissing,
                "The caller policy of a rule names nobody, or an empty name; say who may make these calls."
            )
        }
        self.verifier = verifier
        self.rules = rules
    }

    /// Establishes who makes a call, and hands the call on.
    ///
    /// - Parameters:
    ///   - request: The call.
    ///   - context: The call's context.
    ///   - next: What handles a call that may go on.
    /// - Returns: The response of `next`.
    /// - Throws: `VerificationError` if the call may not go on, which gRPC converts, and what `next` throws.
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
        if let caller = try self.verifier.verifyAtOnce(headers: fields) { return caller }
        // gRPC tells that a call is cancelled, by its deadline say, without cancelling the task that handles it.
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
    /// The response, with the caller in the task that writes its messages: that happens once the handler has returned.
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
/// Establishes who makes each call to a gRPC server, and refuses the others before a handler sees them.
@available(*, unavailable, message: "enable the trait GRPC of swift-google-id-token")
public struct IDTokenServerInterceptor {}
#endif
