//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
public import GoogleIDToken
internal import HTTPTypes
public import Hummingbird

/// Verifies the ID token of each request, stores the caller in the request's context, and rejects other requests.
///
/// ```swift
/// let router = Router(context: BasicCallerRequestContext.self)
/// router.get("health") { _, _ in "up" }
/// router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
/// router.get("profiles") { _, context in "Hello, \(context.caller?.email ?? "stranger")" }
/// ```
/// It applies to routes that are added after it. Routes that are added before it, or in another group, stay open and
/// never wait for keys. If it is added to the router itself, it also applies to paths without a route and to `OPTIONS`
/// requests. Browsers send `OPTIONS` without credentials, so add a `CORSMiddleware` before it.
///
/// A request is verified once, when it begins. A handler that may run for longer than its caller's token is valid can
/// use `VerifiedIDToken.whileValid(_:)`. If a handler throws a `VerificationError`, from that method or from
/// `CallerPolicy.check(_:)`, the middleware converts it into the same response as its own errors.
///
/// Each refused request is a line in the log of its context and an event of the verifier, whether this middleware,
/// ``CallerPolicyMiddleware`` or a handler refuses it. Of requests with the same error code ten in ten seconds have a
/// line; one more line says how many had none.
public struct IDTokenMiddleware<Context: CallerRequestContext>: RouterMiddleware {
    private let verifiers: IDTokenVerifiers
    private let realm: String
    private let allowsAnonymous: Bool
    private let limit: RefusalLimit

    /// Creates a middleware for a verifier.
    ///
    /// - Parameters:
    ///   - verifier: The verifier; use the same one for all middleware of a service, since it holds the keys.
    ///   - realm: The name of the protected service, for `WWW-Authenticate` (RFC 9110 §11.5).
    ///   - allowsAnonymous: Whether requests without credentials are passed on, with no caller in the context.
    ///     Credentials that a request has must be valid in either case.
    public init(_ verifier: IDTokenVerifier, realm: String, allowsAnonymous: Bool = false) {
        self.init(verifier, realm: realm, allowsAnonymous: allowsAnonymous, limit: RefusalLimit())
    }

    /// Creates a middleware for a choice of verifiers, by the header that carries a token.
    ///
    /// - Parameters:
    ///   - verifiers: The verifiers; use the same ones for all middleware of a service, since they hold the keys.
    ///   - realm: The name of the protected service, for `WWW-Authenticate` (RFC 9110 §11.5).
    ///   - allowsAnonymous: Whether requests without credentials are passed on, with no caller in the context.
    ///     Credentials that a request has must be valid in either case.
    public init(_ verifiers: IDTokenVerifiers, realm: String, allowsAnonymous: Bool = false) {
        self.init(verifiers, realm: realm, allowsAnonymous: allowsAnonymous, limit: RefusalLimit())
    }

    /// Creates a middleware with a limit for the lines in the log.
    init(_ verifier: IDTokenVerifier, realm: String, allowsAnonymous: Bool = false, limit: RefusalLimit) {
        self.init(IDTokenVerifiers(only: verifier), realm: realm, allowsAnonymous: allowsAnonymous, limit: limit)
    }

    private init(_ verifiers: IDTokenVerifiers, realm: String, allowsAnonymous: Bool, limit: RefusalLimit) {
        self.verifiers = verifiers
        self.realm = realm
        self.allowsAnonymous = allowsAnonymous
        self.limit = limit
    }

    /// Verifies a request and passes it on.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - context: The request's context.
    ///   - next: The next responder.
    /// - Returns: The response of `next`.
    /// - Throws: ``RequestRefusedError`` if the request is rejected, or if `next` throws a `VerificationError`; other
    ///   errors that `next` throws.
    @concurrent
    public func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        let reporter: RefusalReporter
        (context.caller, reporter) = try await self.caller(of: request, context: context)
        do {
            return try await RefusalReporter.$current.withValue(reporter) {
                try await next(request, context)
            }
        } catch let error as VerificationError {
            reporter.reportRefusal(error, context)
            throw RequestRefusedError(error, realm: self.realm)
        }
    }

    private func caller(
        of request: Request,
        context: Context
    ) async throws(RequestRefusedError) -> (caller: VerifiedIDToken?, reporter: RefusalReporter) {
        let headers = request.headers.lazy.map { (name: $0.name.rawName, value: $0.value) }
        let served = RefusalReporter.request(context, allowsAnonymous: self.allowsAnonymous)
        var reporter = RefusalReporter(verifier: nil, realm: self.realm, limit: self.limit)
        do throws(VerificationError) {
            let verifier = try self.verifiers.verifier(for: headers, of: served)
            reporter.verifier = verifier
            return (try await verifier.verify(headers: headers, of: served), reporter)
        } catch {
            if self.allowsAnonymous, error.code == .credentialsMissing { return (nil, reporter) }
            reporter.log(error, context)
            throw RequestRefusedError(error, realm: self.realm)
        }
    }
}
#else
/// Verifies the ID token of each request, stores the caller in the request's context, and rejects other requests.
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token in Package.swift")
public typealias IDTokenMiddleware = `Enable the trait Hummingbird of swift-google-id-token in Package.swift`
#endif
