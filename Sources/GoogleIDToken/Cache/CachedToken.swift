//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// A token that was verified, with what time cannot change of it: its signature holds under a key, and its claims.
final class CachedToken: Sendable {
    /// The whole token, to which a presented one must be equal.
    let text: String
    /// The key ID that the token names.
    let keyID: String
    /// The key under which the signature holds.
    let key: RSAPublicKey
    /// The claims.
    let claims: Claims

    init(text: String, keyID: String, key: RSAPublicKey, claims: Claims) {
        self.text = text
        self.keyID = keyID
        self.key = key
        self.claims = claims
    }
}
