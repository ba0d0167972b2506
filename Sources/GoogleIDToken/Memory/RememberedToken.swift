//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// What time cannot change of a token that was accepted: its signature holds under a key, and what it claims.
///
/// It holds nothing that could be presented as a token.
final class RememberedToken: Sendable {
    /// The SHA-256 of the whole token.
    let digest: SHA256Hash
    /// The key ID that the token names.
    let keyID: String
    /// The key under which the signature holds.
    let key: RSAPublicKey
    /// The claims.
    let claims: Claims

    init(digest: SHA256Hash, keyID: String, key: RSAPublicKey, claims: Claims) {
        self.digest = digest
        self.keyID = keyID
        self.key = key
        self.claims = claims
    }
}
