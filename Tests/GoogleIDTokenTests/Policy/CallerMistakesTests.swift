//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Explanation of a caller who is not allowed")
struct CallerMistakesTests {
    private static func explanation(_ policy: CallerPolicy, _ changes: [String: String?]) -> String {
        let error = #expect(throws: VerificationError.self) {
            try policy.check(try Claims(parsing: Array(TestToken.claims(changes).utf8)))
        }
        #expect(error?.code == .callerNotAllowed)
        return error?.explanation ?? ""
    }

    private static func explanation(ofEmail email: String) -> String {
        Self.explanation(.serviceAccounts(TestToken.email), ["email": IDTokenJSON.string(email).json])
    }

    @Test(
        "the only difference from an allowed address is named",
        arguments: [
            ("\(TestToken.email) ", "only by white space or control characters"),
            (" \(TestToken.email)", "only by white space or control characters"),
            ("\(TestToken.email)\0", "only by white space or control characters"),
            ("Caller@project.iam.gserviceaccount.com", "only by upper and lower case"),
            ("caller@PROJECT.iam.gserviceaccount.com", "only by upper and lower case"),
            ("c\u{430}ller@project.iam.gserviceaccount.com", "only by characters outside ASCII"),
            ("caller\u{AD}@project.iam.gserviceaccount.com", "only by characters outside ASCII"),
            ("caller@other.iam.gserviceaccount.com", "but is in another project"),
            ("caller", "lacks the domain of"), ("caller@", "lacks the domain of"),
        ]
    )
    func email(email: String, words: String) {
        let explanation = Self.explanation(ofEmail: email)
        #expect(explanation.contains(words), "\(explanation)")
        #expect(explanation.contains("the allowed \"\(TestToken.email)\""))
    }

    @Test(
        "no likely mistake is named where there are two, or another account",
        arguments: [
            "other@project.iam.gserviceaccount.com", "Caller@project.iam.gserviceaccount.com ", "",
            "caller@project.iam.gserviceaccount.com.example.com", "caller@example.com", "@", "other", "x",
            "caller@.iam.gserviceaccount.com",
        ]
    )
    func unlike(email: String) {
        #expect(!Self.explanation(ofEmail: email).contains("the allowed"))
    }

    @Test("the difference of a hosted domain or a subject is named")
    func otherClaims() {
        let domain: [String: String?] = ["hd": #""Example.com""#]
        #expect(
            Self.explanation(.hostedDomain("example.com"), domain).contains("hosted domain differs from the allowed")
        )
        let subject: [String: String?] = ["sub": #""1 ""#]
        #expect(
            Self.explanation(.subjects("1"), subject).contains(#"subject differs from the allowed "1" only by white"#)
        )
    }

    @Test("an address in an allowed domain, without the claim hd, is named")
    func noHostedDomain() {
        let changes: [String: String?] = ["email": #""a@example.com""#]
        #expect(Self.explanation(.hostedDomain("example.com"), changes).contains("token has no hosted domain (hd)"))
        #expect(!Self.explanation(.hostedDomain("example.org"), changes).contains("(hd)"))
    }

    @Test("who calls and who is allowed are both shown, escaped: at most three of a kind, and the number of the others")
    func both() {
        let policy: CallerPolicy = .union(
            .serviceAccounts((1...1_000).map { "s\($0)@example.com" }),
            .subjects("7", "8\""),
            .hostedDomain("example.org")
        )
        let explanation = Self.explanation(policy, ["email": #""x\n@example.com""#])
        #expect(explanation.contains(#"("x\u{a}@example.com", subject "\#(TestToken.subject)")"#))
        let allowed =
            #"the accounts "s1@example.com", "s2@example.com", "s3@example.com" and 997 more, and the subjects "7" "#
            + #"and "8\"", and the domains "example.org"."#
        #expect(explanation.hasSuffix(allowed), "\(explanation)")
    }

    @Test("the answer to the caller shows neither")
    func descriptionForCallers() {
        let error = VerificationError(.callerNotAllowed, Self.explanation(ofEmail: "other@example.com"))
        let answer = "\(error.httpResponse(realm: "r").headerFields) \(error.code.descriptionForCallers)"
        #expect(!answer.contains("@"))
    }
}
