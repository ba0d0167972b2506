//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
public import GoogleIDToken
public import Hummingbird

/// A request context that contains the verified caller.
///
/// ``IDTokenMiddleware`` sets the caller; ``CallerPolicyMiddleware`` and handlers read it. A context of your own conforms
/// with one more property:
///
/// ```swift
/// struct AppRequestContext: CallerRequestContext {
///     var coreContext: CoreRequestContextStorage
///     var caller: VerifiedIDToken?
///
///     init(source: Source) {
///         self.coreContext = CoreRequestContextStorage(source: source)
///     }
/// }
/// ```
public protocol CallerRequestContext: RequestContext {
    /// The verified caller, or nil before ``IDTokenMiddleware`` runs and for anonymous requests.
    var caller: VerifiedIDToken? { get set }
}

extension CallerRequestContext {
    /// Returns the verified caller of a request that must have one.
    ///
    /// A request has no caller if it is anonymous where ``IDTokenMiddleware`` allows that, or if ``IDTokenMiddleware``
    /// does not protect the route. The refusal is logged and reported as those of ``IDTokenMiddleware`` are. The realm of
    /// the response is that of ``IDTokenMiddleware``, or empty if there is none.
    ///
    /// - Returns: The verified caller.
    /// - Throws: ``RequestRefusedError`` with the status 401 and `credentials_missing` if there is no caller (RFC 6750
    ///   §3).
    public func requireCaller() throws(RequestRefusedError) -> VerifiedIDToken {
        if let caller = self.caller { return caller }
        let reporter = RefusalReporter.current
        throw RequestRefusedError(reporter.missingCaller(for: "this handler", self), realm: reporter.realm)
    }
}

/// A request context with the caller and Hummingbird's own storage.
public struct BasicCallerRequestContext: CallerRequestContext {
    /// The storage that Hummingbird needs.
    public var coreContext: CoreRequestContextStorage
    /// The verified caller, or nil if there is none.
    public var caller: VerifiedIDToken?

    /// Creates a context without a caller.
    ///
    /// - Parameter source: The source of the request.
    public init(source: ApplicationRequestContextSource) {
        self.coreContext = CoreRequestContextStorage(source: source)
    }
}
#else
/// A request context that contains the verified caller.
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token in Package.swift")
public protocol CallerRequestContext {}

/// A request context with the caller and Hummingbird's own storage.
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token in Package.swift")
public typealias BasicCallerRequestContext = `Enable the trait Hummingbird of swift-google-id-token in Package.swift`
#endif
