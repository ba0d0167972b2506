//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Explanation of an audience")
struct AudienceMistakesTests {
    private static let own = "https://profiles-123456.europe-west1.run.app"

    private static func explanation(_ audience: String, accepted: [String] = [Self.own]) -> String {
        let error = #expect(throws: VerificationError.self) {
            let claims = TestToken.claims(["aud": IDTokenJSON.string(audience).json])
            try AudiencePolicy(accepted).check(try Claims(parsing: Array(claims.utf8)))
        }
        #expect(error?.code == .audienceMismatch)
        return error?.explanation ?? ""
    }

    @Test(
        "white space and control characters are named, and not taken for a scheme or a path",
        arguments: [
            " \(Self.own)", "\(Self.own) ", "\(Self.own)\n", "\t\(Self.own)\r\n", "\(Self.own)\0",
            "https:// \(Self.own.dropFirst(8))",
        ]
    )
    func whiteSpace(audience: String) {
        let explanation = Self.explanation(audience)
        #expect(explanation.contains("\"\(Self.own)\" only by white space or control characters"))
        #expect(!explanation.contains("scheme"))
    }

    @Test("with white space and another difference, no single difference is named", arguments: ["/ ", "/a ", " x"])
    func whiteSpaceAndMore(end: String) {
        #expect(!Self.explanation(Self.own + end).contains("only by"))
        #expect(!Self.explanation(" http\(Self.own.dropFirst(5))").contains("only by"))
    }

    @Test(
        "upper and lower case are named",
        arguments: [
            Self.own.uppercased(), "HTTPS\(Self.own.dropFirst(5))", "https://Profiles\(Self.own.dropFirst(16))",
        ]
    )
    func letterCase(audience: String) {
        #expect(Self.explanation(audience).contains("\"\(Self.own)\" only by upper and lower case"))
    }

    @Test(
        "characters that look alike are named and shown by their numbers",
        arguments: [
            ("https://pr\u{43E}files-123456.europe-west1.run.app", #"\u{43e}"#),
            ("https://profiles-123456\u{2024}europe-west1.run.app", #"\u{2024}"#),
            ("https://pro\u{AD}files-123456.europe-west1.run.app", #"\u{ad}"#),
            ("\u{202E}https://profiles-123456.europe-west1.run.app", #"\u{202e}"#),
        ]
    )
    func lookAlikes(audience: String, shown: String) {
        let explanation = Self.explanation(audience)
        #expect(explanation.contains("\"\(Self.own)\" only by characters outside ASCII"))
        #expect(explanation.contains(shown))
    }

    @Test("texts that have only their foreign letters in common are not alike")
    func notAlike() {
        #expect(!Self.explanation("пример", accepted: ["другое"]).contains("only by"))
        #expect(!Self.explanation("https://b\u{E9}.example", accepted: ["https://a\u{E9}.example"]).contains("only by"))
    }

    @Test(
        "the URL of a traffic tag is named",
        arguments: [
            ("https://green---profiles-123456.europe-west1.run.app", Self.own),
            ("https://green---profiles-123456.europe-west1.run.app/", Self.own),
            ("https://green---profiles-abcde12345-ew.a.run.app", "https://profiles-abcde12345-ew.a.run.app"),
        ]
    )
    func trafficTag(audience: String, accepted: String) {
        let explanation = Self.explanation(audience, accepted: [accepted])
        #expect(explanation.contains("which is the URL of a traffic tag of the accepted \"\(accepted)\""))
        #expect(explanation.contains("have the caller request the accepted audience"))
    }

    @Test("that the accepted audience is the URL of a traffic tag is named")
    func acceptedTrafficTag() {
        let tag = "https://green---profiles-123456.europe-west1.run.app"
        #expect(Self.explanation(Self.own, accepted: [tag]).contains("\"\(tag)\" is that of one of its traffic tags"))
    }

    @Test(
        "the other form of a service's URL is named, whichever is accepted",
        arguments: [
            ("https://profiles-abcde12345-ew.a.run.app", Self.own),
            (Self.own, "https://profiles-abcde12345-ew.a.run.app"),
            ("https://my-profiles-abcde12345-ew.a.run.app/", "https://my-profiles-123456.europe-west1.run.app/"),
        ]
    )
    func otherForm(audience: String, accepted: String) {
        let explanation = Self.explanation(audience, accepted: [accepted])
        #expect(explanation.contains("the other form of a Cloud Run URL, for a service with the same name"))
        #expect(explanation.contains("accept both"))
    }

    @Test(
        "another service, project or region is not taken for the other form",
        arguments: [
            "https://orders-abcde12345-ew.a.run.app", "https://profiles-654321.europe-west1.run.app",
            "https://profiles-123456.europe-west2.run.app", "https://profiles-abcde12345-ew.b.run.app",
            "https://profiles.a.run.app", "https://-abcde12345-ew.a.run.app", "https://---profiles.run.app",
        ]
    )
    func otherService(audience: String) {
        #expect(Self.explanation(audience).contains("which this service does not accept"))
    }

    @Test(
        "a URL in another domain may be the custom domain of the service",
        arguments: ["https://profiles.example.com", "https://profiles.example.com/", "https://run.app.example.com/a"]
    )
    func customDomain(audience: String) {
        let explanation = Self.explanation(audience)
        #expect(explanation.contains("if it is the custom domain of this service"))
        #expect(explanation.contains("have the caller request \"\(Self.own)\""))
    }

    @Test(
        "what cannot be a custom domain, or is not asked of Cloud Run, is not taken for one",
        arguments: [
            ("http://profiles.example.com", [Self.own]), ("https://oauth2.googleapis.com/token", [Self.own]),
            ("https://europe-west1-my-project.cloudfunctions.net/profiles", [Self.own]), ("profiles", [Self.own]),
            ("https://profiles", [Self.own]), ("https://profiles.example.com:8443", [Self.own]),
            ("https://a@profiles.example.com", [Self.own]), ("https://profiles.example.com", [Self.own, "custom"]),
            ("https://profiles.example.com", ["https://example.org"]),
        ]
    )
    func noCustomDomain(audience: String, accepted: [String]) {
        #expect(Self.explanation(audience, accepted: accepted).contains("which this service does not accept"))
    }

    @Test("what came and what is accepted are both shown, escaped: at most three, and the number of the others")
    func both() {
        #expect(Self.explanation("x\n", accepted: ["a"]).contains(#""x\u{a}""#))
        #expect(Self.explanation("x", accepted: ["a"]).hasSuffix(#"This service accepts "a"."#))
        #expect(Self.explanation("x", accepted: ["a", "b\""]).hasSuffix(#"This service accepts "a" and "b\""."#))
        #expect(Self.explanation("x", accepted: ["a", "b", "c"]).hasSuffix(#"accepts "a", "b" and "c"."#))
        let many = (1...5_000).map { "audience \($0)" }
        #expect(
            Self.explanation("x", accepted: many)
                .hasSuffix(#"accepts "audience 1", "audience 2", "audience 3" and 4997 more."#)
        )
    }

    @Test("the answer to the caller shows neither")
    func descriptionForCallers() throws {
        let error = VerificationError(.audienceMismatch, Self.explanation("secret-audience"))
        let answer = "\(error.httpResponse(realm: "r").headerFields) \(error.code.descriptionForCallers)"
        #expect(!answer.contains("secret-audience"))
        #expect(!answer.contains("run.app"))
    }

    @Test("of many accepted audiences only the first hundred are compared")
    func bounded() {
        let others = (1...200).map { "https://a\($0).example" }
        let audience = "HTTPS\(Self.own.dropFirst(5))"
        #expect(Self.explanation(audience, accepted: others.prefix(99) + [Self.own]).contains("upper and lower case"))
        #expect(!Self.explanation("\(Self.own) ", accepted: others + [Self.own]).contains("only by"))
        let long = String(repeating: "A", count: 2_049)
        #expect(!Self.explanation(long, accepted: [long.lowercased()]).contains("only by"))
    }
}
