//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// When a token is accepted (RFC 7519 §4.1.4 to §4.1.6).
///
/// All values are seconds since 1970 as `Double`, in which no sum traps and whole seconds are exact.
struct TimePolicy: Sendable {
    /// How far clocks may differ, in seconds.
    let clockSkew: Double
    /// The longest time between `iat` and `exp`, in seconds.
    let maximumLifetime: Double

    /// Checks the claims `exp`, `iat` and `nbf`.
    ///
    /// - Parameters:
    ///   - claims: The claims.
    ///   - now: The time to judge by, in seconds since 1970.
    /// - Throws: ``VerificationError`` with `token_expired`, `issued_in_future`, `token_not_yet_valid` or
    ///   `lifetime_too_long`.
    func check(_ claims: Claims, at now: Double) throws(VerificationError) {
        guard now < claims.expiresAt + self.clockSkew else {
            throw VerificationError(
                .tokenExpired,
                "The token expired \(durationInWords(seconds: now - claims.expiresAt)) ago; have the caller fetch a new one before "
                    + "each hour is over, and check this machine's clock."
            )
        }
        guard claims.issuedAt <= now + self.clockSkew else {
            throw VerificationError(
                .issuedInFuture,
                "The token was issued \(durationInWords(seconds: claims.issuedAt - now)) in the future; the clock of this machine "
                    + "is behind by about as much."
            )
        }
        if let notBefore = claims.notBefore, notBefore > now + self.clockSkew {
            throw VerificationError(
                .tokenNotYetValid,
                "The token becomes valid only in \(durationInWords(seconds: notBefore - now)); check this machine's clock."
            )
        }
        guard claims.expiresAt - claims.issuedAt <= self.maximumLifetime else {
            throw VerificationError(
                .lifetimeTooLong,
                "The token is valid for \(durationInWords(seconds: claims.expiresAt - claims.issuedAt)), longer than this service "
                    + "accepts (Configuration.maximumLifetime); Google's ID tokens are valid for an hour."
            )
        }
    }
}
