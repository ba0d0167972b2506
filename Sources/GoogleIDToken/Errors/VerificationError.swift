//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Why a caller's identity could not be established, or is not enough.
///
/// It never holds bytes of a token. Claim values stand in ``explanation`` only once the signature held, and escaped.
/// Two errors are equal when their codes are.
public struct VerificationError: Error, Sendable {
    /// What a verification failed on: one of few, fit for a metric's label through its raw value.
    @nonexhaustive
    public enum Code: String, Sendable, CaseIterable {
        /// The request carries no bearer token.
        case credentialsMissing = "credentials_missing"
        /// The request carries more than one credential in one header.
        case credentialsAmbiguous = "credentials_ambiguous"
        /// The header's value is not written as RFC 6750 §2.1 says.
        case credentialsMalformed = "credentials_malformed"
        /// The token is longer than the limit.
        case tokenTooLarge = "token_too_large"
        /// The token is not in the compact form of RFC 7515 §7.1.
        case tokenMalformed = "token_malformed"
        /// Google has replaced the signature, so that the token cannot be used again.
        case signatureRemoved = "signature_removed"
        /// The token's header is not one complete JSON object (RFC 7515 §4).
        case headerMalformed = "header_malformed"
        /// The token is not signed with RS256.
        case algorithmUnsupported = "algorithm_unsupported"
        /// The token's header asks for something that Google's ID tokens never need.
        case headerUnsupported = "header_unsupported"
        /// The token does not name the key that signed it.
        case keyIDMissing = "key_id_missing"
        /// The key set has no such key.
        case keyUnknown = "key_unknown"
        /// The signature does not hold.
        case signatureInvalid = "signature_invalid"
        /// The claims are not one complete JSON object with the required members (RFC 7519 §7.2).
        case claimsMalformed = "claims_malformed"
        /// The token is from another issuer.
        case issuerMismatch = "issuer_mismatch"
        /// The token is for another service.
        case audienceMismatch = "audience_mismatch"
        /// The token's time is over.
        case tokenExpired = "token_expired"
        /// The token says that it was issued in the future.
        case issuedInFuture = "issued_in_future"
        /// The token's time has not begun.
        case tokenNotYetValid = "token_not_yet_valid"
        /// The token is valid for longer than allowed.
        case lifetimeTooLong = "lifetime_too_long"
        /// The token names no e-mail address, and the caller policy needs one.
        case emailMissing = "email_missing"
        /// The token's e-mail address is not verified.
        case emailNotVerified = "email_not_verified"
        /// The caller is genuine and not among those who may call.
        case callerNotAllowed = "caller_not_allowed"
        /// There are no keys to verify with.
        case keysUnavailable = "keys_unavailable"
        /// The task was cancelled while it waited for keys.
        case cancelled
    }

    /// What follows from an error for the request.
    public enum Disposition: String, Sendable, CaseIterable {
        /// The request does not prove who calls: HTTP 401, or 400 where it is written wrongly.
        case rejected
        /// The caller is known and may not call: HTTP 403.
        case forbidden
        /// Nothing is known about the caller, because the keys could not be had: HTTP 503.
        case undecided
        /// Nobody waits for the answer.
        case cancelled
    }

    /// What the verification failed on.
    public let code: Code
    /// What went wrong and what to do about it, in one line, for the operator; not for the caller.
    public let explanation: String
    /// With `keys_unavailable`, the time until keys are asked for again; nil otherwise, or if they never will be.
    public let retryAfter: Duration?
    /// The error from below, where there is one: what OpenSSL said of a signature, or where JSON is broken.
    public let underlying: (any Error)?

    package init(
        _ code: Code,
        _ explanation: String,
        retryAfter: Duration? = nil,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.explanation = explanation
        self.retryAfter = retryAfter
        self.underlying = underlying
    }
}

extension VerificationError: Equatable {
    /// Whether both have the same code.
    ///
    /// - Parameters:
    ///   - left: An error.
    ///   - right: An error.
    /// - Returns: Whether both have the same code.
    public static func == (left: VerificationError, right: VerificationError) -> Bool {
        left.code == right.code
    }
}

extension VerificationError: CustomStringConvertible {
    /// The code and the explanation.
    public var description: String {
        "\(self.code.rawValue): \(self.explanation)"
    }
}
