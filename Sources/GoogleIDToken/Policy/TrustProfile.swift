//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

package import OpenSSLSignature

/// A kind of token: its issuer, its signature algorithm, the URL of its keys, and the headers that carry it.
///
/// These belong together (RFC 8725 §3.8): a key of one issuer must not verify a token of another. Another kind of token
/// is another profile, not an option of this one.
package struct TrustProfile: Sendable {
    /// The only accepted signature algorithm (RFC 8725 §3.1).
    package let signatureAlgorithm: SignatureAlgorithm
    /// The accepted spellings of the issuer.
    package var issuers: [String]
    /// The URL of the keys.
    package let keysURL: String
    /// The headers that can carry the token; the first one that a request has is used.
    package let credentialHeaders: [CredentialHeader]
    /// The longest accepted time between `iat` and `exp`, unless the configuration sets another.
    package let maximumLifetime: Duration

    /// The name of the algorithm in headers and keys.
    package var algorithm: String { self.signatureAlgorithm.rawValue }

    /// Google's OpenID Connect ID tokens.
    package static let googleIDToken = TrustProfile(
        signatureAlgorithm: .rs256,
        issuers: ["https://accounts.google.com", "accounts.google.com"],
        keysURL: "https://www.googleapis.com/oauth2/v3/certs",
        credentialHeaders: [.xServerlessAuthorization, .authorization],
        maximumLifetime: .seconds(24 * 60 * 60)
    )
}
