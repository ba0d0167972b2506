//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import TestSupport
internal import Testing

/// `idtoken audit` on a token of the fixtures, hidden in each format.
@Suite("idtoken audit: formats and verdicts")
struct AuditCommandTests {
    @Test("each token has a row with the number of its line and a verdict, and the verdicts are counted")
    func aTokenALine() async throws {
        let token = try Captured.token.get()
        let input = "\(token)\n\n  Bearer \(token)\r\nno-token\n\(token)"
        let audit = try await Captured.audit(input: input)
        #expect(audit.rows.map(\.verdict) == ["verified", "verified", "verified"])
        #expect(audit.rows.map(\.line) == [1, 3, 5])
        // A blank line is no record.
        #expect(audit.rows.map(\.number) == [1, 2, 4])
        #expect(audit.rows.first?.caller == Captured.email)
        #expect(audit.rows.first?.judged == "issue, no captured time")
        #expect(audit.command.status == 0)
        #expect(audit.command.errors.hasPrefix("3 tokens in 4 records: 3 verified\n1 record without a token\n"))
        // Of a list of tokens, each line is one.
        let list = try await Captured.audit("--input", "tokens", input: input)
        #expect(list.rows.map(\.code) == [nil, nil, "token_malformed", nil])
        #expect(list.command.status == 1)
    }

    @Test("requests are found in what curl -v prints, in raw HTTP and in blocks of header lines")
    func headerDumps() async throws {
        let token = try Captured.token.get()
        let curl = """
            * Connected to h
            > GET / HTTP/2
            > authorization: Bearer \(token)
            >
            < HTTP/2 200
            < date: Tue, 14 Nov 2023 22:13:20 GMT
            <
            Authorization: Bearer in.the.body
            12:00:00.123456 > GET /other HTTP/1.1
            12:00:00.123456 > Host: h
            12:00:00.123456 >
            """
        let audit = try await Captured.audit(input: curl)
        #expect(audit.rows.map(\.verdict) == ["verified"])
        #expect(audit.rows.map(\.line) == [3])
        #expect(audit.rows.first?.judged == "captured 2023-11-14T22:13:20Z")

        let raw =
            "POST / HTTP/1.1\r\nX-Serverless-Authorization: Bearer \(token)\r\nAuthorization: Bearer x\r\n\r\na: b\r\n"
        #expect(try await Captured.audit(input: raw + raw).rows.map(\.verdict) == ["verified", "verified"])

        let blocks = "Host: h\nAuthorization: Bearer \(token)\n\nHost: h\nAuthorization: a\nAuthorization: b\n"
        #expect(try await Captured.audit(input: blocks).rows.map(\.code) == [nil])
    }

    @Test("--field finds a token or headers in each line of JSON, and a time beside it is used")
    func jsonLines() async throws {
        let token = try Captured.token.get()
        let lines = """
            {"timestamp":"2023-11-14T22:13:20.5+00:00","a":{"b":[{"c":"x"},{"c":"Bearer \(token)"}]}}
            {"time":1700000000000,"a":{"b":[0,{"c":"\(token)"}]}}
            {"a":{"b":[]}}
            {"a":1}
            """
        let audit = try await Captured.audit("--field", ".a.b[1].c", input: lines)
        #expect(audit.rows.map(\.verdict) == ["verified", "verified"])
        #expect(audit.command.errors.contains("2 records without a credential at --field"))
        #expect(audit.rows.compactMap(\.judged).allSatisfy { $0 == "captured 2023-11-14T22:13:20Z" })
        #expect(audit.command.status == 0)

        let headers = """
            {"h":{"Authorization":["Bearer \(token)"],"Host":"h"}}
            {"h":[{"name":"authorization","value":"Bearer \(token)"}]}
            {"h":["\(token)","\(token)"]}
            """
        let rows = try await Captured.audit("--field", "h", input: headers).rows
        #expect(rows.map(\.number) == [1, 2, 3, 3])
        #expect(rows.allSatisfy { $0.verdict == "verified" })
    }

    @Test("each entry of an HTTP archive is a record, and one that is cut off loses no token")
    func httpArchive() async throws {
        let token = try Captured.token.get()
        let archive = """
            {"log": {"version": "1.2", "pages": [{"request": {"headers": []}}], "entries": [
              {"startedDateTime": "2023-11-14T23:13:20.000+01:00", "response": {"content": {"text": "\\"}],[{"}},
               "request": {"method": "GET", "headers": [{"name": "authorization", "value": "Bearer \(token)"}]}},
              {"request": {"headers": [{"name": "Host", "value": "h"}]}}, {}
            ]}}
            """
        let audit = try await Captured.audit(input: archive)
        #expect(audit.rows.map(\.verdict) == ["verified"])
        #expect(audit.rows.map(\.line) == [3])
        #expect(audit.rows.first?.judged == "captured 2023-11-14T22:13:20Z")
        let cut = try await Captured.audit(input: String(archive.prefix(archive.count - 30)))
        #expect(cut.rows.map(\.verdict) == ["verified"])
    }

