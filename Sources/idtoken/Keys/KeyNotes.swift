//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// What the archive says about its keys, for verdicts and their explanations.
struct KeyNotes: Sendable {
    /// By key ID: the days on which the key was seen.
    var vouching: [ExactString: String] = [:]
    /// By key ID: the different keys that had it.
    var conflicts: [ExactString: String] = [:]
    /// By key ID: when the key was seen.
    var sightings: [ExactString: Sightings] = [:]
    /// The days on which any key was seen, counted from 1970; nil if the keys are not an archive.
    var days: Set<Int>?

    /// When a key was seen.
    struct Sightings: Sendable {
        let first: String
        let last: String
        /// Counted from 1970.
        let days: Set<Int>
    }

    /// The first and the last time at which the archive saw a key.
    func sightings(ofKey keyID: String) -> (first: String, last: String)? {
        guard !self.sightings.isEmpty else { return nil }
        return self.sightings[ExactString(keyID)].map { ($0.first, $0.last) }
    }

    /// Whether the archive saw any key on the day of a time, or nil if the keys are not an archive.
    ///
    /// - Parameter seconds: The time in seconds since 1970.
    /// - Returns: Whether it did.
    func hasSighting(onDayOf seconds: Double) -> Bool? {
        self.days.map { days in Self.day(seconds).map { days.contains($0) } ?? false }
    }

    /// Whether the archive saw a key on the day of a time, or nil if it does not know the key.
    func hasSighting(ofKey keyID: String, onDayOf seconds: Double) -> Bool? {
        guard !self.sightings.isEmpty else { return nil }
        return self.sightings[ExactString(keyID)]
            .map { key in
                Self.day(seconds).map { key.days.contains($0) } ?? false
            }
    }

    private static func day(_ seconds: Double) -> Int? {
        Int(exactly: (seconds / 86_400).rounded(.down))
    }
}

extension KeyNotes {
    /// Why a token with a valid signature is believed.
    ///
    /// - Parameters:
    ///   - keyID: The key that has signed it.
    ///   - issuedAt: When it was issued, in seconds since 1970.
    /// - Returns: A sentence or two.
    func accepted(_ keyID: String, issuedAt: Double) -> String {
        guard !self.vouching.isEmpty, let note = self.vouching[ExactString(keyID)] else {
            return "The signature holds."
        }
        guard self.hasSighting(ofKey: keyID, onDayOf: issuedAt) == false else {
            return "The signature holds; \(note)."
        }
        let day = issuedAt.utcText.prefix(10)
        let others =
            self.hasSighting(onDayOf: issuedAt) == true
            ? "although it saw other keys on that day" : "and it saw no key at all on that day"
        return "The signature holds; \(note). The archive did not see this key on \(day), when the token was issued, "
            + "\(others)."
    }

    /// What the archive says about a token whose key it does not have.
    ///
    /// - Parameters:
    ///   - keyID: The key that the token names.
    ///   - issuedAt: When the token says that it was issued, in seconds since 1970; nil if it does not say so.
    /// - Returns: An explanation if it cannot be told whether the key was Google's; otherwise nil.
    func undecided(_ keyID: String, issuedAt: Double?) -> String? {
        if let conflict = self.conflicts[ExactString(keyID)] { return "The key is not used: \(conflict)." }
        // No key of Google's signs for a time before 1970 or after 9999.
        guard let issuedAt, 0..<253_402_300_800 ~= issuedAt, self.hasSighting(onDayOf: issuedAt) == false else {
            return nil
        }
        return
            "The key archive has no key with this ID, and it saw no key at all on \(issuedAt.utcText.prefix(10)), when "
            + "the token says that it was issued, so nobody can tell whether the key was Google's. Add a document of that "
            + "day with 'idtoken keys archive --from FILE --seen TIME'."
    }
}
#endif
