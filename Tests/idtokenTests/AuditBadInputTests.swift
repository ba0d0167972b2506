//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// `idtoken audit` on what is no record: a row each, and on to the next.
@Suite("idtoken audit: bad input")
struct AuditBadInputTests {
    @Test("a last line that is cut off is a malformed record, and the row says that its line end is missing")
    func truncatedLastLine() async throws {
        let token = try Captured.token.get()
        let lines = #"{"t":"\#(token)"}"# + "\n" + #"{"t":"\#(token.prefix(100))"#
        let audit = try await Captured.audit("--field", "t", input: lines)
        #expect(audit.rows.map(\.code) == [nil, "record_malformed"])
        #expect(audit.rows.last?.explanation.contains("without a line end") == true)
        #expect(audit.command.status == 1)
    }

    @Test("what is not UTF-8 is a malformed record, and the records around it are judged")
    func invalidUTF8() async throws {
        try await withTemporaryFolder { folder in
            let token = Data(try Captured.token.get().utf8)
            let file = folder.appending(path: "lines")
            try (Data([0xFF, 0xFE, 0x0A]) + token + Data([0x0A])).write(to: file)
            let path = file.path(percentEncoded: false)
            #expect(try await Captured.audit(path).rows.map(\.code) == ["record_malformed", nil])
            try (Data("{\"t\":\"".utf8) + Data([0xC3]) + Data("\"}\n{\"t\":\"".utf8) + token + Data("\"}".utf8))
                .write(to: file)
            #expect(try await Captured.audit("--field", "t", path).rows.map(\.code) == ["record_malformed", nil])
            try (Data("GET / HTTP/1.1\nAuthorization: ".utf8) + Data([0xFF]) + Data("\n\n".utf8)).write(to: file)
            #expect(try await Captured.audit(path).rows.map(\.code) == ["record_malformed"])
        }
    }

    @Test(
        "a line of 100 MiB is a record that is too large, and the next record is judged",
        arguments: ["tokens", "headers", "ndjson"]
    )
    func hugeLine(_ format: String) async throws {
        try await withTemporaryFolder { folder in
            let token = try Captured.token.get()
            let (before, after, codes): (String, String, [String?]) =
                switch format {
                case "tokens": ("", "\n\(token)\n", ["record_too_large", nil])
                case "ndjson": (#"{"t":""#, "\"}\n{\"t\":\"\(token)\"}\n", ["record_too_large", nil])
                default: ("Authorization: Bearer ", "\n\nAuthorization: Bearer \(token)\n", ["record_too_large", nil])
                }
            let file = folder.appending(path: "lines")
            #expect(FileManager.default.createFile(atPath: file.path(percentEncoded: false), contents: nil))
            let handle = try FileHandle(forWritingTo: file)
            // In a dump of headers a line is too long only after the request has begun.
            if format == "headers" { try handle.write(contentsOf: Data("Host: h\n".utf8)) }
            try handle.write(contentsOf: Data(before.utf8))
            let block = Data(repeating: UInt8(ascii: "a"), count: 1 << 20)
            for _ in 0..<100 { try handle.write(contentsOf: block) }
            try handle.write(contentsOf: Data(after.utf8))
            try handle.close()
            let field = format == "ndjson" ? ["--field", "t"] : []
            let audit = try await Captured.audit(["--input", format] + field + [file.path(percentEncoded: false)])
            #expect(audit.rows.map(\.code) == codes)
        }
    }

    @Test("empty input has no rows, and the command counts 0 records and succeeds")
    func emptyInput() async throws {
        let audit = try await Captured.audit()
        #expect(audit.command.status == 0)
        #expect(audit.command.output.isEmpty)
        #expect(audit.command.errors.hasPrefix("0 records\n"))
    }

    @Test(
        "a file that cannot be read is named in one line, and nothing else is written",
        arguments: [
            (["no/such/file"], "no/such/file cannot be read: No such file or directory."),
            (["Fixtures/tokens/valid.jwt", "no/such/file"], "no/such/file cannot be read"),
            (["Fixtures"], "Fixtures is a folder"),
            (["--keys", "no/such/keys", "Fixtures/tokens/valid.jwt"], "no/such/keys cannot be used: No such file"),
        ]
    )
    func unreadableInputIsNamedBeforeAnyOutput(_ arguments: [String], _ words: String) async throws {
        let keys = arguments.contains("--keys") ? [] : ["--keys", Captured.keys]
        let command = try await Command(["audit", "--audience", Captured.audience] + keys + arguments)
        #expect(command.status == (keys.isEmpty ? 75 : 74))
        #expect(command.output.isEmpty)
        #expect(command.errors.contains(words))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test(
        "options that make no sense give status 64 and no output",
        arguments: [
            ["--field", ""], ["--field", ".a["], ["--field", "a..b"], ["--field", "t", "--input", "tokens"],
            ["--at", "once"], ["--format", "xml"], ["--input", "xml"], ["--resume-after", "-1"], ["--audience", ""],
        ]
    )
    func wrongUseIsRefused(_ arguments: [String]) async throws {
        let command = try await Command(
            ["audit", "--keys", Captured.keys, "--audience", Captured.audience] + arguments
        )
        #expect(command.status == 64)
        #expect(command.output.isEmpty)
        #expect(!command.errors.isEmpty)
    }

    @Test("lines of JSON are refused without --field, and the error names that option")
    func jsonNeedsAField() async throws {
        let command = try await Command(
            ["audit", "--keys", Captured.keys, "--audience", Captured.audience, "--format", "csv"],
            input: "{\"a\":1}\n"
        )
        #expect(command.status == 64)
        #expect(command.output.isEmpty)
        #expect(command.errors.contains("say with --field where it is"))
    }

    @Test("input that is compressed with gzip is refused, and the error mentions zcat")
    func compressedInputIsNamed() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "a.gz")
            try Data([0x1F, 0x8B, 8, 0]).write(to: file)
            let audit = try await Captured.audit(file.path(percentEncoded: false))
            #expect(audit.command.status == 74)
            #expect(audit.command.errors.contains("zcat"))
        }
    }
}
#endif
