//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The reason why a request could not be verified, or why its caller is not allowed.
///
/// It never contains bytes of a token. ``explanation`` quotes claims only if their signature was verified, and escapes
/// them. Two errors are equal if their codes are equal.
public struct VerificationError: Error, Sendable {
    /// The kind of failure; its raw value suits a metric label, since there are few kinds.
    @nonexhaustive
    public enum Code: String, Sendable, CaseIterable {
        /// The request carries no token.
        case credentialsMissing = "credentials_missing"
        /// One header of the request carries more than one credential.
        case credentialsAmbiguous = "credentials_ambiguous"
        /// The header's value does not have the syntax of RFC 6750 §2.1.
        case credentialsMalformed = "credentials_malformed"
        /// The token is longer than the configured limit.
        case tokenTooLarge = "token_too_large"
        /// The token is not in the compact form of RFC 7515 §7.1.
        case tokenMalformed = "token_malformed"
        /// Google has replaced the signature, so that the token cannot be used again.
        case signatureRemoved = "signature_removed"
        /// The token's header is not one complete JSON object (RFC 7515 §4).
        case headerMalformed = "header_malformed"
        /// The token is not signed with the algorithm of its issuer, such as RS256.
        case algorithmUnsupported = "algorithm_unsupported"
        /// The token's header has a parameter that Google's ID tokens do not have.
        case headerUnsupported = "header_unsupported"
        /// The token's header has no key ID.
        case keyIDMissing = "key_id_missing"
        /// The key set has no key with the token's key ID.
        case keyUnknown = "key_unknown"
        /// The signature is invalid.
        case signatureInvalid = "signature_invalid"
        /// The claims are not one complete JSON object with the required members (RFC 7519 §7.2).
        case claimsMalformed = "claims_malformed"
        /// The token is from another issuer.
        case issuerMismatch = "issuer_mismatch"
        /// The token is for another service.
        case audienceMismatch = "audience_mismatch"
        /// The token has expired.
        case tokenExpired = "token_expired"
        /// The token's issue time (`iat`) is in the future.
        case issuedInFuture = "issued_in_future"
        /// The token is not valid yet (`nbf`).
        case tokenNotYetValid = "token_not_yet_valid"
        /// The token's lifetime is longer than allowed.
        case lifetimeTooLong = "lifetime_too_long"
        /// The token is bound to a key or certificate (`cnf`) that the request does not prove (RFC 7800 §3).
        case confirmationFailed = "confirmation_failed"
        /// The token has no e-mail address, and the caller policy needs one.
        case emailMissing = "email_missing"
        /// The token's e-mail address is not verified.
        case emailNotVerified = "email_not_verified"
        /// The caller's identity is verified, but the policy does not allow this caller.
        case callerNotAllowed = "caller_not_allowed"
        /// No keys are available to verify the token.
        case keysUnavailable = "keys_unavailable"
        /// The task was cancelled while it waited for keys.
        case cancelled
    }

    /// The effect of an error on the request.
    public enum Disposition: String, Sendable, CaseIterable {
        /// The request does not prove the caller's identity: HTTP 401, or 400 if the credential is malformed.
        case rejected
        /// The caller's identity is verified, but the caller is not allowed: HTTP 403.
        case forbidden
        /// The caller's identity could not be checked, because no keys are available: HTTP 503.
        case undecided
        /// The task was cancelled, so no client waits for the response.
        case cancelled
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, the likely cause and the remedy, in one line, for operators; do not send it to the caller.
    public var explanation: String {
        switch self.reason {
        case .text(let text): text
        case .unknownKey(let keys, let words): Self.explanation(ofUnknownKeyAmong: keys, words)
        case .token(let explain, let words): explain(words)
        }
    }
    private let reason: Reason
    /// The time until the next fetch of keys, with `keys_unavailable`; nil for other codes, or if no fetch will follow.
    public let retryAfter: Duration?
    /// The underlying error, if there is one: OpenSSL's error for a signature, or the position of an error in JSON.
    public let underlying: (any Error)?

    package init(
        _ code: Code,
        _ explanation: String,
        retryAfter: Duration? = nil,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.reason = .text(explanation)
        self.retryAfter = retryAfter
        self.underlying = underlying
    }

    /// Creates an error about a token, whose explanation names the kind of token that is expected.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - underlying: The underlying error, if there is one.
    ///   - explain: Returns the explanation, with the words for the expected tokens.
    init(
        _ code: Code,
        underlying: (any Error)? = nil,
        explain: @escaping @Sendable (_ words: TokenWords) -> String
    ) {
        self.init(code, .token(explain, .googleIDToken), underlying: underlying)
    }

    private init(_ code: Code, _ reason: Reason, retryAfter: Duration? = nil, underlying: (any Error)? = nil) {
        self.code = code
        self.reason = reason
        self.retryAfter = retryAfter
        self.underlying = underlying
    }

    /// The same error, with an explanation in the words for other tokens than Google's ID tokens.
    func explained(by words: TokenWords) -> VerificationError {
        let reason: Reason
        switch self.reason {
        case .text: return self
        case .unknownKey(let keys, _): reason = .unknownKey(keys, words)
        case .token(let explain, _): reason = .token(explain, words)
        }
        return VerificationError(self.code, reason, retryAfter: self.retryAfter, underlying: self.underlying)
    }

    /// Creates the error for an unknown key ID, which says how old the keys are and how newer ones are found.
    static func keyUnknown(among keys: LoadedKeys) -> VerificationError {
        VerificationError(.keyUnknown, .unknownKey(keys, .googleIDToken))
    }

    /// What the explanation is made of.
    ///
    /// Anyone can send any number of wrong tokens, so most explanations are written only if somebody reads them.
    private enum Reason: Sendable {
        case text(String)
        indirect case unknownKey(LoadedKeys, TokenWords)
        indirect case token(@Sendable (TokenWords) -> String, TokenWords)
    }
}

extension VerificationError: Equatable {
    /// Compares the codes of two errors.
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
