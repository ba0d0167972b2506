//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDTokenTesting
internal import Testing

/// What a case says when something else comes out than it expects.
@Suite("Outcomes of cases")
struct FixtureOutcomeTests {
    private static let time = 1_700_000_000

    /// The difference of a case whose token is genuine for the audience `a`.
    private static func difference(now: Int, expect: String) async throws -> String? {
        let issuer = try TestIssuer()
        let token = try issuer.token(for: "a", issuedAt: Date(timeIntervalSince1970: Double(Self.time)))
        let fixture = try Self.fixture(
            defaults: #"{"audiences": ["a"], "now": \#(now)}"#,
            members: #""keys": \#(String(decoding: issuer.keyDocument, as: UTF8.self)), "token": "\#(token)""#,
            expect: expect
        )
        return await fixture.run()
    }

    private static func fixture(defaults: String, members: String, expect: String) throws -> FixtureCase {
        let text = #"{"defaults": \#(defaults), "cases": [{"name": "one", \#(members), "expect": \#(expect)}]}"#
        let files = try TemporaryFolder.with { folder in
            try Data(text.utf8).write(to: URL(filePath: folder + "/cases.json"))
            return try FixtureFile.load(folder)
        }
        return try #require(files.first?.cases.first)
    }

    @Test(
        "a case that expects or allows acceptance has no difference when the token is accepted",
        arguments: [
            #"{"claims": {"aud": "a"}}"#, #"{"claims": {"aud": "a"}, "assurance": "signature"}"#, #"{"either": "why"}"#,
        ]
    )
    func acceptedAsExpected(_ expect: String) async throws {
        #expect(try await Self.difference(now: Self.time, expect: expect) == nil)
    }

    @Test(
        "a case names the claim, assurance or code that differs when the token is accepted",
        arguments: [
            (#"{"claims": {"aud": "b"}}"#, #"expected the claim aud to be "b", got "a""#),
            (#"{"claims": {"aud": "a", "nothing": null}}"#, "expected the claim nothing to be null, got none"),
            (#"{"claims": {}, "assurance": "cloudRunIAM"}"#, "expected the assurance cloudRunIAM, got signature"),
            (#"{"error": "token_expired"}"#, "expected token_expired, got accepted"),
            (#"{"error": "*"}"#, "expected any rejection, got accepted"),
        ]
    )
    func acceptedOtherwise(_ expect: String, _ words: String) async throws {
        #expect(try await Self.difference(now: Self.time, expect: expect) == words)
    }

    @Test(
        "a case compares a rejection with the code, any rejection or acceptance that it expects",
        arguments: [
            (#"{"error": "token_expired"}"#, nil), (#"{"error": "*"}"#, nil), (#"{"either": "why"}"#, nil),
            (#"{"error": "issued_in_future"}"#, "expected issued_in_future, got token_expired"),
            (#"{"claims": {}}"#, "expected accepted, got token_expired"),
        ]
    )
    func rejected(_ expect: String, _ words: String?) async throws {
        let difference = try await Self.difference(now: Self.time + 4_000, expect: expect)
        #expect(difference?.prefix(words?.count ?? 0) == words?[...])
    }

    @Test(
        "a case's own token or headers replace those of the file's defaults",
        arguments: [
            (#""headers": {"Authorization": "Bearer a.b"}"#, #""token": "x""#, "token_malformed"),
            (#""token": "x""#, #""headers": {}"#, "credentials_missing"),
        ]
    )
    func aCasePresentsItsTokenInItsOwnWay(_ byDefault: String, _ own: String, _ code: String) async throws {
        let fixture = try Self.fixture(
            defaults: #"{"keys": "none", "audiences": ["a"], "now": 1.5, \#(byDefault)}"#
                .replacing(#""none""#, with: String(decoding: try TestIssuer().keyDocument, as: UTF8.self)),
            members: own,
            expect: #"{"error": "\#(code)"}"#
        )
        #expect(await fixture.run() == nil)
    }
}
