//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
public import GoogleIDToken
public import Hummingbird

/// Establishes who sent each request, puts the caller into the request's context, and refuses everybody else.
///
/// ```swift
/// let router = Router(context: BasicCallerRequestContext.self)
/// router.get("health") { _, _ in "up" }
/// router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
/// router.get("profiles") { _, context in "Hello, \(context.caller?.email ?? "stranger")" }
/// ```
/// It holds for routes that are added after it. Those added before, or beside it in another group, stay open: they
/// never wait for keys. Added to the router itself, it also guards paths that no route has, and requests with
/// `OPTIONS`; browsers ask with `OPTIONS` and without credentials, so a `CORSMiddleware` comes before it.
///
/// A request is verified once, when it begins: a handler that answers for longer than its caller's token is valid asks
/// `VerifiedIDToken.whileValid(_:)` to be ended. A `VerificationError` that a handler throws, of that or of
/// `CallerPolicy.check(_:)`, is answered as the middleware's own are.
public struct IDTokenMiddleware<Context: CallerRequestContext>: RouterMiddleware {
    private let verifier: IDTokenVerifier
    private let realm: String
    private let allowsAnonymous: Bool

    /// Makes a middleware that verifies with a verifier.
    ///
    /// - Parameters:
    ///   - verifier: What tells who calls; give all middleware of a service the same one, since it holds the keys.
    ///   - realm: The name of what is protected, for `WWW-Authenticate` (RFC 9110 §11.5).
    ///   - allowsAnonymous: Whether requests without credentials go on, with no caller in the context. Credentials that
    ///     are there must hold all the same.
    public init(_ verifier: IDTokenVerifier, realm: String, allowsAnonymous: Bool = false) {
        self.verifier = verifier
        self.realm = realm
        self.allowsAnonymous = allowsAnonymous
    }

    /// Verifies a request and hands it on.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - context: The request's context.
    ///   - next: What is done with a request that may go on.
    /// - Returns: The response of `next`.
    /// - Throws: ``RequestRefusedError`` if the request may not go on, or if `next` throws a `VerificationError`; what
    ///   else `next` throws.
    @concurrent
    public func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.caller = try await self.caller(of: request, context: context)
        do {
            return try await next(request, context)
        } catch let error as VerificationError {
            throw RequestRefusedError(error, realm: self.realm, logger: context.logger)
        }
    }

    private func caller(
        of request: Request,
        context: Context
    ) async throws(RequestRefusedError) -> VerifiedIDToken? {
        do throws(VerificationError) {
            return try await self.verifier.verify(headers: request.headers)
        } catch {
            if self.allowsAnonymous, error.code == .credentialsMissing { return nil }
            throw RequestRefusedError(error, realm: self.realm, logger: context.logger)
        }
    }
}
#else
public import GoogleIDToken

/// Establishes who sent each request, puts the caller into the request's context, and refuses everybody else.
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token")
public struct IDTokenMiddleware {
    /// Is there once the trait is enabled.
    ///
    /// - Parameters:
    ///   - verifier: What tells who calls.
    ///   - realm: The name of what is protected.
    ///   - allowsAnonymous: Whether requests without credentials go on.
    public init(_ verifier: IDTokenVerifier, realm: String, allowsAnonymous: Bool = false) {}
}
#endif
