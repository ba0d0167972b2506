//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The state of a verifier's keys, for readiness checks and operators.
///
/// Reading it fetches nothing: a service that receives requests only when it is ready needs ``IDTokenVerifier/run()``,
/// or the first keys are never fetched.
public struct KeyHealth: Sendable {
    /// The number of loaded keys.
    public let keyCount: Int
    /// The number of keys in the document that cannot be used.
    public let skippedKeyCount: Int
    /// Whether requests can be verified with the loaded keys.
    public let isUsable: Bool
    /// Whether the keys are past their lifetime, because newer ones could not be fetched or no request has needed any.
    public let isStale: Bool
    /// The time since the keys were fetched or confirmed, or nil if none are loaded or they were not fetched.
    public let age: Duration?
    /// The time until the next fetch is due, or nil during a fetch and if there will be none.
    public let nextRefresh: Duration?
    /// The last failed fetch, even if a later fetch succeeded.
    public let lastFailure: Failure?
    /// The time by which this machine's clock is ahead of the key server's, or nil if no difference of more than 5 s is
    /// known.
    ///
    /// The value is negative if this machine's clock is behind.
    public let clockOffset: Duration?

    /// A failed fetch.
    public struct Failure: Sendable {
        /// What happened, the likely cause and the remedy, in one line.
        public let explanation: String
        /// The time since the failure.
        public let age: Duration
    }
}