    @Test("a token is judged as of its captured time, its issue or the time that --at gives")
    func asOfWhen() async throws {
        let token = try Captured.token.get()
        let line = #"{"time":"2023-11-15T22:13:20Z","t":"\#(token)"}"#
        let captured = try await Captured.audit("--field", "t", input: line)
        #expect(captured.rows.map(\.code) == ["token_expired"])
        // The signature held, so it is told whose it was.
        #expect(captured.rows.first?.caller == Captured.email)
        #expect(try await Captured.audit("--field", "t", "--at", "issue", input: line).rows.map(\.code) == [nil])
        let given = try await Captured.audit("--field", "t", "--at", "2023-11-14T22:13:20Z", input: line)
        #expect(given.rows.map(\.verdict) == ["verified"])
        #expect(given.command.errors.contains("judged as of 2023-11-14T22:13:20Z"))
        #expect(try await Captured.audit("--field", "t", "--time-field", "none", input: line).rows.map(\.code) == [nil])
    }

    @Test(
        "a captured time that cannot be read counts as none, and the row says so",
        arguments: ["2023-02-29T00:00:00Z", "2023-11-31T00:00:00Z", "2023-11-14T22:13:20+24:00", "yesterday", "-"]
    )
    func aTimeThatIsNoneIsSaidToBeNone(time: String) async throws {
        let token = try Captured.token.get()
        let audit = try await Captured.audit("--field", "t", input: #"{"time":"\#(time)","t":"\#(token)"}"#)
        #expect(audit.rows.map(\.judged) == ["issue, no captured time"])
    }

    @Test("29 February of a leap year is read as a captured time")
    func aLeapDayIsADay() async throws {
        let line = #"{"time":"2024-02-29T00:00:00Z","t":"\#(try Captured.token.get())"}"#
        #expect(
            try await Captured.audit("--field", "t", input: line).rows.map(\.judged) == [
                "captured 2024-02-29T00:00:00Z"
            ]
        )
    }

    @Test("a token of a caller whom --caller does not name is rejected")
    func callersAreJudged() async throws {
        let audit = try await Captured.audit("--caller", "subject:1", input: try Captured.token.get())
        #expect(audit.rows.map(\.verdict) == ["rejected"])
        #expect(audit.rows.map(\.code) == ["caller_not_allowed"])
        #expect(audit.command.errors.contains("may call: subject:1"))
    }

    @Test("audiences that look the same but have other bytes are counted apart")
    func audiencesThatOnlyLookAlikeAreCountedApart() async throws {
        try await withTemporaryFolder { folder in
            let keys = folder.appending(path: "keys.json")
            try Data(TestToken.keyDocument).write(to: keys)
            let tokens = try ["caf\u{E9}", "cafe\u{301}", "cafe\u{301}"]
                .map { try TestToken.minted(claims: TestToken.claims(["aud": "\"\($0)\""])) }
            let path = keys.path(percentEncoded: false)
            let audit = try await Captured.audit(keys: path, input: tokens.joined(separator: "\n"))
            #expect(audit.rows.map(\.code) == Array(repeating: "audience_mismatch", count: 3))
            let lines = audit.command.errors.split(separator: "\n").filter { $0.contains("caf") }
            #expect(
                lines.map { $0.utf8.filter { $0 != UInt8(ascii: " ") }.first } == [
                    UInt8(ascii: "2"), UInt8(ascii: "1"),
                ]
            )
        }
    }

    @Test("--resume-after passes over so many records, and the others keep their numbers")
    func goesOnAfterSoManyRecords() async throws {
        let token = try Captured.token.get()
        let lines = Array(repeating: token, count: 10).joined(separator: "\n")
        let audit = try await Captured.audit("--resume-after", "7", input: lines)
        #expect(audit.rows.map(\.number) == [8, 9, 10])
        #expect(audit.rows.map(\.line) == [8, 9, 10])
        #expect(try await Captured.audit("--resume-after", "99", input: lines).rows.isEmpty)
    }

    @Test("the rows of 20,000 records have the order of the input")
    func ordersManyRecords() async throws {
        let token = try Captured.token.get()
        let lines = (0..<20_000).map { $0.isMultiple(of: 2) ? token : "x\($0)" }.joined(separator: "\n")
        let audit = try await Captured.audit(input: lines)
        #expect(audit.rows.map(\.number) == Array(stride(from: 1, to: 20_000, by: 2)))
        #expect(audit.rows.allSatisfy { $0.verdict == "verified" })
    }
}
#endif
