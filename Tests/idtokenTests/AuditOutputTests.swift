//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import TestSupport
internal import Testing

/// What `idtoken audit` writes about tokens whose claims were chosen to disturb whoever reads it.
@Suite("idtoken audit: output about hostile claims")
struct AuditOutputTests {
    private static func audit(_ token: String, format: String) async throws -> Command {
        try await withTemporaryFolder { folder in
            let keys = folder.appending(path: "keys.json")
            try Data(TestToken.keyDocument).write(to: keys)
            return try await Command(
                [
                    "audit", "--keys", keys.path(percentEncoded: false), "--audience", TestToken.audience,
                    "--format", format,
                ],
                input: token
            )
        }
    }

    @Test("no claim makes a cell of CSV begin like a formula, or adds a cell or a row")
    func spreadsheetsSeeNoFormula() async throws {
        let token = try TestToken.minted(
            header: TestToken.header(["kid": #""@key""#]),
            claims: TestToken.claims()
        )
        #expect(try await Self.audit(token, format: "csv").output.contains(#","""@key""","#))
        for text in ["=1+1", "+1", "-1", "\\\"=1", "\\u0009=1", "a,b", "a\\r\\nb"] {
            let token = try TestToken.minted(claims: TestToken.claims(["aud": "\"\(text)\""]))
            let output = try await Self.audit(token, format: "csv").output
            #expect(output.hasSuffix("\r\n"))
            let rows = output.split(separator: "\r\n", omittingEmptySubsequences: true)
            #expect(rows.count == 2)
            #expect(output.utf8.allSatisfy { 0x20...0x7E ~= $0 || $0 == 0x0D || $0 == 0x0A })
            for cell in try #require(rows.last).split(separator: ",") {
                #expect(cell.first.map { !"=+-@".contains($0) } ?? true)
            }
        }
    }

    @Test(
        "a claim with control characters is written in printable ASCII in every format",
        arguments: ["table", "ndjson", "csv"]
    )
    func terminalsSeeNoControlCharacters(_ format: String) async throws {
        let token = try TestToken.minted(
            claims: TestToken.claims(["aud": #""\u001b[31m\u009b\u202ered\u0007""#])
        )
        let output = try await Self.audit(token, format: format).output
        #expect(output.contains("red"))
        #expect(output.utf8.allSatisfy { 0x20...0x7E ~= $0 || $0 == 0x0A || $0 == 0x0D })
    }

    @Test(
        "no format repeats the beginning of a segment, whether the token is whole or damaged",
        arguments: ["table", "ndjson", "csv"]
    )
    func noOutputHoldsAToken(_ format: String) async throws {
        let token = try TestToken.minted()
        for text in [token, token + "A", String(token.dropLast(9)), token.replacing(".", with: "")] {
            let audit = try await Self.audit(text + "\nBearer a \(text)\n", format: format)
            for segment in token.split(separator: ".") {
                #expect(!audit.output.contains(segment.prefix(12)))
                #expect(!audit.errors.contains(segment.prefix(12)))
            }
        }
    }

    /// Appends the rows of three records to a file, and returns the file's lines.
    private static func appended(
        to content: String,
        _ arguments: [String],
        format: String = "ndjson",
        redirection: String = ">>"
    ) async throws -> [String] {
        try await withTemporaryFolder { folder in
            let output = folder.appending(path: "out")
            try Data(content.utf8).write(to: output)
            let paths = [Command.executable, output].map { $0.path(percentEncoded: false) }
            let script =
                "idtoken=$1 out=$2; shift 2; printf 'a\\nb\\nc\\n' | \"$idtoken\" audit \"$@\" 2>/dev/null "
                + "\(redirection)\"$out\""
            let options = ["--keys", Captured.keys, "--audience", Captured.audience, "--format", format]
            let status = try await Command.status(
                of: ["sh", "-c", script, "sh"] + paths + options + arguments
            )
            #expect(status == 1)
            return try String(contentsOf: output, encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
        }
    }

    @Test("a resumed run removes the cut row that it writes again", arguments: ["ndjson", "csv"])
    func cutRows(_ format: String) async throws {
        let whole = try await Self.appended(to: "", [], format: format)
        let rows = whole.suffix(3)
        let header = whole.dropLast(3).map { $0 + "\n" }.joined()
        let first = header + (rows.first ?? "") + "\n"
        let second = rows.dropFirst().first ?? ""
        for length in [1, 9, 40] {
            let resumed = try await Self.appended(
                to: first + second.prefix(length),
                ["--resume-after", "1"],
                format: format
            )
            #expect(resumed == whole)
            let restarted = try await Self.appended(
                to: header + (rows.first ?? "").prefix(length),
                ["--resume-after", "0"],
                format: format
            )
            #expect(restarted == whole)
        }
        #expect(try await Self.appended(to: first, ["--resume-after", "1"], format: format) == whole)
    }

    @Test("the header is not written twice")
    func headerOnce() async throws {
        let whole = try await Self.appended(to: "", [], format: "csv")
        #expect(whole.count == 4)
        #expect(try await Self.appended(to: whole[0] + "\n", ["--resume-after", "0"], format: "csv") == whole)
        #expect(
            try await Self.appended(to: String(whole[0].prefix(9)), ["--resume-after", "0"], format: "csv") == whole
        )
    }

    @Test("no text that the run would not write there is removed; the rows begin on a new line")
    func otherText() async throws {
        let whole = try await Self.appended(to: "", [])
        let others = [#"{"important": "text"}"#, String(whole[1].prefix(40)), String(repeating: "x", count: 200_000)]
        for other in others {
            #expect(try await Self.appended(to: other, ["--resume-after", "2"]) == [other, whole[2]])
        }
        // A run that is not resumed removes nothing either.
        #expect(try await Self.appended(to: "text", []) == ["text"] + whole)
        #expect(try await Self.appended(to: "text\n", []) == ["text"] + whole)
        #expect(try await Self.appended(to: String(whole[0].prefix(40)), []) == [String(whole[0].prefix(40))] + whole)
    }
}
#endif
