//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
public import GoogleIDToken

/// The requirement that a call's caller must meet.
@nonexhaustive
public enum RPCAccess: Sendable {
    /// No requirement: credentials are ignored, so the call succeeds even if no keys are available.
    case open
    /// A caller that the verifier accepts, or no credentials; credentials that the call has must be valid.
    ///
    /// Credentials with a scheme other than Bearer count as no credentials.
    case callerOptional
    /// A caller that the verifier accepts.
    case caller
    /// A caller that both the verifier and this policy accept; the policy cannot extend the verifier's own policy.
    case only(CallerPolicy)
}
#else
/// The requirement that a call's caller must meet.
@available(*, unavailable, message: "enable the trait GRPC of swift-google-id-token in Package.swift")
public typealias RPCAccess = `Enable the trait GRPC of swift-google-id-token in Package.swift`
#endif
