//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// An event to log or count; it never contains bytes of a token.
    @nonexhaustive
    public enum Event: Sendable {
        /// A token was verified and its caller is allowed.
        case verified(Verification)
        /// A token could not be verified, or its caller is not allowed.
        case refused(VerificationError, Verification)
        /// A key document was fetched.
        case keysFetched(KeyFetch)
        /// The key server responded that the key document has not changed.
        case keysUnchanged(KeyFetch)
        /// A fetch of the key document failed.
        case fetchFailed(FetchFailure)
        /// This machine's clock differs from the key server's by more than 5 s; the offset is positive if this clock is
        /// ahead.
        case clockOffset(Duration)

        /// The measurements of one verification.
        public struct Verification: Sendable, Hashable {
            /// The time that the verification took.
            public let duration: Duration
            /// Whether the token was in the cache, so that its signature was not checked again.
            public let isCached: Bool
        }

        /// A fetch that returned keys, or confirmed that they have not changed.
        public struct KeyFetch: Sendable, Hashable {
            /// The number of usable keys.
            public let keyCount: Int
            /// The number of keys in the document that cannot be used.
            public let skippedKeyCount: Int
            /// The time for which the keys are fresh.
            public let freshFor: Duration
        }

        /// A failed fetch.
        public struct FetchFailure: Sendable {
            /// What happened, the likely cause and the remedy, in one line.
            public let explanation: String
            /// The time until the next fetch is allowed.
            public let retryIn: Duration
            /// Whether requests are still verified with keys that were fetched earlier.
            public let hasUsableKeys: Bool
        }
    }
}
