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

@Suite("idtoken audit: exit status and summary")
struct AuditStatusTests {
    private static func damaged() throws -> String { try Captured.token.get() + "A" }

    private static func unsigned() throws -> String {
        let token = try Captured.token.get()
        return token.split(separator: ".").dropLast().joined(separator: ".") + ".SIGNATURE_REMOVED_BY_GOOGLE"
    }

    @Test("0 if all tokens are verified, 1 if one is rejected, 2 if one is undecided and none is rejected")
    func verdicts() async throws {
        let token = try Captured.token.get()
        let cases: [([String], Int32)] = [
            ([token], 0), ([token, try Self.damaged()], 1), ([token, try Self.unsigned()], 2),
            ([try Self.unsigned(), try Self.damaged()], 1),
        ]
        for (tokens, status) in cases {
            let input = tokens.joined(separator: "\n")
            #expect(try await Captured.audit(input: input).command.status == status)
            #expect(try await Captured.audit("--status-only-errors", input: input).command.status == 0)
        }
    }

    @Test("3 if there is no token, and the warning names the files", arguments: ["", "\n", "nothing\nat all\n"])
    func noToken(_ input: String) async throws {
        let audit = try await Captured.audit(input: input)
        #expect(audit.command.status == 3)
        #expect(audit.command.output.isEmpty)
        #expect(audit.command.errors.contains("no token was found in standard input"))
        let keys = try await Captured.audit("Fixtures/README.md")
        #expect(keys.command.status == 3)
        #expect(keys.command.errors.contains("no token was found in Fixtures/README.md"))
        let pipeline = try await Captured.audit("--status-only-errors", input: input)
        #expect(pipeline.command.status == 0)
        #expect(pipeline.command.errors.contains("no token was found"))
    }

    @Test("--status-only-errors does not hide that the run itself fails")
    func failures() async throws {
        #expect(try await Captured.audit("--status-only-errors", "no/such/file").command.status == 74)
        #expect(try await Captured.audit("--status-only-errors", "--at", "once").command.status == 64)
    }

    @Test("the summary counts tokens, records without a token and records without a time apart")
    func summary() async throws {
        let token = try Captured.token.get()
        let audit = try await Captured.audit(
            input: "\(token) \(token)\n\nnothing\n\(try Self.damaged())\n\(try Self.unsigned())\n"
        )
        let lines = audit.command.errors.split(separator: "\n")
        #expect(lines.first == "4 tokens in 4 records: 2 verified, 1 rejected, 1 undecided")
        #expect(lines.contains("1 record without a token"))
        #expect(lines.contains("3 records with tokens and without a time"))
        #expect(audit.rows.map(\.record) == [1, 1, 3, 4])
    }

    @Test("--require-time leaves a token undecided whose record has no time, and rejects a forged one nevertheless")
    func requireTime() async throws {
        let audit = try await Captured.audit(
            "--require-time",
            input: "\(try Captured.token.get())\n\(try Self.damaged())\n"
        )
        #expect(audit.rows.map(\.verdict) == ["undecided", "rejected"])
        #expect(audit.rows.first?.code == "time_unknown")
        #expect(audit.rows.first?.caller == Captured.email)
        #expect(audit.rows.first?.explanation.contains("--time-field") == true)
    }

    @Test("--audience any accepts tokens for all services, but no token without an audience")
    func anyAudience() async throws {
        try await withTemporaryFolder { folder in
            let keys = folder.appending(path: "keys.json")
            try Data(TestToken.keyDocument).write(to: keys)
            let tokens = try ["\"a\"", "[\"a\",\"b\"]", "1", nil]
                .map { try TestToken.minted(claims: TestToken.claims(["aud": $0])) }
            let command = try await Command(
                [
                    "audit", "--keys", keys.path(percentEncoded: false), "--audience", "any", "--format", "csv",
                ],
                input: tokens.joined(separator: "\n")
            )
            let verdicts = command.output.split(separator: "\r\n").dropFirst()
                .map { $0.split(separator: ",", omittingEmptySubsequences: false)[4] }
            #expect(verdicts == ["verified", "verified", "rejected", "rejected"])
            #expect(command.errors.contains("tokens for every audience are accepted"))
        }
    }

    @Test(
        "options that contradict each other give status 64",
        arguments: [
            ["--audience", "any"], ["--require-time", "--at", "issue"], ["--carry", "token"], ["--carry", ".a..b"],
            ["--carry", ".a", "--carry", ".a"],
        ]
    )
    func contradictions(_ arguments: [String]) async throws {
        let audit = try await Captured.audit(arguments, input: try Captured.token.get())
        #expect(audit.command.status == 64)
        #expect(audit.command.output.isEmpty)
    }

    @Test("the first 20 places that cannot be read are named, and all are counted")
    func flaws() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "lines")
            let line = Data(repeating: UInt8(ascii: "!"), count: (1 << 20) + 1) + Data([0x0A])
            var content = Data("\(try Captured.token.get())\n".utf8)
            for _ in 0..<22 { content += line }
            try content.write(to: file)
            let audit = try await Captured.audit(file.path(percentEncoded: false))
            #expect(audit.rows.map(\.verdict) == ["verified"])
            #expect(audit.command.status == 2)
            let errors = audit.command.errors.split(separator: "\n")
            #expect(errors.filter { $0.contains("lines, line ") }.count == 20)
            #expect(errors.contains { $0.contains("lines, line 2: ") })
            #expect(errors.contains("22 places could not be read"))
        }
    }
}
#endif
