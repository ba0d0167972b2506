//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A kind of token: who issues it, how it is signed, where its keys are published, and how a request carries it.
///
/// These belong together (RFC 8725 §3.8): a key of one issuer must never vouch for a token of another. Another kind of
/// token is another profile, never an option of this one.
package struct TrustProfile: Sendable {
    /// The one algorithm of its signatures (RFC 8725 §3.1).
    package let algorithm: String
    /// The spellings of its issuer.
    package var issuers: [String]
    /// Where its keys are published.
    package let keysURL: String
    /// The headers that can carry it; the first that a request has is the one that counts.
    package let credentialHeaders: [CredentialHeader]
    /// The longest accepted time between `iat` and `exp`, unless the configuration says otherwise.
    package let maximumLifetime: Duration

    /// Google's OpenID Connect ID tokens.
    package static let googleIDToken = TrustProfile(
        algorithm: "RS256",
        issuers: ["https://accounts.google.com", "accounts.google.com"],
        keysURL: "https://www.googleapis.com/oauth2/v3/certs",
        credentialHeaders: [.xServerlessAuthorization, .authorization],
        maximumLifetime: .seconds(24 * 60 * 60)
    )
}
