//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials
internal import OpenSSLSignature

extension IDTokenVerifier {
    /// Verifies a request with the keys that are already loaded, for code that cannot suspend.
    ///
    /// This method never fetches keys: call ``warmUp()`` before it, and let ``run()`` keep the keys fresh.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; the case of their names does not matter.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``; `keys_unavailable` if no keys are loaded, or if the loaded keys are too old to
    ///   use.
    public func verifyWithoutFetching(
        headers: some Sequence<(name: String, value: String)>,
        at time: Date? = nil
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.verifyWithoutFetching(.request(RequestHeaders(headers)), at: JudgementTime(time))
    }

    /// Verifies a request with the keys that are already loaded, for code that cannot suspend.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; the case of their names does not matter.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``; `keys_unavailable` if no keys are loaded, or if the loaded keys are too old to
    ///   use.
    public func verifyWithoutFetching(
        headers: [String: String],
        at time: Date? = nil
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.verifyWithoutFetching(.request(RequestHeaders(headers)), at: JudgementTime(time))
    }

    /// Verifies a token with the keys that are already loaded, for code that cannot suspend.
    ///
    /// - Parameters:
    ///   - token: The token, in the compact form of RFC 7515 §7.1.
    ///   - time: The time at which the token must be valid; nil means the current time.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``; `keys_unavailable` if no keys are loaded, or if the loaded keys are too old to
    ///   use.
    public func verifyWithoutFetching(
        token: String,
        at time: Date? = nil
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.verifyWithoutFetching(.token(token[...]), at: JudgementTime(time))
    }

    /// Verifies a token at the first moment at which it is valid, so that a recorded token does not fail because it has
    /// expired.
    ///
    /// - Parameter token: The token, in the compact form of RFC 7515 §7.1.
    /// - Returns: The verified caller.
    /// - Throws: ``VerificationError``.
    package func verifyWithoutFetching(
        tokenInItsOwnTime token: String
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.verifyWithoutFetching(.token(token[...]), at: .tokensOwn)
    }

    /// Whether the e-mail address in the claims of a refused token counts as verified, or nil if the claims cannot be read.
    package func hasVerifiedEmail(inClaims payload: [UInt8]) -> Bool? {
        (try? Claims(parsing: payload, for: self.profile))?.isEmailVerified
    }

    /// The length of the signatures of a loaded key, in bytes, or nil if no such key is loaded.
    package func signatureSize(ofKey keyID: String) -> Int? {
        (try? self.keys.keyWithoutFetching(keyID))?.signatureByteCount
    }
}
