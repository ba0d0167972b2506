//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// What came of one attempt to fetch a key document.
struct KeyFetchOutcome: Sendable {
    /// What the response brought.
    enum Result: Sendable {
        /// A document with at least one usable key.
        case document(KeySet, fresh: Freshness)
        /// The word that the document at hand is still the current one.
        case notModified(fresh: Freshness)
        /// Nothing that can be used; in words, and for how long the server asks to wait, if it does.
        case failure(String, retryAfter: Duration?)
    }

    /// For how long a document may be used, and how to ask whether it is still the current one.
    struct Freshness: Sendable {
        /// Nil if the response says nothing of it.
        let lifetime: Duration?
        let validators: KeyValidators
    }

    /// What a response tells of this machine's clock.
    enum Clock: Sendable {
        case inTime
        /// It is ahead of the server's by so much, or behind if negative.
        case offset(Duration)
    }

    let result: Result
    /// Nil if no response told the time.
    var clock: Clock?
}

/// What a server gave for asking whether a document has changed (RFC 9110 §8.8).
struct KeyValidators: Sendable, Equatable {
    var entityTag: String?
    var lastModified: String?

    /// These, and where there are none the others: a 304 need not repeat them (RFC 9110 §15.4.5).
    func orElse(_ others: KeyValidators) -> KeyValidators {
        KeyValidators(
            entityTag: self.entityTag ?? others.entityTag,
            lastModified: self.lastModified ?? others.lastModified
        )
    }

    /// The request's header fields that ask.
    var requestFields: [(name: String, value: String)] {
        [("If-None-Match", self.entityTag), ("If-Modified-Since", self.lastModified)]
            .compactMap { name, value in value.map { (name, $0) } }
    }
}
