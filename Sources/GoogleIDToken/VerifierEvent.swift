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
            /// Whether a caller was established by a token in the cache, without another check of its signature; false if
            /// the request was refused.
            public let isCached: Bool

            /// Creates a payload, for tests of code that handles events.
            ///
            /// - Parameters:
            ///   - duration: The time that the verification took.
            ///   - isCached: Whether a caller was established by a token in the cache.
            public init(duration: Duration, isCached: Bool) {
                self.duration = duration
                self.isCached = isCached
            }
        }

        /// A fetch that returned keys, or confirmed that they have not changed.
        public struct KeyFetch: Sendable, Hashable {
            /// The number of usable keys.
            public let keyCount: Int
            /// The number of keys in the document that cannot be used.
            public let skippedKeyCount: Int
            /// The time for which the keys are fresh.
            public let freshFor: Duration

            /// Creates a payload, for tests of code that handles events.
            ///
            /// - Parameters:
            ///   - keyCount: The number of usable keys.
            ///   - skippedKeyCount: The number of keys in the document that cannot be used.
            ///   - freshFor: The time for which the keys are fresh.
            public init(keyCount: Int, skippedKeyCount: Int, freshFor: Duration) {
                self.keyCount = keyCount
                self.skippedKeyCount = skippedKeyCount
                self.freshFor = freshFor
            }
        }

        /// A failed fetch.
        public struct FetchFailure: Sendable {
            /// What happened, the likely cause and the remedy, in one line.
            public let explanation: String
            /// The time until the next fetch is allowed.
            public let retryIn: Duration
            /// Whether requests are still verified with keys that were fetched earlier.
            public let hasUsableKeys: Bool
            /// The error of the HTTP client, if it returned no response; what the service's own client throws may print
            /// anything, such as a proxy's password.
            public let underlying: (any Error)?

            /// Creates a payload, for tests of code that handles events.
            ///
            /// - Parameters:
            ///   - explanation: What happened, the likely cause and the remedy, in one line.
            ///   - retryIn: The time until the next fetch is allowed.
            ///   - hasUsableKeys: Whether requests are still verified with keys that were fetched earlier.
            ///   - underlying: The error of the HTTP client, if it returned no response.
            public init(
                explanation: String,
                retryIn: Duration,
                hasUsableKeys: Bool,
                underlying: (any Error)? = nil
            ) {
                self.explanation = explanation
                self.retryIn = retryIn
                self.hasUsableKeys = hasUsableKeys
                self.underlying = underlying
            }
        }
    }
}
