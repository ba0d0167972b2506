//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Spelling of a caller policy")
struct CallerPolicySpellingTests {
    private static func allows(_ spelling: String, _ changes: [String: String?] = [:]) throws -> Bool {
        let policy = try #require(CallerPolicy(spelling: spelling))
        let claims = try Claims(parsing: Array(TestToken.claims(changes).utf8))
        do throws(VerificationError) {
            try policy.check(claims)
            return true
        } catch {
            return false
        }
    }

    @Test("each kind of policy has a spelling")
    func kinds() throws {
        #expect(try Self.allows("serviceAccount:\(TestToken.email)"))
        #expect(try !Self.allows("serviceAccount:\(TestToken.email)", ["email_verified": "false"]))
        #expect(try !Self.allows("serviceAccount:\(TestToken.subject)"))
        #expect(try Self.allows("subject:\(TestToken.subject)"))
        #expect(try !Self.allows("subject:\(TestToken.email)"))
        #expect(try Self.allows("domain:example.com", ["hd": #""example.com""#]))
        #expect(try !Self.allows("domain:example.com"))
        #expect(try Self.allows("any", ["email": nil]))
    }

    @Test("what comes after the first colon is the name, whatever it is")
    func colons() throws {
        #expect(try Self.allows("subject:a:b", ["sub": #""a:b""#]))
        #expect(try Self.allows("subject: a ", ["sub": #"" a ""#]))
    }

    @Test(
        "what is spelled otherwise is no policy",
        arguments: [
            "", ":", "any:", "Any", "any ", "anyGoogleIdentity", "serviceAccount", "serviceAccount:", ":a@example.com",
            "ServiceAccount:a@example.com", "serviceaccount:a@example.com", "service_account:a@example.com",
            "subjects:1", "sub:1", "email:a@example.com", "domain", "domain:", "hd:example.com", " subject:1",
            "a@example.com", "*",
        ]
    )
    func otherSpellings(spelling: String) {
        #expect(CallerPolicy(spelling: spelling) == nil)
    }
}
