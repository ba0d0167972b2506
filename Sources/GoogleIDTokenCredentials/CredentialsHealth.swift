//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenCredentials {
    /// The state of the tokens, for readiness checks and operators; reading it fetches nothing.
    public struct Health: Sendable {
        /// The source of the credentials, in words, such as `metadata server, account default`.
        public let source: String
        /// The state for each audience for which a token was asked, the last used first; at most 64.
        public let audiences: [Audience]
        /// The time by which this machine's clock is ahead of the server's, or nil if no difference of more than 5 s is
        /// known; the value is negative if this machine's clock is behind.
        public let clockOffset: Duration?

        /// Whether there is a valid token for each audience, and at least one; use ``IDTokenCredentials/warmUp(for:)-(String...)`` to
        /// obtain the first.
        public var isReady: Bool {
            !self.audiences.isEmpty && self.audiences.allSatisfy { $0.expiresIn != nil }
        }

        /// The state of the token for an audience.
        public struct Audience: Sendable {
            /// The audience.
            public let audience: String
            /// The time until the token expires, or nil if there is no valid token.
            public let expiresIn: Duration?
            /// The time until the next fetch is due, or nil during a fetch.
            public let nextRefresh: Duration?
            /// The last failed fetch, even if a later fetch succeeded.
            public let lastFailure: Failure?
        }

        /// A failed fetch.
        public struct Failure: Sendable {
            /// The error.
            public let error: IDTokenCredentialsError
            /// The time since the failure.
            public let age: Duration
        }
    }
}
