//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
public import GoogleIDToken
public import Hummingbird

/// A request context that knows who calls.
///
/// ``IDTokenMiddleware`` sets the caller, ``CallerPolicyMiddleware`` and handlers read it.
public protocol CallerRequestContext: RequestContext {
    /// The caller, or nil while none is established: before ``IDTokenMiddleware``, or for an anonymous request.
    var caller: VerifiedIDToken? { get set }
}

/// A request context that holds the caller and what Hummingbird itself needs.
public struct BasicCallerRequestContext: CallerRequestContext {
    /// What Hummingbird itself needs.
    public var coreContext: CoreRequestContextStorage
    /// The caller, or nil while none is established.
    public var caller: VerifiedIDToken?

    /// Makes a context without a caller.
    ///
    /// - Parameter source: Where the request comes from.
    public init(source: ApplicationRequestContextSource) {
        self.coreContext = CoreRequestContextStorage(source: source)
    }
}
#else
/// A request context that knows who calls.
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token")
public protocol CallerRequestContext {}

/// A request context that holds the caller and what Hummingbird itself needs.
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token")
public struct BasicCallerRequestContext {}
#endif
