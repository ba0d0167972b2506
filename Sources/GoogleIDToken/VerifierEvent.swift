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
        /// A caller was established.
        case verified(Verification)
        /// A caller was not established, or may not call.
        case refused(VerificationError, Verification)
        /// A key document was fetched.
        case keysFetched(KeyFetch)
        /// The key server confirmed that the key document has not changed.
        case keysUnchanged(KeyFetch)
        /// A fetch of the key document failed.
        case fetchFailed(FetchFailure)
        /// This machine's clock is ahead of the key server's by this much, or behind if negative: more than 5 s.
        case clockOffset(Duration)

        /// A verification that has ended.
        public struct Verification: Sendable, Hashable {
            /// How long it took.
            public let duration: Duration
            /// Whether an equal token was verified before, so that its signature was not checked again.
            public let isCached: Bool
        }

        /// A fetch that brought keys, or the confirmation that they have not changed.
        public struct KeyFetch: Sendable, Hashable {
            /// How many keys can be used.
            public let keyCount: Int
            /// How many keys of the document cannot be used.
            public let skippedKeyCount: Int
            /// For how long the keys are fresh.
            public let freshFor: Duration
        }

        /// A fetch that failed.
        public struct FetchFailure: Sendable {
            /// What happened, the likely cause and what to do, in one line.
            public let explanation: String
            /// The time until another fetch may be made.
            public let retryIn: Duration
            /// Whether requests are still verified with keys that were fetched before.
            public let hasUsableKeys: Bool
        }
    }
}
