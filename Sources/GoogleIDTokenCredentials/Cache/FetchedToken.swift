//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// An ID token or an access token, with its times in seconds since 1970 by this machine's clock.
struct FetchedToken: Sendable {
    /// The token.
    let text: String
    /// The value of a header field that carries it (RFC 6750 §2.1); made once, since it is sent often.
    let header: String
    /// When it expires, as its issuer says.
    let expiresAt: Double
    /// Until when it is used: ``expiresAt``, or earlier if this machine's clock is behind the server's.
    let usableUntil: Double
    /// When another token is fetched.
    let refreshAt: Double

    /// The time before its expiry at which a token is replaced, in seconds; the metadata server gives no other one before.
    static let margin = 240.0
    /// The part of its life before its expiry at which a token that lives shorter is replaced.
    static let marginShare = 0.2

    /// Creates a token.
    ///
    /// - Parameters:
    ///   - text: The token.
    ///   - expiresAt: When it expires, as its issuer says.
    ///   - life: The time from its issue to its expiry, in seconds.
    ///   - clockOffset: The time by which this machine's clock is ahead of the server's, in seconds.
    init(_ text: String, expiresAt: Double, life: Double, clockOffset: Double = 0) {
        self.text = text
        self.header = "Bearer \(text)"
        self.expiresAt = expiresAt
        // If this clock is ahead, the token is replaced too early, which is harmless; a clock that is behind would use it
        // too long.
        self.usableUntil = expiresAt + min(clockOffset, 0)
        self.refreshAt = self.usableUntil - min(Self.margin, max(life, 0) * Self.marginShare)
    }
}
