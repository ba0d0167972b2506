//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
public import GoogleIDToken
public import Hummingbird

/// Restricts a group of routes to the callers that a policy allows.
///
/// ```swift
/// let login = CallerPolicy.serviceAccounts("login@my-project.iam.gserviceaccount.com")
/// router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
/// router.group("profiles")
///     .add(middleware: try CallerPolicyMiddleware(login, realm: "profiles"))
///     .get(":id") { _, context in "Hello, \(try context.requireCaller().subject)" }
/// ```
/// Add it after ``IDTokenMiddleware``. It narrows the verifier's caller policy and cannot extend it. It rejects every
/// request without a verified caller, whether the request is anonymous or ``IDTokenMiddleware`` is missing; in the latter
/// case the line in the log is a warning. ``IDTokenMiddleware`` describes the log and the events of refused requests.
public struct CallerPolicyMiddleware<Context: CallerRequestContext>: RouterMiddleware {
    private let policy: CallerPolicy
    private let realm: String

    /// Creates a middleware for a policy.
    ///
    /// - Parameters:
    ///   - policy: The callers that are allowed.
    ///   - realm: The name of the protected service, for `WWW-Authenticate` (RFC 9110 §11.5).
    /// - Throws: `IDTokenVerifier.ConfigurationError` with `callers_missing` if the policy names no caller, or contains
    ///   an empty name.
    public init(_ policy: CallerPolicy, realm: String) throws(IDTokenVerifier.ConfigurationError) {
        try policy.checkNames("The caller policy of a route")
        self.policy = policy
        self.realm = realm
    }

    /// Checks the caller of a request and passes the request on.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - context: The request's context, which contains the caller.
    ///   - next: The next responder.
    /// - Returns: The response of `next`.
    /// - Throws: ``RequestRefusedError`` if the policy does not allow the caller, and errors that `next` throws.
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
        let reporter = RefusalReporter.current
        guard let caller = context.caller else {
            throw RequestRefusedError(reporter.missingCaller(for: "this policy", context), realm: self.realm)
        }
        do throws(VerificationError) {
            try self.policy.check(caller)
        } catch {
            reporter.reportRefusal(error, context)
            throw RequestRefusedError(error, realm: self.realm)
        }
    }
}
#else
/// Restricts a group of routes to the callers that a policy allows.
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token in Package.swift")
public typealias CallerPolicyMiddleware = `Enable the trait Hummingbird of swift-google-id-token in Package.swift`
#endif
