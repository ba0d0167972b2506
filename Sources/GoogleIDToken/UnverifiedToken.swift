//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The input of a verification.
enum PresentedCredential: Sendable {
    /// The headers of a request, one of which carries a token.
    case request(RequestHeaders)
    /// A token without a request.
    case token(Substring)
}

/// A token that is parsed but not verified.
struct UnverifiedToken: Sendable {
    /// The header that carried the token, or nil if the token was given without a request.
    let credentialHeader: CredentialHeader?
    let voucher: Voucher

    /// What must confirm the claims.
    enum Voucher: Sendable {
        /// The signature, which must be valid under the key with this ID.
        case key(String, SignedToken)
        /// Cloud Run, whose access check removed the signature.
        case cloudRun(CompactToken)
    }

    /// A token with a signature.
    enum SignedToken: Sendable {
        case new(CompactToken)
        /// A token whose equal was verified before.
        case cached(CachedToken)
    }
}
