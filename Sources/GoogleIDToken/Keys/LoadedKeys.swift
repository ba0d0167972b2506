//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// What is known about the keys among which a key ID was not found.
enum LoadedKeys: Sendable {
    /// A file that was read when the verifier was created.
    case file(String)
    /// A document or keys in memory.
    case document
    /// Keys that were fetched.
    ///
    /// - `age`: The time since the last fetch that succeeded.
    /// - `nextFetch`: The time until an unknown key ID may cause a fetch; nil during a fetch.
    /// - `lastFailure`: The reason why newer keys could not be fetched.
    case fetched(age: Duration, nextFetch: Duration?, lastFailure: String?)

    /// Sentences for the operator: how old the keys are, and how a newer key is found.
    var inWords: String {
        switch self {
        case .file(let path):
            return
                "The keys are those of the file \(path.quotedForOperators), which is read once and never refreshed: if "
                + "the token's key is newer, renew the file and restart the process."
        case .document:
            return
                "The keys are those of a document that the verifier was given and never refreshes: if the token's key is "
                + "newer, give a newer document."
        case .fetched(let age, let nextFetch, let lastFailure):
            let next =
                if let nextFetch {
                    nextFetch > .zero
                        ? "can start in \(VerificationError.wholeSeconds(nextFetch)) s"
                        : "can start with the next request"
                } else {
                    "is running"
                }
            let start = "The keys were fetched \(durationInWords(seconds: age.inSeconds)) ago"
            guard let lastFailure else {
                return "\(start); if the token's key is newer, the next fetch for an unknown key ID finds it, which "
                    + "\(next)."
            }
            return "\(start), and the key may also be newer than the last successful fetch: \(lastFailure). The next "
                + "fetch \(next)."
        }
    }
}
