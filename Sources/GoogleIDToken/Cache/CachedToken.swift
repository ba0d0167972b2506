//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// A verified token with the results that do not depend on the time: its valid signature and its claims.
final class CachedToken: Sendable {
    /// The whole token, which a presented token must equal byte by byte.
    let text: String
    /// The token's key ID.
    let keyID: String
    /// The key that verified the signature.
    let key: SignatureKey
    /// The token's claims.
    let claims: Claims

    init(text: String, keyID: String, key: SignatureKey, claims: Claims) {
        self.text = text
        self.keyID = keyID
        self.key = key
        self.claims = claims
    }
}
