//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Claims")
struct ClaimsTests {
    private static func read(_ json: String) throws(VerificationError) -> Claims {
        try Claims(parsing: Array(json.utf8))
    }

    private static func read(_ changes: [String: String?]) throws(VerificationError) -> Claims {
        try Self.read(TestToken.claims(changes))
    }

    private static func code(_ json: String) -> VerificationError.Code? {
        #expect(throws: VerificationError.self) { try Self.read(json) }?.code
    }

    @Test("Google's claims are read")
    func valid() throws {
        let claims = try Self.read(TestToken.claims(["hd": #""example.com""#, "nbf": "\(TestToken.issuedAt)"]))
        #expect(claims.issuer == "https://accounts.google.com")
        #expect(claims.subject == TestToken.subject)
        #expect(claims.audience == [TestToken.audience])
        #expect(claims.issuedAt == Double(TestToken.issuedAt))
        #expect(claims.expiresAt == Double(TestToken.expiresAt))
        #expect(claims.notBefore == Double(TestToken.issuedAt))
        #expect(claims.email == TestToken.email)
        #expect(claims.isEmailVerified)
        #expect(claims.hostedDomain == "example.com")
        #expect(claims.tape.bytes.starts(with: Array("{".utf8)))
    }

    @Test("what need not be there is nil")
    func absent() throws {
        let claims = try Self.read(#"{"sub":"1","iat":0,"exp":0}"#)
        #expect(claims.issuer == nil)
        #expect(claims.audience == nil)
        #expect(claims.notBefore == nil)
        #expect(claims.email == nil)
        #expect(!claims.isEmailVerified)
        #expect(claims.hostedDomain == nil)
    }

    @Test("[28] claims that are not understood are ignored")
    func unknownClaims() throws {
        let claims = try Self.read([
            "azp": "1", "nonce": "null", "at_hash": "[]", "jti": "{}", "ISS": #""x""#, "": "0", "auth_time": #""x""#,
        ])
        #expect(claims.issuer == "https://accounts.google.com")
    }

    @Test(
        "[26] claims that are not one complete JSON object",
        arguments: [
            "", "null", "true", "1", #""text""#, "[]", #"[{"sub":"1"}]"#, "{", #"{"sub":"1""#, "\u{FEFF}{}", "{},",
            "{}{}", "{}\0", #"{"sub":'1'}"#, #"{sub:"1"}"#, #"{"sub":"1",}"#, #"{"sub":"\x31"}"#, #"{"sub":"\udc00"}"#,
        ]
    )
    func malformed(json: String) {
        let error = #expect(throws: VerificationError.self) { try Self.read(json) }
        #expect(error?.code == .claimsMalformed)
        #expect(error?.explanation.contains("JSON object") == true)
    }

    @Test("[26] valid claims with something after them", arguments: ["{}", "x", "\0", ",", "}", "\u{FEFF}", "\u{A0}"])
    func trailing(text: String) {
        #expect(Self.code(TestToken.claims() + text) == .claimsMalformed)
    }

    @Test("[45] valid claims in UTF-16 or UTF-32, in either order of bytes")
    func otherEncodings() {
        let units = Array(TestToken.claims().utf8)
        let encodings: [[UInt8]] = [
            units.flatMap { [$0, 0] }, units.flatMap { [0, $0] }, units.flatMap { [$0, 0, 0, 0] },
            units.flatMap { [0, 0, 0, $0] }, [0xFF, 0xFE] + units.flatMap { [$0, 0] },
            [0xFE, 0xFF] + units.flatMap { [0, $0] },
        ]
        for bytes in encodings {
            let error = #expect(throws: VerificationError.self) { try Claims(parsing: bytes) }
            #expect(error?.code == .claimsMalformed)
        }
    }

    @Test("[45] a byte that is not UTF-8, with the reader's word on it")
    func notUTF8() {
        let bytes = Array(TestToken.claims(["x": #""?""#]).utf8).map { $0 == UInt8(ascii: "?") ? 0xC0 : $0 }
        let error = #expect(throws: VerificationError.self) { try Claims(parsing: bytes) }
        #expect(error?.code == .claimsMalformed)
        #expect((error?.underlying as? JSONError)?.reason == .invalidUTF8)
    }

    @Test(
        "[27] a name that comes twice, at any level",
        arguments: [
            #""sub":"2""#, #""sub":"\#(TestToken.subject)""#, #""\u0073ub":"2""#, #""aud":"x""#, #""exp":1"#,
            #""email":"x""#, #""x":{"a":1,"a":1}"#, #""x":[[{"a":{},"a":{}}]]"#, #""x":1,"x":2"#,
        ]
    )
    func duplicateNames(member: String) {
        let error = #expect(throws: VerificationError.self) {
            try Self.read("{\(member)," + TestToken.claims().dropFirst())
        }
        #expect(error?.code == .claimsMalformed)
        #expect((error?.underlying as? JSONError)?.reason == .duplicateName)
    }

    @Test(
        "[30] a subject that is not text of 1 to 255 ASCII characters",
        arguments: [
            nil, "null", "1", "104029292853099978293", "true", "[]", #"["1"]"#, "{}", #""""#, #""é""#, #""1\u0080""#,
            #""１""#, #""\ud83d\ude00""#, "\"\(String(repeating: "1", count: 256))\"",
        ] as [String?]
    )
    func subjects(json: String?) {
        let error = #expect(throws: VerificationError.self) { try Self.read(["sub": json]) }
        #expect(error?.code == .claimsMalformed)
        #expect(error?.explanation.contains("sub") == true)
    }

    @Test("[30] the shortest and the longest subject")
    func subjectEdges() throws {
        for count in [1, 255] {
            let subject = String(repeating: "1", count: count)
            #expect(try Self.read(["sub": "\"\(subject)\""]).subject == subject)
        }
        #expect(try Self.read(["sub": #""\u007f""#]).subject == "\u{7F}")
    }

    @Test(
        "[32] [33] [34] [35] a date that is not a number",
        arguments: [
            "null", "true", "false", #""1700000000""#, #""""#, "[]", "[1700000000]", "{}", #""NaN""#, "1e400", "-1e400",
            "1e999999999999999999999",
        ]
    )
    func dates(json: String) {
        for name in ["iat", "exp", "nbf"] {
            let error = #expect(throws: VerificationError.self) { try Self.read([name: json]) }
            #expect(error?.code == .claimsMalformed)
            #expect(error?.explanation.contains(name) == true)
        }
    }

    @Test("[35] what JSON does not take for a number", arguments: ["NaN", "Infinity", "-Infinity", "0x10", "01", "+1"])
    func notJSONNumbers(json: String) {
        for name in ["iat", "exp", "nbf"] {
            #expect(Self.code(TestToken.claims([name: json])) == .claimsMalformed)
        }
    }

    @Test("[32] [34] dates that are missing", arguments: ["iat", "exp"])
    func missingDates(name: String) {
        let error = #expect(throws: VerificationError.self) { try Self.read([name: nil]) }
        #expect(error?.code == .claimsMalformed)
        #expect(error?.explanation.contains(name) == true)
    }

    @Test(
        "[35] dates may be fractional, negative, huge and written with exponents",
        arguments: [
            ("1700000000.5", 1_700_000_000.5), ("17e8", 1_700_000_000), ("1.7E+9", 1_700_000_000), ("-1", -1),
            ("-0", 0), ("0", 0), ("1e308", 1e308), ("-1e308", -1e308), ("1e-400", 0), ("9223372036854775808", 0x1p63),
            ("18446744073709551616", 0x1p64), ("0.1", 0.1),
        ]
    )
    func numbers(json: String, seconds: Double) throws {
        let claims = try Self.read(["iat": json, "exp": json, "nbf": json])
        #expect(claims.issuedAt == seconds)
        #expect(claims.expiresAt == seconds)
        #expect(claims.notBefore == seconds)
    }

    @Test(
        "[31] the audience is text or texts",
        arguments: [
            (#""a""#, ["a"]), (#"["a"]"#, ["a"]), (#"["a","b"]"#, ["a", "b"]), (#"["a","a"]"#, ["a", "a"]),
            ("[]", []), (#""""#, [""]), (nil, nil), ("null", nil), ("1", nil), ("true", nil), ("{}", nil),
            ("[1]", nil), (#"["a",1]"#, nil), (#"["a",null]"#, nil), (#"[["a"]]"#, nil), (#"[{"aud":"a"}]"#, nil),
        ] as [(String?, [String]?)]
    )
    func audiences(json: String?, audience: [String]?) throws {
        #expect(try Self.read(["aud": json]).audience == audience)
    }

    @Test("[29] an issuer that is not text is none", arguments: ["null", "1", "[]", #"["accounts.google.com"]"#, "{}"])
    func issuers(json: String) throws {
        #expect(try Self.read(["iss": json]).issuer == nil)
    }

    @Test(
        "an e-mail address is verified if the claim says true, and by nothing else",
        arguments: [nil, "false", "null", #""true""#, "1", "0", "[true]", "{}", #""""#] as [String?]
    )
    func emailVerified(json: String?) throws {
        #expect(try !Self.read(["email_verified": json]).isEmailVerified)
    }

    @Test("an e-mail address or domain that is not text is none", arguments: ["null", "1", "true", "[]", "{}"])
    func notText(json: String) throws {
        let claims = try Self.read(["email": json, "hd": json])
        #expect(claims.email == nil)
        #expect(claims.hostedDomain == nil)
    }

    @Test("[39] text is kept byte by byte", arguments: ["e\u{301}", "\u{E9}", "\u{212B}", "\u{C5}"])
    func exactText(text: String) throws {
        let claims = try Self.read(["email": "\"\(text)\"", "iss": "\"\(text)\"", "aud": "\"\(text)\""])
        #expect(claims.email.map { Array($0.utf8) } == Array(text.utf8))
        #expect(claims.issuer.map { Array($0.utf8) } == Array(text.utf8))
        #expect(claims.audience?.first.map { Array($0.utf8) } == Array(text.utf8))
    }
}
