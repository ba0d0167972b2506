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
    @Test("a token in a last line that is cut off is undecided, because its end is missing")
    func truncatedLastLine() async throws {
        let token = try Captured.token.get()
        let lines = #"{"t":"\#(token)"}"# + "\n" + #"{"t":"\#(token.dropLast(40))"#
        let audit = try await Captured.audit("--field", "t", input: lines)
        #expect(audit.rows.map(\.code) == [nil, "token_cut"])
        #expect(audit.command.status == 2)
    }

    @Test("bytes that are not UTF-8 do not hide the tokens around them")
    func invalidUTF8() async throws {
        try await withTemporaryFolder { folder in
            let token = Data(try Captured.token.get().utf8)
            let file = folder.appending(path: "lines")
            let path = file.path(percentEncoded: false)
            try (Data([0xC3, 0x28, 0x0A]) + token + Data([0x0A])).write(to: file)
            #expect(try await Captured.audit(path).rows.map(\.code) == [nil])
            try (Data("{\"t\":\"".utf8) + Data([0xC3]) + Data("\"}\n{\"t\":\"".utf8) + token + Data("\"}".utf8))
                .write(to: file)
            #expect(try await Captured.audit(path).rows.map(\.code) == [nil])
        }
    }

    @Test("each of many short tokens in one record has a row, though not all rows are kept together")
    func manyShortTokens() async throws {
        let count = 20_000
        let tokens = String(repeating: "eyJhbGciOiJ9.e30. ", count: count)
        let audit = try await Captured.audit(input: "{\"a\":\"\(tokens)\"}\n\(try Captured.token.get())\n")
        #expect(audit.rows.count == count + 1)
        #expect(audit.rows.last?.code == nil)
        #expect(audit.command.errors.contains("\(count + 1) tokens in 2 records: 1 verified, \(count) undecided"))
    }

    @Test(
        "the token after a line of 100 MiB is judged",
        arguments: ["tokens", "headers", "ndjson"]
    )
    func hugeLine(_ format: String) async throws {
        try await withTemporaryFolder { folder in
            let token = try Captured.token.get()
            let (before, after) =
                switch format {
                case "tokens": ("", "\n\(token)\n")
                case "ndjson": (#"{"t":""#, "\"}\n{\"t\":\"\(token)\"}\n")
                default: ("Authorization: Bearer ", "\n\nAuthorization: Bearer \(token)\n")
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
            #expect(audit.rows.last?.verdict == "verified")
        }
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
}
#endif
