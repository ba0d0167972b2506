//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// `idtoken audit --issuer`: tokens in captured text, judged by the rules of another issuer than that of ID tokens.
@Suite("idtoken audit: other issuers", .serialized)
struct AuditIssuerTests {
    private static func audit(_ issued: IssuedToken, _ arguments: [String] = [], input: String) async throws -> Captured
    {
        let command = try await Command(["audit", "--format", "ndjson"] + issued.options + arguments, input: input)
        let rows = try command.output.split(separator: "\n")
            .map { try JSONDecoder().decode(Captured.Row.self, from: Data($0.utf8)) }
        return Captured(command: command, rows: rows)
    }

    @Test("tokens of each issuer are verified in a request, in JSON and in a line, and other tokens are rejected")
    func verified() async throws {
        try await withTemporaryFolder { folder in
            let other = try Captured.token.get()
            for issued in try IssuedToken.all(in: folder) {
                let request = "GET /a HTTP/1.1\r\nHost: h\r\n\(issued.field.name): \(issued.field.value)\r\n\r\n"
                let audit = try await Self.audit(issued, input: request)
                #expect(audit.rows.map(\.verdict) == ["verified"], "\(issued.issuer): \(audit.command.errors)")
                #expect(audit.rows.first?.place == issued.field.name)
                #expect(audit.command.status == 0)
                #expect(audit.command.errors.contains("issuer: \(issued.issuer)"), "\(audit.command.errors)")

                let lines = #"{"token":"\#(issued.token)"}"# + "\n" + #"{"token":"\#(other)"}"# + "\n"
                let mixed = try await Self.audit(issued, input: lines)
                #expect(mixed.rows.map(\.verdict) == ["verified", "rejected"], "\(issued.issuer)")
                #expect(mixed.command.status == 1)
            }
        }
    }

    @Test("an ES256 signature whose end is missing is cut, and one that was changed is rejected")
    func signatures() async throws {
        try await withTemporaryFolder { folder in
            let issued = try #require(try IssuedToken.all(in: folder).first)
            let last: Character = issued.token.last == "A" ? "Q" : "A"
            let changed = try await Self.audit(issued, input: "\(issued.token.dropLast(9))AAAAAAAA\(last)\n")
            #expect(changed.rows.map(\.code) == ["signature_invalid"])
            let cut = try await Self.audit(issued, input: #"{"token":"\#(issued.token.dropLast(30))..."}"# + "\n")
            #expect(cut.rows.map(\.code) == ["token_cut"])
            #expect(cut.rows.map(\.verdict) == ["undecided"])
        }
    }

    @Test("a rejected assertion names the caller by the e-mail address, as a verified one does")
    func callerOfRejected() async throws {
        try await withTemporaryFolder { folder in
            let issued = try #require(try IssuedToken.all(in: folder).first)
            let captured = try await Self.audit(
                issued,
                ["--caller", "subject:accounts.google.com:1"],
                input: issued.token
            )
            #expect(captured.rows.map(\.code) == ["caller_not_allowed"])
            #expect(captured.rows.map(\.caller) == ["user@example.com"])
        }
    }

    @Test("--audience any accepts every audience of an issuer, and a project of Firebase needs no audience")
    func anyAudience() async throws {
        try await withTemporaryFolder { folder in
            let all = try IssuedToken.all(in: folder)
            for issued in all where !issued.audienceOptions.isEmpty {
                let file = issued.keysFile.path(percentEncoded: false)
                let options = ["--issuer", issued.issuer, "--keys", file, "--audience", "any"]
                let command = try await Command(["audit"] + options, input: issued.token)
                #expect(command.status == 0, "\(command.errors)")
            }
            let firebase = try #require(all.first { $0.audienceOptions.isEmpty })
            let command = try await Command(["audit", "--audience", "any"] + firebase.options, input: firebase.token)
            #expect(command.status == 64)
            #expect(command.errors.contains("leave it out"), "\(command.errors)")
        }
    }
}
#endif
