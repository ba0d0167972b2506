//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// What an archive says about its keys, for the explanations and for the verdicts on unknown keys.
struct KeyNotes: Sendable {
    /// By key ID: the days on which the key was seen.
    var vouching: [ExactString: String] = [:]
    /// By key ID: the different keys that had it.
    var conflicts: [ExactString: String] = [:]
    /// By key ID: the times of the first and the last sighting.
    var seen: [ExactString: (first: String, last: String)] = [:]
    /// When the archive saw its keys; nil if the keys are not from an archive.
    var history: KeyHistory?

    func accepted(_ keyID: String) -> String {
        guard !self.vouching.isEmpty, let note = self.vouching[ExactString(keyID)] else {
            return "The signature holds."
        }
        return "The signature holds; \(note)."
    }

    func unknown(_ keyID: String) -> String? {
        self.conflicts[ExactString(keyID)].map { "The key is not used: \($0)." }
    }

    /// When the archive saw a key for the first and for the last time, in UTC such as `2026-01-31T12:00:00Z`.
    ///
    /// - Returns: The times, or nil if the archive has no key of this ID, or the keys are not from an archive.
    func sightings(ofKey keyID: String) -> (first: String, last: String)? {
        self.seen[ExactString(keyID)]
    }

    /// Whether the archive saw the keys that were published on the day (UTC) of a time.
    ///
    /// If lines of that day are damaged, a key may be missing, and the answer is no.
    ///
    /// - Parameter seconds: A time, in seconds since 1970.
    /// - Returns: Whether it did, or nil if the keys are not from an archive.
    func hasSighting(onDayOf seconds: Double) -> Bool? {
        self.history.map { $0.days.contains(seconds) && !$0.incompleteDays.contains(seconds) }
    }
}
#endif
