//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
public import GoogleIDToken

/// What a call asks of its caller.
@nonexhaustive
public enum RPCAccess: Sendable {
    /// Nothing: credentials are not looked at, so that the call goes through while no keys can be had.
    case open
    /// A caller whom the verifier accepts, or no credentials at all; credentials that are there must hold.
    ///
    /// Another scheme than Bearer counts as no credentials here as everywhere.
    case callerOptional
    /// A caller whom the verifier accepts.
    case caller
    /// A caller whom the verifier accepts, and this policy as well: it narrows the verifier's own and cannot widen it.
    case only(CallerPolicy)
}
#else
/// What a call asks of its caller.
@available(*, unavailable, message: "enable the trait GRPC of swift-google-id-token")
public enum RPCAccess {}
#endif
