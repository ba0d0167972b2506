//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// The keys of an archive.
struct ArchivedKeys {
    /// A key, with the times at which it was seen.
    struct Entry {
        let key: KeySet.Key
        var firstSeen: String
        var lastSeen: String
        var days: Set<String>
        var sources: Set<String>

        /// The days on which it was seen, in words.
        var sightings: String {
            let first = self.firstSeen.prefix(10)
            let last = self.lastSeen.prefix(10)
            guard self.days.count > 1 else { return "seen on \(first)" }
            return "seen on \(self.days.count) days from \(first) to \(last)"
        }
    }

    /// A key ID and the key's numbers, which are compared byte by byte.
    private struct Identity: Hashable {
        let id: [UInt8]
        let modulus: String
        let exponent: String
    }

    private var entries: [Identity: Entry] = [:]
    /// The places of the lines that were skipped, because they do not describe a key.
    var damaged: [String] = []

    var isEmpty: Bool { self.entries.isEmpty }

    /// Adds a line, which says that a key was seen.
    ///
    /// - Parameters:
    ///   - line: The line of the archive.
    ///   - day: The day of its file.
    /// - Returns: Whether the line describes a key.
    mutating func add(_ line: [UInt8], day: String) -> Bool {
        guard let json = try? JSONReader.read(line), let sighting = json.objectValue,
            let seen = sighting["seen"]?.stringValue, let seconds = TimeText.seconds(seen),
            let source = sighting["source"]?.stringValue, let id = sighting["kid"]?.stringValue,
            let modulus = sighting["n"]?.stringValue, let exponent = sighting["e"]?.stringValue
        else { return false }
        let identity = Identity(id: Array(id.utf8), modulus: modulus, exponent: exponent)
        let time = seconds.utcText
        if var known = self.entries[identity] {
            known.firstSeen = min(known.firstSeen, time)
            known.lastSeen = max(known.lastSeen, time)
            known.days.insert(day)
            known.sources.insert(source)
            self.entries[identity] = known
            return true
        }
        let document = IDTokenJSON.object([("keys", .array([json]))])
        guard let key = try? KeyDocument(document, for: .googleIDToken).keySet.keys.first else { return false }
        self.entries[identity] = Entry(key: key, firstSeen: time, lastSeen: time, days: [day], sources: [source])
        return true
    }

    /// The keys by their IDs, those that were seen first before the others.
    private var byID: [[Entry]] {
        Dictionary(grouping: self.entries.values) { Array($0.key.id.utf8) }.values
            .map { $0.sorted { $0.firstSeen < $1.firstSeen } }
            .sorted {
                ($0.first?.firstSeen ?? "", $0.first?.key.id ?? "") < (
                    $1.first?.firstSeen ?? "", $1.first?.key.id ?? ""
                )
            }
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
                first: entry.firstSeen,
                last: entry.lastSeen,
                days: Self.numbers(of: entry.days)
            )
        }
        notes.days = Self.numbers(of: self.entries.values.reduce(into: []) { $0.formUnion($1.days) })
        for conflict in self.conflicts { notes.conflicts[ExactString(conflict.keyID)] = conflict.words }
        return notes
    }

    /// Days such as `2026-01-31`, counted from 1970.
    private static func numbers(of days: Set<String>) -> Set<Int> {
        Set(days.compactMap { TimeText.seconds("\($0)T00:00:00Z") }.map { Int($0) / 86_400 })
    }

    /// Reports damaged lines and conflicts on standard error.
    ///
    /// - Returns: The exit status for a command about the archive itself, or nil if there are no problems.
    func reportProblems() -> CommandFailure.Status? {
        for place in self.damaged.prefix(Self.mostReported) {
            StandardStreams.report(
                "WARNING: the archive file \(place), does not describe a key and is skipped, perhaps because the file "
                    + "was damaged or edited. Tokens that its key has signed are rejected as key_unknown. Restore the "
                    + "file from a copy, or delete the line."
            )
        }
        if self.damaged.count > Self.mostReported {
            StandardStreams.report("WARNING: \(self.damaged.count) lines of the archive are skipped in total.")
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
