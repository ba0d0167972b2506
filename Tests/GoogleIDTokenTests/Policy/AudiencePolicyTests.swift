//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Audience policy")
struct AudiencePolicyTests {
    private static let own = "https://service.example.com"

    private static func check(_ json: String?, accepted: [String] = [Self.own]) throws(VerificationError) -> [String] {
        let claims = try Claims(parsing: Array(TestToken.claims(["aud": json]).utf8))
        try AudiencePolicy(accepted).check(claims)
        return claims.audience ?? []
    }

    private static func error(_ json: String?, accepted: [String] = [Self.own]) -> VerificationError? {
        #expect(throws: VerificationError.self) { try Self.check(json, accepted: accepted) }
    }

    private static func explanation(_ audience: String, accepted: [String] = [Self.own]) -> String {
        let error = Self.error(IDTokenJSON.string(audience).json, accepted: accepted)
        #expect(error?.code == .audienceMismatch)
        return error?.explanation ?? ""
    }

    @Test("[31] one of ours as text, or as a list of one")
    func accepted() throws {
        #expect(try Self.check("\"\(Self.own)\"") == [Self.own])
        #expect(try Self.check("[\"\(Self.own)\"]") == [Self.own])
        #expect(try Self.check(#""b""#, accepted: ["a", "b", "c"]) == ["b"])
    }

    @Test("[52] a list of several, all ours")
    func severalAccepted() throws {
        #expect(try Self.check(#"["b","a"]"#, accepted: ["a", "b"]) == ["b", "a"])
        #expect(try Self.check(#"["a","a"]"#, accepted: ["a"]) == ["a", "a"])
    }

    @Test(
        "[52] a list with one that is not ours, in whatever place",
        arguments: [#"["a","x"]"#, #"["x","a"]"#, #"["a","x","b"]"#, #"["a",""]"#, #"["a","A"]"#]
    )
    func additional(json: String) {
        #expect(Self.error(json, accepted: ["a", "b"])?.code == .audienceMismatch)
    }

    @Test(
        "[31] [48] no audience, or one that is not text or texts",
        arguments: [
            nil, "null", "[]", "1", "true", "{}", "[1]", "[null]", #"["https://service.example.com",1]"#,
            #"[["https://service.example.com"]]"#, #"{"aud":"https://service.example.com"}"#,
        ] as [String?]
    )
    func none(json: String?) {
        let error = Self.error(json)
        #expect(error?.code == .audienceMismatch)
        #expect(error?.explanation.contains("is not a string or a list of strings") == true)
    }

    @Test(
        "[48] another audience",
        arguments: [
            "", " ", "service.example.com", "https://service.example.com ", " https://service.example.com",
            "https://service.example.comm", "https://service.example.co", "HTTPS://service.example.com",
            "https://Service.example.com", "https://service.example.com/", "https://service.example.com:443",
            "https://service.example.com.attacker.example.com", "https://service.example.com?", "//service.example.com",
            "https://service.example.com\0", "https://service.example.com#", "https:/service.example.com", "*",
        ]
    )
    func other(audience: String) {
        #expect(Self.explanation(audience).isEmpty == false)
    }

    @Test(
        "[39] precomposed and decomposed forms are different audiences",
        arguments: [("\u{E9}", "e\u{301}"), ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}")]
    )
    func canonicalEquivalents(received: String, accepted: String) throws {
        #expect(received == accepted)
        #expect(Self.error("\"\(received)\"", accepted: [accepted])?.code == .audienceMismatch)
        #expect(try Self.check("\"\(received)\"", accepted: [accepted, received]).count == 1)
    }

    @Test(
        "a trailing slash is named, whichever of the two has it",
        arguments: [
            ("https://a.example.com/", "https://a.example.com"), ("https://a.example.com", "https://a.example.com/"),
            ("https://a.example.com/b/", "https://a.example.com/b"), ("a/", "a"), ("https://a:8080/", "https://a:8080"),
            ("https://a/é/", "https://a/é"),
        ]
    )
    func trailingSlash(received: String, accepted: String) {
        #expect(Self.explanation(received, accepted: [accepted]).contains("only by a trailing slash"))
    }

    @Test(
        "another path is named",
        arguments: [
            ("https://a.example.com/b", "https://a.example.com"), ("https://a.example.com", "https://a.example.com/b"),
            ("https://a.example.com/b", "https://a.example.com/c"), ("https://a/b//", "https://a/b"),
            ("https://a//", "https://a"), ("https://a/b/c", "https://a/b/"), ("https://a/?b=c", "https://a/"),
        ]
    )
    func path(received: String, accepted: String) {
        #expect(Self.explanation(received, accepted: [accepted]).contains("only by its path"))
    }

    @Test(
        "another scheme is named",
        arguments: [
            ("http://a.example.com", "https://a.example.com"), ("a.example.com", "https://a.example.com"),
            ("https://a.example.com", "a.example.com"), ("http://a.example.com/b", "https://a.example.com/b"),
        ]
    )
    func scheme(received: String, accepted: String) {
        #expect(Self.explanation(received, accepted: [accepted]).contains("only by its scheme"))
    }

    @Test(
        "no likely mistake is named where there are two, or another host",
        arguments: [
            ("http://a.example.com/", "https://a.example.com"), ("https://b.example.com", "https://a.example.com"),
            ("https://a.example.com:443", "https://a.example.com"),
            ("", "https://a.example.com"),
        ]
    )
    func unlike(received: String, accepted: String) {
        let explanation = Self.explanation(received, accepted: [accepted])
        #expect(!explanation.contains("only by"))
        #expect(explanation.contains("which this service does not accept"))
    }

    @Test("the audience that is alike is found among others")
    func likeAmongOthers() {
        let accepted = ["x", "https://b.example.com", "https://a.example.com", "http://a.example.com/c"]
        #expect(Self.explanation("https://a.example.com/", accepted: accepted).contains("trailing slash"))
    }

    @Test(
        "the audiences of users' tokens are named",
        arguments: [
            ("32555940559.apps.googleusercontent.com", "gcloud"),
            ("764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com", "application default"),
        ]
    )
    func userTokens(audience: String, word: String) {
        let explanation = Self.explanation(audience)
        #expect(explanation.contains(word))
        #expect(explanation.contains("impersonate a service account"))
    }

    @Test("the audience is quoted, escaped")
    func quoted() {
        #expect(Self.explanation("a\n\u{1B}[2J\"").contains(#""a\u{a}\u{1b}[2J\"""#))
        #expect(Self.explanation(String(repeating: "a", count: 10_000)).utf8.count < 500)
    }
}
