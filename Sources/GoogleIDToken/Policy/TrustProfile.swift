//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A kind of token: who issues it, how it is signed, and where its keys are published.
///
/// The three belong together (RFC 8725 §3.8): a key of one issuer must never vouch for a token of another. Another
/// kind of token is another profile, never an option of this one.
struct TrustProfile: Sendable {
    /// The one algorithm of its signatures (RFC 8725 §3.1).
    let algorithm: String
    /// The spellings of its issuer.
    let issuers: [String]
    /// Where its keys are published.
    let keysURL: String

    /// Google's OpenID Connect ID tokens.
    static let googleIDToken = TrustProfile(
        algorithm: "RS256",
        issuers: ["https://accounts.google.com", "accounts.google.com"],
        keysURL: "https://www.googleapis.com/oauth2/v3/certs"
    )
}
