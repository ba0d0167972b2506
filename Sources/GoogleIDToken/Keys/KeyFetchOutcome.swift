//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The outcome of one attempt to fetch a key document.
struct KeyFetchOutcome: Sendable {
    /// The result of the request.
    enum Result: Sendable {
        /// A document with at least one usable key.
        case document(KeySet, fresh: Freshness)
        /// A confirmation that the current document has not changed.
        case notModified(fresh: Freshness)
        /// An error with its reason, and the time that the server asks to wait, if it does.
        case failure(String, retryAfter: Duration?)
    }

    /// The lifetime of a document, and the validators to revalidate it.
    struct Freshness: Sendable {
        /// Nil if the response does not state a lifetime.
        let lifetime: Duration?
        let validators: KeyValidators
    }

    let result: Result
    /// Nil if no response stated the time.
    var clock: HeaderFields.Clock?
    /// The error of the HTTP client, if it returned no response.
    var underlying: (any Error)?
}

/// The validators of a key document, which are sent to ask whether it has changed (RFC 9110 §8.8).
struct KeyValidators: Sendable, Equatable {
    var entityTag: String?
    var lastModified: String?

    /// Returns these validators, with missing ones taken from others: a 304 need not repeat them (RFC 9110 §15.4.5).
    func orElse(_ others: KeyValidators) -> KeyValidators {
        KeyValidators(
            entityTag: self.entityTag ?? others.entityTag,
            lastModified: self.lastModified ?? others.lastModified
        )
    }

    /// The header fields of a conditional request.
    var requestFields: [(name: String, value: String)] {
        [("If-None-Match", self.entityTag), ("If-Modified-Since", self.lastModified)]
            .compactMap { name, value in value.map { (name, $0) } }
    }
}
