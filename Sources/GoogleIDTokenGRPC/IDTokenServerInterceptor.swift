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
/// Handlers read the caller from ``caller`` or ``requireCaller()``. A token is read from the ASCII metadata that its verifier reads:
/// `x-serverless-authorization`, or else `authorization`, for Google's ID tokens. Binary values are ignored. The status of a rejected call is `VerificationError.rpcErrorCode`
/// with a fixed message. The error itself is the cause of the `RPCError`, where interceptors that run before this one
/// can log it; it is not sent to the caller. The verifier's `onEvent` receives it too, with the name of the method,
/// whether the verifier, a rule or a handler rejects the call.
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

    /// Returns the verified caller of a call that must have one.
    ///
    /// A call has no caller if its rule is ``RPCAccess/open``, if it has no credentials and its rule is
    /// ``RPCAccess/callerOptional``, or if the interceptor does not see it. The verifier's `onEvent` receives the refusal
    /// if the handler throws it on.
    ///
    /// - Returns: The verified caller.
    /// - Throws: `RPCError` with the code `UNAUTHENTICATED`, a fixed message, and a `VerificationError` with
    ///   `credentials_missing` as its cause, if there is no caller.
    public static func requireCaller() throws(RPCError) -> VerifiedIDToken {
        if let caller = Self.caller { return caller }
        throw RPCError(
            VerificationError(
                .credentialsMissing,
                "The call has no verified caller, but its handler requires one; the call has no credentials, or the "
                    + "rule of its method ignores them. Have the caller send a token, or give the method the rule "
                    + ".caller."
            )
        )
    }

    private let verifiers: IDTokenVerifiers
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
        try self.init(IDTokenVerifiers(only: verifier), rules: rules)
    }

    /// Creates an interceptor with a choice of verifiers, by the metadata that carry a token.
    ///
    /// - Parameters:
    ///   - verifiers: The verifiers; the caller policy of each applies to the calls that it verifies.
    ///   - rules: The calls that need no caller, or that only some callers may make.
    /// - Throws: `IDTokenVerifier.ConfigurationError` with `callers_missing` if a rule's policy names no caller, or
    ///   contains an empty name.
    public init(
        _ verifiers: IDTokenVerifiers,
        rules: RPCAccessRules = RPCAccessRules()
    ) throws(IDTokenVerifier.ConfigurationError) {
        try rules.checkNames()
        self.verifiers = verifiers
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
        let method = context.descriptor
        let (caller, verifier) = try await self.caller(for: self.rules[method], of: method, request.metadata)
        do {
            let response = try await Self.$caller.withValue(caller) {
                try await next(request, context)
            }
            if case .failure(let error) = response.accepted {
                Self.reportRefusal(error, of: method, by: verifier)
            }
            return response.produced(for: caller) { Self.reportRefusal($0, of: method, by: verifier) }
        } catch {
            Self.reportRefusal(error, of: method, by: verifier)
            throw error
        }
    }

    /// Tells the verifier's `onEvent` of a call that a rule or a handler refused, if that is what the error says.
    private static func reportRefusal(_ error: any Error, of method: MethodDescriptor, by verifier: IDTokenVerifier?) {
        if let error = (error as? VerificationError) ?? ((error as? RPCError)?.cause as? VerificationError) {
            verifier?.reportRefusal(error, of: ServedRequest(route: method.fullyQualifiedMethod))
        }
    }

    /// A caller, and the verifier that has judged the call, or would have: it reports later refusals.
    private typealias Judgement = (caller: VerifiedIDToken?, verifier: IDTokenVerifier?)

    private func caller(
        for access: RPCAccess,
        of method: MethodDescriptor,
        _ metadata: Metadata
    ) async throws(VerificationError) -> Judgement {
        switch access {
        case .open:
            return (nil, self.verifiers.verifiers.first)
        case .callerOptional:
            return try await self.judge(method, metadata, allowsAnonymous: true)
        case .caller:
            return try await self.judge(method, metadata)
        case .only(let policy):
            let judgement = try await self.judge(method, metadata)
            guard let caller = judgement.caller else { return judgement }
            do throws(VerificationError) {
                try policy.check(caller)
            } catch {
                Self.reportRefusal(error, of: method, by: judgement.verifier)
                throw error
            }
            return judgement
        }
    }

    private func judge(
        _ method: MethodDescriptor,
        _ metadata: Metadata,
        allowsAnonymous: Bool = false
    ) async throws(VerificationError) -> Judgement {
        let request = ServedRequest(route: method.fullyQualifiedMethod, allowsAnonymous: allowsAnonymous)
        let fields = CredentialHeader.allCases.flatMap { header in
            metadata[stringValues: header.rawValue].map { (name: header.rawValue, value: $0) }
        }
        let verifier = try self.verifiers.verifier(for: fields, of: request)
        do throws(VerificationError) {
            return (try await Self.verify(fields, of: request, with: verifier), verifier)
        } catch {
            guard allowsAnonymous, error.code == .credentialsMissing else { throw error }
            return (nil, verifier)
        }
    }

    private static func verify(
        _ fields: [(name: String, value: String)],
        of request: ServedRequest,
        with verifier: IDTokenVerifier
    ) async throws(VerificationError) -> VerifiedIDToken {
        // gRPC signals the cancellation of a call, for example by its deadline, without cancelling the task that
        // handles it.
        let verification = Task { () -> Result<VerifiedIDToken, VerificationError> in
            do throws(VerificationError) {
                return .success(try await verifier.verify(headers: fields, of: request))
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
    ///
    /// - Parameters:
    ///   - caller: The caller.
    ///   - report: Receives the error that ends the messages, if there is one.
    /// - Returns: The response.
    fileprivate func produced(
        for caller: VerifiedIDToken?,
        report: @escaping @Sendable (any Error) -> Void
    ) -> StreamingServerResponse {
        StreamingServerResponse(
            accepted: self.accepted.map { contents in
                Contents(metadata: contents.metadata) { writer in
                    do {
                        return try await IDTokenServerInterceptor.$caller.withValue(caller) {
                            try await contents.producer(writer)
                        }
                    } catch {
                        report(error)
                        throw error
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
