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
        /// A request was refused: its token could not be verified, or its caller is not allowed.
        ///
        /// The middleware and the interceptor of this package also report the requests that the policy of a route, or
        /// a handler, refuses after the verification. They report nothing for a request without credentials if such
        /// requests are let through.
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

        /// The measurements of one verification, and what is known of a refused request.
        public struct Verification: Sendable, Hashable {
            /// The time that the verification took; zero if ``isAfterVerification``.
            public let duration: Duration
            /// Whether a caller was established by a token in the cache, without another check of its signature; false if
            /// the request was refused.
            public let isCached: Bool
            /// The route of a refused request: its pattern in Hummingbird, such as `/profiles/{id}`, or its method in
            /// gRPC, such as `profiles.v1.Profiles/Get`.
            ///
            /// It never contains the path that the caller sent. It is nil if no route matches, if the request was
            /// accepted, and if the application itself called the verifier.
            public let route: String?
            /// Whether the request was refused after its verification, by the policy of its route or by its handler.
            ///
            /// If the request had a token, the verification itself was an event of its own, ``Event/verified(_:)``.
            public let isAfterVerification: Bool
            /// Whether the request's own logger has the refusal already, so that a log of events need not repeat it.
            ///
            /// It is true for the refusals of Hummingbird's middleware.
            public let isLogged: Bool

            /// Creates a payload, for tests of code that handles events.
            ///
            /// - Parameters:
            ///   - duration: The time that the verification took.
            ///   - isCached: Whether a caller was established by a token in the cache.
            ///   - route: The route of a refused request.
            ///   - isAfterVerification: Whether the request was refused after its verification.
            ///   - isLogged: Whether the request's own logger has the refusal already.
            public init(
                duration: Duration,
                isCached: Bool,
                route: String? = nil,
                isAfterVerification: Bool = false,
                isLogged: Bool = false
            ) {
                self.duration = duration
                self.isCached = isCached
                self.route = route
                self.isAfterVerification = isAfterVerification
                self.isLogged = isLogged
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
