//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// Something that an operator may want to log or count; it holds no bytes of a token.
    @nonexhaustive
    public enum Event: Sendable {
        /// A caller was established, after so long, and perhaps by a token that was remembered.
        case verified(after: Duration, isRemembered: Bool)
        /// A caller was not established or may not call, after so long.
        case refused(VerificationError, after: Duration)
        /// A key document was fetched.
        case keysFetched(keyCount: Int, skippedKeyCount: Int, freshFor: Duration)
        /// The server confirmed that the keys at hand are still the current ones.
        case keysUnchanged(keyCount: Int, freshFor: Duration)
        /// A fetch failed, and another will be made no sooner than after `retryIn`.
        case fetchFailed(explanation: String, retryIn: Duration, hasUsableKeys: Bool)
        /// This machine's clock is ahead of the key server's by so much, or behind if negative: more than 5 s.
        case clockOffset(Duration)
    }
}
