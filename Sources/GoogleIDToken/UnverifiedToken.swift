//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// What a caller presents.
enum PresentedCredential: Sendable {
    /// The headers of a request, one of which carries a token.
    case request(RequestHeaders)
    /// A token without a request.
    case token(Substring)
}

/// A token that was read and not verified yet.
struct UnverifiedToken: Sendable {
    /// The header that carries it, or nil if it was given without a request.
    let credentialHeader: CredentialHeader?
    let voucher: Voucher

    /// Who vouches for the claims.
    enum Voucher: Sendable {
        /// The key of an ID, if the signature holds under it.
        case key(String, SignedToken)
        /// Cloud Run, whose own access check has removed the signature.
        case cloudRun(CompactToken)
    }

    /// A token with a signature.
    enum SignedToken: Sendable {
        case new(CompactToken)
        /// An equal token was verified before.
        case cached(CachedToken)
    }
}
