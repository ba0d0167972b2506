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
    /// One key, and when it was seen.
    struct Entry {
        let key: KeySet.Key
        var firstSeen: String
        var lastSeen: String
        var days: Set<String>
        var sources: Set<String>

        /// In words.
        var sightings: String {
            let first = self.firstSeen.prefix(10)
            let last = self.lastSeen.prefix(10)
            guard self.days.count > 1 else { return "seen on \(first)" }
            return "seen on \(self.days.count) days from \(first) to \(last)"
        }
    }

    /// A key ID and the key's numbers, byte by byte.
    private struct Identity: Hashable {
        let id: [UInt8]
        let modulus: String
        let exponent: String
    }

    private var entries: [Identity: Entry] = [:]
    /// The files and lines that were passed over, since they are no sightings.
    var damaged: [String] = []

    var isEmpty: Bool { self.entries.isEmpty }

    /// Adds a sighting.
    ///
    /// - Parameters:
    ///   - line: The line of the archive.
    ///   - day: The day of its file.
    /// - Returns: Whether it is one.
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
        let document = JSONValue.object(JSONObject(members: [("keys", .array([json]))]))
        guard let key = try? KeyDocument(document).keySet.keys.first else { return false }
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

    /// Of each key ID that different keys had, what is wrong; none of them is used.
    var conflicts: [(keyID: String, words: String)] {
        self.byID.filter { $0.count > 1 }
            .map { entries in
                let seen = entries.map { "one \($0.sightings) (\($0.sources.sorted().joined(separator: ", ")))" }
                let id = entries.first?.key.id ?? ""
                return (
                    id,
                    "\(entries.count) different keys have had the key ID \(JSONValue.string(id).json): "
                        + seen.joined(separator: ", ")
                )
            }
    }

    /// The keys ready for use.
    var keySet: KeySet {
        let usable = self.usable
        return KeySet(usable.map(\.key), skippedKeyCount: self.entries.count - usable.count)
    }

    /// What is to be said of them.
    var notes: KeyNotes {
        var notes = KeyNotes()
        for entry in self.usable {
            notes.vouching[ExactString(entry.key.id)] = "the archive vouches for the key, \(entry.sightings)"
        }
        for conflict in self.conflicts { notes.conflicts[ExactString(conflict.keyID)] = conflict.words }
        return notes
    }

    /// Tells of damaged lines and of conflicts on standard error, whatever else happens.
    ///
    /// - Returns: The exit status that they call for in a command about the archive itself, or nil if there are none.
    func reportProblems() -> CommandFailure.Status? {
        for place in self.damaged.prefix(Self.mostReported) {
            StandardStreams.report(
                "WARNING: the archive file \(place), is no sighting of a key and is passed over; tokens signed by that "
                    + "key may come out as key_unknown. Restore the file, or take the line out."
            )
        }
        if self.damaged.count > Self.mostReported {
            StandardStreams.report("WARNING: \(self.damaged.count) lines of the archive are passed over in all.")
        }
        for conflict in self.conflicts {
            StandardStreams.report(
                "WARNING: \(conflict.words). None of them is used: one may be forged; take the "
                    + "lines of the wrong one out of the archive."
            )
        }
        if !self.damaged.isEmpty { return .unreadableInput }
        return self.conflicts.isEmpty ? nil : .rejected
    }

    private static let mostReported = 10
}
#endif
