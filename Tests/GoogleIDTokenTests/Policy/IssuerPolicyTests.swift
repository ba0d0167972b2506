//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Issuer policy")
struct IssuerPolicyTests {
    private static func check(
        _ json: String?,
        accepted: [String] = TrustProfile.googleIDToken.issuers
    ) throws(VerificationError) -> String {
        let claims = try Claims(parsing: Array(TestToken.claims(["iss": json]).utf8))
        try IssuerPolicy(accepted).check(claims)
        return claims.issuer ?? ""
    }

    private static func error(_ json: String?) -> VerificationError? {
        #expect(throws: VerificationError.self) { try Self.check(json) }
    }

    @Test("[29] [51] both of Google's forms", arguments: ["https://accounts.google.com", "accounts.google.com"])
    func google(issuer: String) throws {
        #expect(try Self.check("\"\(issuer)\"") == issuer)
    }

    @Test(
        "[29] another issuer, however alike",
        arguments: [
            "", "https://accounts.google.com/", "http://accounts.google.com", "https://accounts.google.com ",
            " accounts.google.com", "accounts.google.com/", "//accounts.google.com", "https://Accounts.google.com",
            "HTTPS://accounts.google.com", "ACCOUNTS.GOOGLE.COM", "https://accounts.google.co",
            "https://accounts.google.com.attacker.example.com", "https://accounts.google.com@attacker.example.com",
            "https://accounts.google.com:443", "https://accounts.google.com#", "https://accounts.google.com\0",
            "https://accounts.google.com/o/oauth2/v2/auth", "https://google.com", "google.com",
            "https://accounts.google.com,accounts.google.com", "accounts.google.com.", "аccounts.google.com",
            "https://www.googleapis.com", "https://oauth2.googleapis.com/token",
        ]
    )
    func other(issuer: String) {
        #expect(Self.error(IDTokenJSON.string(issuer).json)?.code == .issuerMismatch)
    }

    @Test(
        "no issuer, or one that is not text",
        arguments: [nil, "null", "1", "true", "{}", "[]", #"["accounts.google.com"]"#] as [String?]
    )
    func none(json: String?) {
        let error = Self.error(json)
        #expect(error?.code == .issuerMismatch)
        #expect(error?.explanation.contains("has no issuer") == true)
    }

    @Test("an issuer of a configuration is compared byte by byte, and Google's is then none")
    func configured() throws {
        #expect(try Self.check(#""e\u0301""#, accepted: ["e\u{301}"]) == "e\u{301}")
        for json in [#""\u00e9""#, #""https://accounts.google.com""#] {
            let error = #expect(throws: VerificationError.self) { try Self.check(json, accepted: ["e\u{301}"]) }
            #expect(error?.code == .issuerMismatch)
        }
    }

    @Test(
        "[46] [50] tokens of other kinds are named",
        arguments: [
            ("https://securetoken.google.com/my-project", "Firebase"), ("https://securetoken.google.com/", "Firebase"),
            ("https://cloud.google.com/iap", "Identity-Aware Proxy"),
            ("chat@system.gserviceaccount.com", "Google Chat"),
            ("login@my-project.iam.gserviceaccount.com", "service account"),
            ("https://accounts.google.com/", "a slash or a path"),
            ("https://accounts.google.com/o/oauth2", "a slash or a path"),
            ("https://attacker.example.com", "is not accepted by this service"),
            ("https://cloud.google.com/iap/", "is not accepted by this service"),
        ]
    )
    func kinds(issuer: String, words: String) {
        let error = Self.error("\"\(issuer)\"")
        #expect(error?.code == .issuerMismatch)
        #expect(error?.explanation.contains(words) == true)
    }

    @Test("the issuer is quoted, escaped")
    func quoted() {
        #expect(Self.error(#""a\n\u001b[2J""#)?.explanation.contains(#""a\u{a}\u{1b}[2J""#) == true)
        let long = Self.error("\"a@\(String(repeating: "a", count: 10_000))\"")
        #expect(long.map { $0.explanation.utf8.count < 500 } == true)
    }
}
