//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
public import GoogleIDToken
public import GRPCCore

/// The answer to a call that could not be verified.
///
/// | what happened | status |
/// |---|---|
/// | no credentials, or rejected | `UNAUTHENTICATED` |
/// | credentials written wrongly | `INVALID_ARGUMENT` |
/// | forbidden | `PERMISSION_DENIED` |
/// | undecided | `UNAVAILABLE` |
/// | cancelled | `CANCELLED` |
///
/// It goes for handlers too: what `CallerPolicy.check(_:)` throws in one needs no translation.
extension VerificationError: RPCErrorConvertible {
    /// The status of the call.
    public var rpcErrorCode: RPCError.Code {
        switch self.code {
        case .credentialsAmbiguous, .credentialsMalformed: .invalidArgument
        default:
            switch self.disposition {
            case .rejected: .unauthenticated
            case .forbidden: .permissionDenied
            case .undecided: .unavailable
            case .cancelled: .cancelled
            }
        }
    }

    /// Fixed words for the caller: no byte of the token, no claim, nothing of the service's policy.
    public var rpcErrorMessage: String {
        self.code.descriptionForCallers
    }
}
#endif
