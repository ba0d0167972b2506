//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The time limits of a token (RFC 7519 §4.1.4 to §4.1.6).
///
/// All values are seconds since 1970 as `Double`, in which sums cannot trap and whole seconds are exact.
struct TimePolicy: Sendable {
    /// The largest accepted difference between clocks, in seconds.
    let clockSkew: Double
    /// The longest time between `iat` and `exp`, in seconds.
    let maximumLifetime: Double

    /// Checks the claims `exp`, `iat` and `nbf`.
    ///
    /// - Parameters:
    ///   - claims: The claims.
    ///   - now: The time to compare with, in seconds since 1970.
    /// - Throws: ``VerificationError`` with `token_expired`, `issued_in_future`, `token_not_yet_valid` or
    ///   `lifetime_too_long`.
    func check(_ claims: Claims, at now: Double) throws(VerificationError) {
        guard now < claims.expiresAt + self.clockSkew else {
            throw VerificationError(
                .tokenExpired,
                "The token expired \(durationInWords(seconds: now - claims.expiresAt)) ago; the caller uses an old "
                    + "token, or this machine's clock is ahead. Have the caller request a new token before the old one "
                    + "expires, and check the clock."
            )
        }
        guard claims.issuedAt <= now + self.clockSkew else {
            throw VerificationError(
                .issuedInFuture,
                "The token was issued \(durationInWords(seconds: claims.issuedAt - now)) in the future; this machine's "
                    + "clock is probably behind by about as much. Synchronise the clock."
            )
        }
        if let notBefore = claims.notBefore, notBefore > now + self.clockSkew {
            throw VerificationError(
                .tokenNotYetValid,
                "The token becomes valid in \(durationInWords(seconds: notBefore - now)); this machine's clock may be "
                    + "behind. Check the clock."
            )
        }
        guard claims.expiresAt - claims.issuedAt <= self.maximumLifetime else {
            let words = claims.profile.words
            throw VerificationError(
                .lifetimeTooLong,
                "The token is valid for \(durationInWords(seconds: claims.expiresAt - claims.issuedAt)), longer than "
                    + "Configuration.maximumLifetime; \(words.tokens) are valid for \(words.lifetime), so "
                    + "\(words.remedy)."
            )
        }
    }
}
