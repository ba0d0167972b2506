//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// How a verifier's keys are, for a readiness check or an operator.
///
/// Looking at it fetches nothing: a service that takes requests only when it is ready needs ``IDTokenVerifier/run()``, or
/// nothing ever fetches the first keys.
public struct KeyHealth: Sendable {
    /// How many keys are at hand.
    public let keyCount: Int
    /// How many keys of the document cannot be used.
    public let skippedKeyCount: Int
    /// Whether verifications can be made with the keys at hand.
    public let isUsable: Bool
    /// Whether the keys are past their lifetime: newer ones could not be fetched, or nobody has needed any.
    public let isStale: Bool
    /// The time since the keys were fetched or confirmed, or nil if there are none or they were given.
    public let age: Duration?
    /// The time until the next fetch is due, or nil while one is under way or if none will be made.
    public let nextRefresh: Duration?
    /// The last failure, also if a later fetch succeeded.
    public let lastFailure: Failure?
    /// How far this machine's clock is ahead of the key server's, or nil if it is off by 5 s or less as far as is known.
    ///
    /// Negative if it is behind.
    public let clockOffset: Duration?

    /// A fetch that failed.
    public struct Failure: Sendable {
        /// What went wrong and what to do, in one line.
        public let explanation: String
        /// The time since it failed.
        public let age: Duration
    }
}
