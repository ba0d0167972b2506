//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenCredentials {
    /// An event to log or count; it never contains a token, a key or another secret.
    @nonexhaustive
    public enum Event: Sendable {
        /// A source of credentials was chosen, or passed over because it is absent.
        case searched(SearchStep)
        /// A request was sent, and a response came or did not come.
        case requested(Request)
        /// A new token was obtained for an audience.
        case tokenFetched(TokenFetch)
        /// No token could be obtained for an audience.
        case fetchFailed(FetchFailure)
        /// This machine's clock differs from the server's by more than 5 s; the offset is positive if this clock is ahead.
        case clockOffset(Duration)
        /// A credential file contains a secret and can be read by all users of this machine; take that right away.
        case fileReadableByOthers(path: String)
        /// A credential file names another universe than `googleapis.com`: its secrets may be sent to each host on that domain.
        case fileNamesUniverse(path: String, domain: String)

        /// A step of the search for Application Default Credentials.
        public struct SearchStep: Sendable {
            /// What was found or not found, in one line.
            public let description: String
            /// Whether the search ended with this step.
            public let isFound: Bool
        }

        /// A request to a server, or a program that was run or a file that was read instead.
        public struct Request: Sendable {
            /// The method and the URL without its query, or the program, or the file.
            public let target: String
            /// The status of the response, or nil if there was none.
            public let status: Int?
            /// Why there was no response, in one line, or nil if there was one, or if the program or the file gave something.
            public let failure: String?
            /// The number of the attempt, from 1 on.
            public let attempt: Int
        }

        /// A token that was obtained.
        public struct TokenFetch: Sendable {
            /// The token's audience.
            public let audience: String
            /// The time until the token expires.
            public let expiresIn: Duration
        }

        /// A failure to obtain a token.
        public struct FetchFailure: Sendable {
            /// The audience for which there is no new token.
            public let audience: String
            /// The error.
            public let error: IDTokenCredentialsError
            /// The time until the next attempt is allowed.
            public let retryIn: Duration
            /// Whether an earlier token for this audience is still valid, and is used.
            public let hasUsableToken: Bool
        }
    }
}
