//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("A caller policy from text")
struct CallerPolicyParsingTests {
    private static func allows(_ text: String, _ changes: [String: String?] = [:]) throws -> Bool {
        let policy = try CallerPolicy(parsing: text)
        let claims = try Claims(parsing: Array(TestToken.claims(changes).utf8))
        do throws(VerificationError) {
            try policy.check(claims)
            return true
        } catch {
            return false
        }
    }

    private static func error(_ text: String) -> IDTokenVerifier.ConfigurationError? {
        #expect(throws: IDTokenVerifier.ConfigurationError.self) { try CallerPolicy(parsing: text) }
    }

    @Test("each kind of caller has a spelling")
    func kinds() throws {
        for kind in ["serviceAccount", "user"] {
            #expect(try Self.allows("\(kind):\(TestToken.email)"))
            #expect(try !Self.allows("\(kind):\(TestToken.email)", ["email_verified": "false"]))
            #expect(try !Self.allows("\(kind):other@example.com"))
        }
        #expect(try Self.allows("subject:\(TestToken.subject)"))
        #expect(try !Self.allows("subject:1"))
        #expect(try Self.allows("domain:example.com", ["hd": #""example.com""#]))
        #expect(try !Self.allows("domain:example.com"))
        #expect(try Self.allows("any", ["email": nil]))
    }

    @Test("a subject may contain colons")
    func colons() throws {
        #expect(try Self.allows("subject:a:b", ["sub": #""a:b""#]))
    }

    @Test(
        "several callers are separated by white space or commas",
        arguments: [
            "subject:1 serviceAccount:\(TestToken.email)", "subject:1,serviceAccount:\(TestToken.email)",
            "\n\tsubject:1 ,\r\n serviceAccount:\(TestToken.email),,\n",
        ]
    )
    func several(text: String) throws {
        #expect(try Self.allows(text))
        #expect(try Self.allows(text, ["sub": #""1""#, "email": nil]))
        #expect(try !Self.allows(text, ["email": #""other@example.com""#]))
    }

    @Test("a text without callers names nobody", arguments: ["", " ", ",", "\n,\t ", "subject:", "domain:,subject:1"])
    func nobody(text: String) {
        let error = Self.error(text)
        #expect(error?.code == .callersMissing)
        #expect(
            error?.explanation.contains("serviceAccount:E-MAIL, user:E-MAIL, subject:ID, domain:NAME or any") == true
        )
    }

    @Test(
        "what is spelled otherwise is an error that shows the probable spelling",
        arguments: [
            ("Any", #"give "any" if"#), ("allAuthenticatedUsers", #"give "any" if"#), ("allUsers", #"give "any" if"#),
            ("*", #"give "any" if"#),
            ("a@example.com", #"give "serviceAccount:a@example.com" instead"#),
            ("@example.com", #"give "domain:example.com" instead"#), ("104029", #"give "subject:104029" instead"#),
            ("ServiceAccount:a@example.com", #"give "serviceAccount:a@example.com" instead"#),
            ("DOMAIN:example.com", #"give "domain:example.com" instead"#),
            ("mailto:a@example.com", #"give "serviceAccount:a@example.com" instead"#),
            ("subject:a@example.com", #"give "serviceAccount:a@example.com" instead"#),
            ("serviceAccount:104029", #"give "subject:104029" instead"#),
            ("serviceAccount:@example.com", #"give "domain:example.com" instead"#),
            ("domain:@example.com", #"give "domain:example.com" instead"#),
            ("domain:a@example.com", #"give "serviceAccount:a@example.com" instead"#),
            ("serviceAccount:user:a@example.com", #"give "serviceAccount:a@example.com" instead"#),
            (#""serviceAccount:a@example.com""#, #"give "serviceAccount:a@example.com" instead"#),
            ("'subject:1'", #"give "subject:1" instead"#),
            ("sub:1", "write serviceAccount:E-MAIL"), ("hd:example.com", "write serviceAccount:E-MAIL"),
            ("anyone", "write serviceAccount:E-MAIL"), (":a@example.com", "write serviceAccount:E-MAIL"),
            ("any:", "write serviceAccount:E-MAIL"), ("serviceAccount", "write serviceAccount:E-MAIL"),
            ("group:team@example.com", "ID tokens do not name groups"),
            ("principal://iam.googleapis.com/x", "do not name federated identities"),
            ("principalSet://iam.googleapis.com/x", "do not name sets"),
            ("deleted:serviceAccount:a@example.com?uid=1", "a deleted account cannot call"),
            ("serviceAccount:login", "an address without @ and domain"),
            ("serviceAccount:login@", "an address without a domain"),
        ]
    )
    func otherSpellings(text: String, remedy: String) {
        let error = Self.error(text)
        #expect(error?.code == .callerInvalid)
        #expect(error?.explanation.contains(remedy) == true, "\(error?.explanation ?? "")")
        #expect(error?.explanation.hasPrefix("The caller policy names") == true)
    }

    @Test("the error says which of several parts is wrong")
    func part() {
        let error = Self.error("subject:1, sub:2, any")
        #expect(error?.explanation.hasPrefix(#"The caller policy, in part 2 of 3, names the caller "sub:2", "#) == true)
    }
}
