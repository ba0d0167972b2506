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
}
#endif
