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
/// ``IDTokenMiddleware`` sets the caller; ``CallerPolicyMiddleware`` and handlers read it.
public protocol CallerRequestContext: RequestContext {
    /// The verified caller, or nil before ``IDTokenMiddleware`` runs and for anonymous requests.
    var caller: VerifiedIDToken? { get set }
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
