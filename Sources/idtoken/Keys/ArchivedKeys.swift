//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// The keys of one issuer in an archive, with the times at which they were seen.
struct ArchivedKeys {
    /// A key, with the times at which it was seen.
    struct Entry {
        let key: KeySet.Key
        /// In seconds since 1970.
        var firstSeen: Double
        var lastSeen: Double
        var days = DaySet()
        var sightingCount = 0
        var sources: Set<String>

        /// The days on which it was seen, in words.
        var sightings: String {
            let first = self.firstSeen.utcText.prefix(10)
            let last = self.lastSeen.utcText.prefix(10)
            guard self.days.count > 1 else { return "seen on \(first)" }
            return "seen on \(self.days.count) days from \(first) to \(last)"
        }

        fileprivate mutating func note(_ time: Double, source: String) {
            self.firstSeen = min(self.firstSeen, time)
            self.lastSeen = max(self.lastSeen, time)
            self.days.insert(time)
            self.sightingCount += 1
            self.sources.insert(source)
        }
    }

    /// A key ID and the key's numbers, which are compared byte by byte.
    private struct Identity: Hashable {
        let id: [UInt8]
        let numbers: [[UInt8]]
    }

    private let profile: TrustProfile

    private var entries: [Identity: Entry] = [:]
    /// What was skipped, because it does not describe keys: a line, or a file that cannot be read.
    private(set) var damaged: [DamagedPlace] = []
    private var incompleteDays = DaySet()

    /// A place of the archive that was skipped.
    struct DamagedPlace: Sendable {
        /// The file, and the line if it is one line.
        let place: String
        let reason: String
    }

    init(of profile: TrustProfile = .googleIDToken) {
        self.profile = profile
    }

    var isEmpty: Bool { self.entries.isEmpty }

    /// Adds a line, which says that a key was seen.
    ///
    /// A line about a key of another issuer changes nothing.
    ///
    /// - Returns: Whether it describes a key, and was not changed after it was written.
    mutating func add(_ line: [UInt8]) -> Bool {
        guard let json = try? JSONReader.read(line), ArchiveLine.isIntact(line, json: json),
            let sighting = json.objectValue, let seen = sighting["seen"]?.stringValue,
            let time = TimeText.seconds(seen), let source = sighting["source"]?.stringValue,
            let id = sighting["kid"]?.stringValue
        else { return false }
        guard ArchiveLine.isOf(self.profile, line: sighting) else { return true }
        let numbers = self.profile.signatureAlgorithm.keyNumbers.compactMap { sighting[$0]?.stringValue }
        let identity = Identity(id: Array(id.utf8), numbers: numbers.map { Array($0.utf8) })
        if self.entries[identity] == nil {
            let document = IDTokenJSON.object([("keys", .array([json]))])
            guard let key = try? KeyDocument(document, for: self.profile).keySet.keys.first else { return false }
            self.entries[identity] = Entry(key: key, firstSeen: time, lastSeen: time, sources: [])
        }
        self.entries[identity]?.note(time, source: source)
        return true
    }

    /// Whether a key has been seen exactly once.
    func isNew(_ key: KeySet.Key) -> Bool {
        self.entries.values.contains { entry in
            entry.sightingCount == 1 && entry.key.isSame(as: key)
        }
    }

    /// Notes something that was skipped.
    ///
    /// - Parameters:
    ///   - place: The file, and the line if it is one line.
    ///   - reason: Why it was skipped.
    ///   - day: The day of the file, such as `2026-01-31`.
    mutating func noteDamage(_ place: String, reason: String, day: String) {
        self.damaged.append(DamagedPlace(place: place, reason: reason))
        if let time = TimeText.seconds("\(day)T00:00:00Z") { self.incompleteDays.insert(time) }
    }

    /// The keys by their IDs, those that were seen first before the others.
    private var byID: [[Entry]] {
        Dictionary(grouping: self.entries.values) { Array($0.key.id.utf8) }
            .map { (id: $0.key, entries: $0.value.sorted { $0.firstSeen < $1.firstSeen }) }
            .sorted { left, right in
                let times = (left.entries.first?.firstSeen ?? 0, right.entries.first?.firstSeen ?? 0)
                return times.0 == times.1 ? left.id.lexicographicallyPrecedes(right.id) : times.0 < times.1
            }
            .map(\.entries)
    }

    /// The keys that can be used.
    var usable: [Entry] {
        self.byID.filter { $0.count == 1 }.flatMap { $0 }
    }

    /// The key IDs that several different keys had, with a description; these keys are not used.
    var conflicts: [(keyID: String, words: String)] {
        self.byID.filter { $0.count > 1 }
            .map { entries in
                let seen = entries.map { "one \($0.sightings) (\($0.sources.sorted().joined(separator: ", ")))" }
                let id = entries.first?.key.id ?? ""
                return (
                    id,
                    "\(entries.count) different keys have had the key ID \(IDTokenJSON.string(id).json): "
                        + seen.joined(separator: ", ")
                )
            }
    }

    /// The keys ready for use.
    var keySet: KeySet {
        let usable = self.usable
        return KeySet(usable.map(\.key), skippedKeyCount: self.entries.count - usable.count)
    }

    /// What the archive says about its keys.
    var notes: KeyNotes {
        var notes = KeyNotes()
        for entry in self.usable {
            let id = ExactString(entry.key.id)
            notes.vouching[id] = "the archive vouches for the key, \(entry.sightings)"
            notes.sightings[id] = KeyNotes.Sightings(
                first: entry.firstSeen.utcText,
                last: entry.lastSeen.utcText,
                days: entry.days
            )
        }
        for conflict in self.conflicts { notes.conflicts[ExactString(conflict.keyID)] = conflict.words }
        notes.history = self.history
        return notes
    }

    /// When the keys were seen.
    var history: KeyHistory {
        var history = KeyHistory()
        for entries in self.byID {
            var days = DaySet()
            for entry in entries { days.formUnion(entry.days) }
            history.days.formUnion(days)
            guard let first = entries.first else { continue }
            history.keys.append(
                KeyHistory.Key(
                    id: first.key.id,
                    firstSeen: first.firstSeen,
                    lastSeen: entries.map(\.lastSeen).max() ?? first.lastSeen,
                    dayCount: days.count,
                    isInConflict: entries.count > 1
                )
            )
        }
        history.incompleteDays = self.incompleteDays
        return history
    }

    /// Reports damaged lines and conflicts on standard error.
    ///
    /// - Returns: The exit status for a command about the archive itself, or nil if there are no problems.
    func reportProblems() -> CommandFailure.Status? {
        for damaged in self.damaged.prefix(Self.mostReported) {
            StandardStreams.report(
                "WARNING: the archive file \(damaged.place), \(damaged.reason). If the keys in it are in no other "
                    + "line, tokens that they have signed are key_unknown. Restore the file from a copy, or remove "
                    + "what is damaged."
            )
        }
        if self.damaged.count > Self.mostReported {
            StandardStreams.report(
                "WARNING: \(self.damaged.count) lines or files of the archive are skipped in total."
            )
        }
        for conflict in self.conflicts {
            StandardStreams.report(
                "WARNING: \(conflict.words). One of these keys may be forged, so none of them is used. Delete the "
                    + "lines of the wrong key from the archive."
            )
        }
        if !self.damaged.isEmpty { return .unreadableInput }
        return self.conflicts.isEmpty ? nil : .rejected
    }

    private static let mostReported = 10
}
#endif
