//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

extension IDTokenVerifier {
    /// Establishes who sent a request with the keys at hand, for code that cannot suspend.
    ///
    /// It never fetches: call ``warmUp()`` before, and let ``run()`` keep the keys fresh.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; names may come in any case.
    ///   - time: The time to judge by; now, if nil.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``; `keys_unavailable` if no keys have been fetched, or only some too old to use.
    public func verifyWithoutFetching(
        headers: some Sequence<(name: String, value: String)>,
        at time: Date? = nil
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.verifyWithoutFetching(.request(RequestHeaders(headers)), at: JudgementTime(time))
    }

    /// Establishes who sent a request with the keys at hand, for code that cannot suspend.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; names may come in any case.
    ///   - time: The time to judge by; now, if nil.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``; `keys_unavailable` if no keys have been fetched, or only some too old to use.
    public func verifyWithoutFetching(
        headers: [String: String],
        at time: Date? = nil
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.verifyWithoutFetching(.request(RequestHeaders(headers)), at: JudgementTime(time))
    }

    /// Establishes whom a token names with the keys at hand, for code that cannot suspend.
    ///
    /// - Parameters:
    ///   - token: The token, in the compact form of RFC 7515 §7.1.
    ///   - time: The time to judge by; now, if nil.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``; `keys_unavailable` if no keys have been fetched, or only some too old to use.
    public func verifyWithoutFetching(
        token: String,
        at time: Date? = nil
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.verifyWithoutFetching(.token(token[...]), at: JudgementTime(time))
    }

    /// Establishes whom a token named while it was valid, whenever that was: everything but the time is checked.
    ///
    /// - Parameter token: The token, in the compact form of RFC 7515 §7.1.
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``.
    package func verifyWithoutFetching(
        tokenInItsOwnTime token: String
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.verifyWithoutFetching(.token(token[...]), at: .tokensOwn)
    }
}
