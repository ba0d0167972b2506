//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
public import GoogleIDToken
public import GRPCCore

/// Converts the error into the status of a call.
///
/// | error | status |
/// |---|---|
/// | no credentials, or rejected | `UNAUTHENTICATED` |
/// | malformed or ambiguous credentials | `INVALID_ARGUMENT` |
/// | forbidden | `PERMISSION_DENIED` |
/// | undecided | `UNAVAILABLE` |
/// | cancelled | `CANCELLED` |
///
/// gRPC also converts errors that a handler throws, such as those of `CallerPolicy.check(_:)`.
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

    /// A fixed message for the caller, without bytes of the token, claims or any part of the service's policy.
    public var rpcErrorMessage: String {
        self.code.descriptionForCallers
    }
}
#endif
