//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//
#if CommandLine
internal import GoogleIDToken
internal import OpenSSLSignature
internal import TestSupport
internal import Testing

@testable internal import idtoken

@Suite("idtoken audit: verdicts of tokens")
struct AuditTokenJudgeTests {
    private static func judge(
        _ text: String,
        isCut: Bool = false,
        at moment: JudgementTime.Moment = .captured(TestToken.now),
        callers: CallerPolicy = .anyGoogleIdentity,
        notes: KeyNotes = KeyNotes()
    ) throws -> AuditRow {
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: callers,
            keys: .document(try TestToken.keyDocument)
        )
        return TokenJudge(verifier: verifier, keyNotes: notes)
            .judge(CapturedToken(text: text, line: 1, place: "", isCut: isCut), at: moment)
    }

    /// Notes of an archive that saw the test key on some days, counted from 1970, and some key on others.
    private static func notes(keySeen: Set<Int>, others: Set<Int> = []) -> KeyNotes {
        var notes = KeyNotes()
        let id = ExactString(TestToken.keyID)
        notes.vouching[id] = "the archive vouches for the key, seen on 2023-11-14"
        notes.sightings[id] = KeyNotes.Sightings(
            first: "2023-11-14T01:00:00Z",
            last: "2023-11-16T01:00:00Z",
            days: DaySet(days: keySeen)
        )
        notes.history = KeyHistory(days: DaySet(days: keySeen.union(others)))
        return notes
    }

    /// The day of `TestToken.issuedAt`.
    private static let issueDay = TestToken.issuedAt / 86_400

    private static func signed(by keyID: String) throws -> String {
        try TestToken.minted(header: TestToken.header(["kid": "\"\(keyID)\""]))
    }

    @Test("a caller who may not call is rejected, and the row says who it is")
    func callerNotAllowed() throws {
        let row = try Self.judge(TestToken.minted(), callers: .subjects("1"))
        #expect(row.verdict == .rejected)
        #expect(row.code == "caller_not_allowed")
        #expect(row.caller == TestToken.email)
    }

    @Test("a token is judged without the message that follows it directly", arguments: ["POST", "HTTP"])
    func nextMessage(_ text: String) throws {
        let token = try TestToken.minted()
        let row = try Self.judge(token + text)
        #expect(row.verdict == .verified)
        #expect(row.explanation.contains("The next message follows the signature"))
        let digest = try SHA256Digest().hash(token.utf8.span)
        #expect(row.token == SHA256Hash(try #require(digest)).prefixText)
        let dot = try #require(token.utf8.lastIndex(of: UInt8(ascii: ".")))
        let forged = String(token[...dot]) + String(repeating: "A", count: token[dot...].utf8.count - 1)
        #expect(try Self.judge(forged + text).verdict == .rejected)
    }

    @Test(
        "other text that follows a signature directly makes another token of it",
        arguments: ["A", "POS", "_x", "POSTA"]
    )
    func lengthenedSignature(_ text: String) throws {
        #expect(try Self.judge(TestToken.minted() + text).verdict == .rejected)
    }

    @Test("a token whose signature Google has removed is undecided")
    func signatureRemoved() throws {
        let token = try TestToken.minted()
        let end = try #require(token.utf8.lastIndex(of: UInt8(ascii: ".")))
        let row = try Self.judge(String(token[...end]) + "SIGNATURE_REMOVED_BY_GOOGLE")
        #expect(row.verdict == .undecided)
        #expect(row.code == "signature_removed")
    }

    @Test("an unknown key is rejected if the keys are no archive, or the archive saw other keys on the day of issue")
    func unknownKeyIsRejected() throws {
        let token = try Self.signed(by: "other")
        for notes in [KeyNotes(), Self.notes(keySeen: [Self.issueDay])] {
            let row = try Self.judge(token, notes: notes)
            #expect(row.verdict == .rejected)
            #expect(row.code == "key_unknown")
            #expect(row.keyID == "other")
        }
    }

    @Test("an unknown key is undecided if the archive saw no key on the day of issue, or several keys have had its ID")
    func unknownKeyIsUndecided() throws {
        let token = try Self.signed(by: "other")
        let gap = try Self.judge(token, notes: Self.notes(keySeen: [Self.issueDay - 1, Self.issueDay + 1]))
        #expect(gap.verdict == .undecided)
        #expect(gap.code == "key_unknown")
        #expect(gap.explanation.contains("saw no key at all on 2023-11-14"))
        var conflict = Self.notes(keySeen: [Self.issueDay])
        conflict.conflicts[ExactString("other")] = "2 different keys have had the key ID"
        let row = try Self.judge(token, notes: conflict)
        #expect(row.verdict == .undecided)
        #expect(row.explanation.contains("2 different keys have had the key ID"))
    }

    @Test("a token that does not say when it was issued, or says nonsense, does not become undecided by that")
    func issueTimeOfUnknownKey() throws {
        for claims in ["{}", #"{"iat":1e300}"#, #"{"iat":"1"}"#, "[]"] {
            let header = TestToken.header(["kid": #""other""#])
            let token = try TestToken.minted(header: header, claims: claims)
            let row = try Self.judge(token, notes: Self.notes(keySeen: [Self.issueDay]))
            #expect(row.code == "key_unknown")
            #expect(row.verdict == .rejected)
        }
    }

    @Test("a verified token says if the archive saw its key on other days only, and shows when it saw it")
    func keySeenOnOtherDays() throws {
        let token = try TestToken.minted()
        let usual = try Self.judge(token, notes: Self.notes(keySeen: [Self.issueDay]))
        #expect(usual.verdict == .verified)
        #expect(!usual.explanation.contains("did not see"))
        #expect(usual.keyFirstSeen == "2023-11-14T01:00:00Z")
        #expect(usual.keyLastSeen == "2023-11-16T01:00:00Z")
        let gap = try Self.judge(token, notes: Self.notes(keySeen: [Self.issueDay + 1]))
        #expect(gap.verdict == .verified)
        #expect(gap.explanation.contains("did not see this key on 2023-11-14"))
        #expect(gap.explanation.contains("no key at all on that day"))
        let others = try Self.judge(
            token,
            notes: Self.notes(keySeen: [Self.issueDay + 1], others: [Self.issueDay])
        )
        #expect(others.explanation.contains("although it saw other keys on that day"))
    }

    @Test("a token that is cut is undecided, and the same text that is not cut is rejected")
    func cutTokens() throws {
        let token = try TestToken.minted()
        let segments = token.split(separator: ".")
        for text in ["\(segments[0]).\(segments[1])", "\(segments[0])", String(token.dropLast(40))] {
            let cut = try Self.judge(text, isCut: true)
            #expect(cut.verdict == .undecided)
            #expect(cut.code == "token_cut")
            #expect(try Self.judge(text).verdict == .rejected)
        }
        #expect(try Self.judge(token, isCut: true).verdict == .verified)
    }

    @Test("a wrong signature of the full length is not cut, whatever stands after it")
    func wrongSignature() throws {
        let token = try TestToken.minted()
        let other = try TestToken.minted(claims: TestToken.claims(["sub": #""1""#]))
        let end = try #require(token.utf8.lastIndex(of: UInt8(ascii: ".")))
        let signature = try #require(other.split(separator: ".").last)
        let row = try Self.judge(String(token[...end]) + signature, isCut: true)
        #expect(row.verdict == .rejected)
        #expect(row.code == "signature_invalid")
    }
}
#endif
