//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
public import GoogleIDToken
public import Hummingbird

/// Lets only some of a service's callers go on, for a group of routes.
///
/// ```swift
/// let login = CallerPolicy.serviceAccounts("login@my-project.iam.gserviceaccount.com")
/// router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
/// router.group("profiles")
///     .add(middleware: try CallerPolicyMiddleware(login, realm: "profiles"))
///     .get(":id") { _, context in "Hello, \(context.caller?.subject ?? "stranger")" }
/// ```
/// It comes after ``IDTokenMiddleware`` and narrows what the verifier's own policy allows; it cannot widen it. Without a
/// caller, be it that the request is anonymous or that ``IDTokenMiddleware`` is missing, nobody goes on.
public struct CallerPolicyMiddleware<Context: CallerRequestContext>: RouterMiddleware {
    private let policy: CallerPolicy
    private let realm: String

    /// Makes a middleware that asks a policy.
    ///
    /// - Parameters:
    ///   - policy: Who may go on.
    ///   - realm: The name of what is protected, for `WWW-Authenticate` (RFC 9110 §11.5).
    /// - Throws: `IDTokenVerifier.ConfigurationError` with `callers_missing` if the policy names nobody, or an empty name.
    public init(_ policy: CallerPolicy, realm: String) throws(IDTokenVerifier.ConfigurationError) {
        guard !policy.namesNobody else {
            throw IDTokenVerifier.ConfigurationError(
                .callersMissing,
                "The caller policy of these routes names nobody, or an empty name; say who may call them."
            )
        }
        self.policy = policy
        self.realm = realm
    }

    /// Checks a request's caller and hands the request on.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - context: The request's context, with the caller.
    ///   - next: What is done with a request that may go on.
    /// - Returns: The response of `next`.
    /// - Throws: ``RequestRefusedError`` if the request may not go on, and what `next` throws.
    @concurrent
    public func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        try self.check(context)
        return try await next(request, context)
    }

    private func check(_ context: Context) throws(RequestRefusedError) {
        do throws(VerificationError) {
            guard let caller = context.caller else {
                throw VerificationError(
                    .credentialsMissing,
                    "No caller is established for a route that only some may call: the request is anonymous, or "
                        + "IDTokenMiddleware does not come before."
                )
            }
            try self.policy.check(caller)
        } catch {
            throw RequestRefusedError(error, realm: self.realm, logger: context.logger)
        }
    }
}
#else
public import GoogleIDToken

/// Lets only some of a service's callers go on, for a group of routes.
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token")
public struct CallerPolicyMiddleware {
    /// Is there once the trait is enabled.
    ///
    /// - Parameters:
    ///   - policy: Who may go on.
    ///   - realm: The name of what is protected.
    public init(_ policy: CallerPolicy, realm: String) {}
}
#endif
