//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// `idtoken keys archive`, and verification against what it has kept.
@Suite("Key archive")
struct KeyArchiveTests {
    private static let document = "Fixtures/keys/google.json"

    private static func archive(_ folder: URL, from document: String = Self.document, seen: String) async throws
        -> Command
    {
        try await Command("keys", "archive", folder.path(percentEncoded: false), "--from", document, "--seen=\(seen)")
    }

    /// The document with the first key's ID at the second key.
    private static func forged(in folder: URL) throws -> String {
        let text = try String(contentsOf: Command.projectRoot.appending(path: Self.document), encoding: .utf8)
        let ids = text.matches(of: /"kid": *"([^"]+)"/).map { String($0.1) }
        let first = try #require(ids.first)
        let last = try #require(ids.last)
        let file = folder.appending(path: "forged.json")
        try Data(text.replacing(first, with: "other").replacing(last, with: first).utf8).write(to: file)
        return file.path(percentEncoded: false)
    }

    @Test("archived keys verify a token, and the output says on which days they were seen")
    func vouchesForKeysOfThePast() async throws {
        try await withTemporaryFolder { parent in
            let folder = parent.appending(path: "archive")
            let path = folder.path(percentEncoded: false)
            #expect(try await Self.archive(folder, seen: "2023-11-14T00:00:00Z").status == 0)
            let second = try await Self.archive(
                folder,
                from: "Fixtures/keys/google-certificates.json",
                seen: "2023-11-16T01:02:03Z"
            )
            // The same keys in the other form of document: nothing is new, so cron sends no mail.
            #expect(second.output.isEmpty)
            #expect(second.errors.isEmpty)
            let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            #expect(names == [".lock", "2023-11-14.ndjson", "2023-11-16.ndjson"])

            let audit = try await Captured.audit(keys: path, input: try Captured.token.get())
            #expect(audit.rows.map(\.verdict) == ["verified"])
            let words = "seen on 2 days from 2023-11-14 to 2023-11-16"
            #expect(audit.rows.first?.explanation.contains(words) == true)

            let verify = try await Command(
                "verify",
                "--keys",
                path,
                "--audience",
                Captured.audience,
                "--at",
                "1700000000",
                input: try Captured.token.get()
            )
            #expect(verify.status == 0)
            #expect(verify.output.contains(words))
            #expect(
                try await Command("keys", "list", "--keys", path).output.hasSuffix("2 keys, 0 key IDs in conflict\n")
            )
        }
    }

    @Test("a second run on one day adds lines to the day's file and changes none")
    func keepsEveryLine() async throws {
        try await withTemporaryFolder { folder in
            #expect(try await Self.archive(folder, seen: "2023-11-14T01:00:00Z").status == 0)
            let file = folder.appending(path: "2023-11-14.ndjson")
            let before = try Data(contentsOf: file)
            #expect(try await Self.archive(folder, seen: "2023-11-14T02:00:00Z").status == 0)
            let after = try Data(contentsOf: file)
            #expect(after.count == 2 * before.count)
            #expect(after.starts(with: before))
        }
    }

    @Test("two keys that have had one key ID are reported, and neither verifies anything")
    func twoKeysOfOneIDAreReportedAndNotUsed() async throws {
        try await withTemporaryFolder { parent in
            let folder = parent.appending(path: "archive")
            let path = folder.path(percentEncoded: false)
            #expect(try await Self.archive(folder, seen: "2023-11-14T00:00:00Z").status == 0)
            let forged = try await Self.archive(folder, from: Self.forged(in: parent), seen: "2023-11-15T00:00:00Z")
            #expect(forged.status == 1)
            #expect(forged.errors.contains("WARNING: 2 different keys have had the key ID"))

            let audit = try await Captured.audit(keys: path, input: try Captured.token.get())
            #expect(audit.rows.map(\.code) == ["key_unknown"])
            #expect(audit.rows.first?.explanation.contains("2 different keys have had the key ID") == true)
            #expect(audit.command.errors.contains("WARNING"))
            #expect(try await Command("keys", "list", "--keys", path).status == 1)
        }
    }

    @Test(
        "a damaged line is named, and the keys of the other lines are still used",
        arguments: ["not JSON", "{}", #"{"seen":"2023-11-14T00:00:00Z","source":"s","kid":"k","n":"AQ","e":"AQAB"}"#]
    )
    func damageIsNamedAndPassedOver(_ line: String) async throws {
        try await withTemporaryFolder { folder in
            #expect(try await Self.archive(folder, seen: "2023-11-14T00:00:00Z").status == 0)
            let file = folder.appending(path: "2023-11-14.ndjson")
            try (try Data(contentsOf: file) + Data("\n\(line)".utf8)).write(to: file)
            let path = folder.path(percentEncoded: false)
            let audit = try await Captured.audit(keys: path, input: try Captured.token.get())
            #expect(audit.command.status == 2)
            #expect(audit.rows.map(\.verdict) == ["verified"])
            #expect(audit.command.errors.contains("2023-11-14.ndjson, line 4, does not describe a key"))
            let list = try await Command("keys", "list", "--keys", path)
            #expect(list.status == 74)
            #expect(list.output.contains("2 keys, 0 key IDs in conflict"))
            // The archive goes on.
            let archive = try await Self.archive(folder, seen: "2023-11-15T00:00:00Z")
            #expect(archive.status == 74)
            #expect(archive.output.isEmpty)
        }
    }

    @Test(
        "a time before 1970 or after 9999 is refused before a folder is made",
        arguments: [
            "-70000000000", "-1", "253402300800", "999999999999", "10000-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
        ]
    )
    func timeThatCannotBeWrittenIsRefused(_ time: String) async throws {
        try await withTemporaryFolder { parent in
            let folder = parent.appending(path: "archive")
            let archive = try await Self.archive(folder, seen: time)
            #expect(archive.status == 64)
            #expect(!FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)))
        }
    }

    @Test(
        "the first time of 1970 and the last of 9999 are written and read back",
        arguments: ["0", "253402300799", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
    )
    func timeAtTheEndsIsReadBack(_ time: String) async throws {
        try await withTemporaryFolder { folder in
            let archive = try await Self.archive(folder, seen: time)
            #expect(archive.status == 0)
            let list = try await Command("keys", "list", "--keys", folder.path(percentEncoded: false))
            #expect(list.status == 0)
        }
    }

    @Test("the error says that a folder holds no keys or cannot be written")
    func emptyAndUnreadableFoldersAreNamed() async throws {
        try await withTemporaryFolder { folder in
            let audit = try await Captured.audit(keys: folder.path(percentEncoded: false), input: "x")
            #expect(audit.command.status == 75)
            #expect(audit.command.errors.contains("contains no keys"))
            let archive = try await Self.archive(folder.appending(path: "a/b"), seen: "1")
            #expect(archive.status == 74)
            #expect(archive.errors.contains("cannot be written: No such file or directory"))
        }
    }

    @Test("a run removes the unfinished file that a killed run has left")
    func leftoversOfKilledRunsAreTakenAway() async throws {
        try await withTemporaryFolder { folder in
            try Data("{".utf8).write(to: folder.appending(path: ".2023-11-14.ndjson.1.partial"))
            #expect(try await Self.archive(folder, seen: "2023-11-14T00:00:00Z").status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            #expect(names.sorted() == [".lock", "2023-11-14.ndjson"])
        }
    }
}
#endif
