//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing
@testable internal import idtoken

/// Sightings, gaps, checksums and compressed files of an archive.
@Suite("Key archive: sightings, damage and gaps")
struct KeyArchiveSightingTests {
    private static let document = "Fixtures/keys/google.json"

    private static func archive(_ folder: URL, seen: String) async throws -> Command {
        try await Command(
            "keys",
            "archive",
            folder.path(percentEncoded: false),
            "--from",
            Self.document,
            "--seen",
            seen
        )
    }

    private static func list(_ folder: URL) async throws -> Command {
        try await Command("keys", "list", "--keys", folder.path(percentEncoded: false))
    }

    @Test("the days of a key are those of its sightings, whatever the files are called")
    func daysAreThoseOfSightings() async throws {
        try await withTemporaryFolder { folder in
            for day in ["2023-11-14", "2023-11-16"] { _ = try await Self.archive(folder, seen: "\(day)T00:00:00Z") }
            let files = ["2023-11-14.ndjson", "2023-11-16.ndjson"].map { folder.appending(path: $0) }
            let both = try files.map { try Data(contentsOf: $0) }.reduce(Data(), +)
            try both.write(to: folder.appending(path: "copy.ndjson"))
            for file in files { try FileManager.default.removeItem(at: file) }
            let audit = try await Captured.audit(
                keys: folder.path(percentEncoded: false),
                input: try Captured.token.get()
            )
            let explanation = audit.rows.first?.explanation ?? ""
            #expect(explanation.contains("seen on 2 days from 2023-11-14 to 2023-11-16"))
            let list = try await Self.list(folder)
            #expect(list.output.contains("no sighting on 1 day: 2023-11-15\n"))
            #expect(list.status == 0)
        }
    }

    @Test("an archive without a gap shows none")
    func noGap() async throws {
        try await withTemporaryFolder { folder in
            for day in ["2023-11-14", "2023-11-15"] { _ = try await Self.archive(folder, seen: "\(day)T00:00:00Z") }
            #expect(try await !Self.list(folder).output.contains("no sighting"))
        }
    }

    @Test("a rotted character makes a line damaged, wherever it is, and never a key in conflict")
    func rottedCharacter() async throws {
        try await withTemporaryFolder { folder in
            #expect(try await Self.archive(folder, seen: "2023-11-14T00:00:00Z").status == 0)
            let file = folder.appending(path: "2023-11-14.ndjson")
            let whole = try Data(contentsOf: file)
            let line = whole.split(separator: UInt8(ascii: "\n"))[0]
            // Each part of the line, and each character of the checksum's own member.
            let places = stride(from: 3, to: line.count, by: 29).map { $0 } + Array(line.count - 78..<line.count - 68)
            for place in places {
                var rotted = whole
                rotted[place] = rotted[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
                var keys = ArchivedKeys()
                let lines = (whole + rotted).split(separator: UInt8(ascii: "\n")).map { keys.add(Array($0)) }
                #expect(lines.filter { !$0 }.count <= 1, "at \(place)")
                #expect(keys.conflicts.isEmpty, "at \(place)")
                #expect(keys.usable.count == 2, "at \(place)")
            }
            var rotted = whole
            rotted[line.count / 2] ^= 1
            try rotted.write(to: file)
            let list = try await Self.list(folder)
            #expect(list.status == 74)
            #expect(list.errors.contains("2023-11-14.ndjson, line 1, does not describe a key, or was changed"))
        }
    }

    @Test("lines without a checksum are accepted, as older versions have written them")
    func withoutChecksum() async throws {
        try await withTemporaryFolder { folder in
            #expect(try await Self.archive(folder, seen: "2023-11-14T00:00:00Z").status == 0)
            let file = folder.appending(path: "2023-11-14.ndjson")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains(/,"sha256":"[0-9a-f]{64}"}\n/))
            try Data(text.replacing(/,"sha256":"[0-9a-f]{64}"/, with: "").utf8).write(to: file)
            let list = try await Self.list(folder)
            #expect(list.status == 0)
            #expect(list.output.contains("2 keys, 0 key IDs in conflict"))
        }
    }

    @Test("compressed day files are read; a damaged one, and one that cannot be read, are told", arguments: [0, 1, 2])
    func compressed(_ damage: Int) async throws {
        try await withTemporaryFolder { folder in
            for day in ["2023-11-14", "2023-11-15"] { _ = try await Self.archive(folder, seen: "\(day)T00:00:00Z") }
            let path = folder.appending(path: "2023-11-14.ndjson").path(percentEncoded: false)
            #expect(try await Command.status(of: ["gzip", path]) == 0)
            let file = URL(filePath: path + ".gz")
            let bytes = try Data(contentsOf: file)
            if damage == 1 { try bytes.prefix(bytes.count - 12).write(to: file) }
            if damage == 2 { try (Data([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) + bytes).write(to: file) }
            let list = try await Self.list(folder)
            #expect(list.status == (damage == 0 ? 0 : 74))
            #expect(list.output.contains("2 keys, 0 key IDs in conflict"))
            #expect(damage == 2 || list.output.contains("2023-11-14T00:00:00Z to 2023-11-15T00:00:00Z"))
            #expect(damage == 0 || list.errors.contains("2023-11-14.ndjson.gz"))
        }
    }

    @Test("a key that is new is told, and the same keys again are not")
    func silence() async throws {
        try await withTemporaryFolder { folder in
            let first = try await Self.archive(folder, seen: "2023-11-14T00:00:00Z")
            #expect(first.output == "2 keys seen, 2 of them new, 2 in the archive\n")
            let second = try await Self.archive(folder, seen: "2023-11-14T00:00:00Z")
            #expect(second.output.isEmpty && second.errors.isEmpty && second.status == 0)
        }
    }

    @Test("a day has a sighting only if all of its lines are whole")
    func sightingsOfDays() {
        var keys = ArchivedKeys()
        keys.noteDamage("2023-11-14.ndjson, line 3", reason: "is damaged", day: "2023-11-14")
        var notes = KeyNotes()
        #expect(notes.hasSighting(onDayOf: 0) == nil)
        var history = keys.history
        history.days.insert(1_699_920_000)
        history.days.insert(1_700_006_400)
        notes.history = history
        #expect(notes.hasSighting(onDayOf: 1_699_999_999) == false)
        #expect(notes.hasSighting(onDayOf: 1_700_006_400) == true)
        #expect(notes.hasSighting(onDayOf: 1_700_092_799) == true)
        #expect(notes.hasSighting(onDayOf: 1_700_092_800) == false)
        #expect(notes.hasSighting(onDayOf: .nan) == false)
    }
}
#endif
