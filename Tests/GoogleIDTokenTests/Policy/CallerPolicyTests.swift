//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Caller policy")
struct CallerPolicyTests {
    private static func check(_ policy: CallerPolicy, _ changes: [String: String?] = [:]) throws(VerificationError) {
        try policy.check(try Claims(parsing: Array(TestToken.claims(changes).utf8)))
    }

    private static func error(_ policy: CallerPolicy, _ changes: [String: String?] = [:]) -> VerificationError? {
        #expect(throws: VerificationError.self) { try Self.check(policy, changes) }
    }

    @Test("a service account by its verified e-mail address")
    func serviceAccount() throws {
        try Self.check(.serviceAccounts(TestToken.email))
        try Self.check(.serviceAccounts("other@example.com", TestToken.email))
        try Self.check(.serviceAccounts(["other@example.com", TestToken.email]))
    }

    @Test("no e-mail address, or one that is not text", arguments: [nil, "null", "1", "true", "[]", "{}"] as [String?])
    func emailMissing(json: String?) {
        let error = Self.error(.serviceAccounts(TestToken.email), ["email": json])
        #expect(error?.code == .emailMissing)
        #expect(error?.explanation.contains("format=full") == true)
        #expect(error?.explanation.contains("includeEmail") == true)
        #expect(error?.explanation.contains(TestToken.subject) == true)
    }

    @Test(
        "an e-mail address that is not verified",
        arguments: [nil, "false", "null", #""true""#, "1", "[true]", "{}"] as [String?]
    )
    func emailNotVerified(json: String?) {
        let policy: CallerPolicy = .serviceAccounts(TestToken.email)
        #expect(Self.error(policy, ["email_verified": json])?.code == .emailNotVerified)
    }

    @Test(
        "another e-mail address, however alike",
        arguments: [
            "", "other@project.iam.gserviceaccount.com", "Caller@project.iam.gserviceaccount.com",
            "caller@PROJECT.iam.gserviceaccount.com", "caller@project.iam.gserviceaccount.com ",
            " caller@project.iam.gserviceaccount.com", "caller@project.iam.gserviceaccount.com.example.com",
            "caller@project.iam.gserviceaccount.co", "xcaller@project.iam.gserviceaccount.com", "caller@", "*",
            "caller@project.iam.gserviceaccount.com\0", "cаller@project.iam.gserviceaccount.com",
            "104029292853099978293",
        ]
    )
    func otherEmail(email: String) {
        let error = Self.error(.serviceAccounts(TestToken.email), ["email": IDTokenJSON.string(email).json])
        #expect(error?.code == .callerNotAllowed)
        #expect(error?.disposition == .forbidden)
    }

    @Test("a subject, whatever the e-mail address is")
    func subject() throws {
        try Self.check(.subjects(TestToken.subject))
        try Self.check(.subjects(["1", TestToken.subject]))
        try Self.check(.subjects(TestToken.subject), ["email": nil, "email_verified": nil])
        try Self.check(.subjects(TestToken.subject), ["email_verified": "false"])
    }

    @Test(
        "another subject",
        arguments: ["1", "10402929285309997829", "1040292928530999782930", "104029292853099978293 ", "0x"]
    )
    func otherSubject(subject: String) {
        #expect(Self.error(.subjects(TestToken.subject), ["sub": "\"\(subject)\""])?.code == .callerNotAllowed)
    }

    @Test("a user of a domain")
    func hostedDomain() throws {
        try Self.check(.hostedDomain("example.com"), ["hd": #""example.com""#])
        try Self.check(.hostedDomain("example.com"), ["hd": #""example.com""#, "email": nil, "email_verified": nil])
    }

    @Test(
        "a user of another domain, or of none",
        arguments: [
            nil, "null", "true", #"["example.com"]"#, #""""#, #""Example.com""#, #""example.com.""#,
            #""sub.example.com""#, #""example.comm""#, #""example""#, #""other.example.com""#, #""*""#,
        ] as [String?]
    )
    func otherDomain(json: String?) {
        // The domain of an address is no proof: an account of anyone can be named so.
        let changes = ["hd": json, "email": #""user@example.com""#]
        #expect(Self.error(.hostedDomain("example.com"), changes)?.code == .callerNotAllowed)
    }

    @Test("a name counts only where the policy gives it: not as another kind of name")
    func kindsOfNames() {
        #expect(Self.error(.subjects(TestToken.email))?.code == .callerNotAllowed)
        #expect(Self.error(.serviceAccounts(TestToken.subject))?.code == .callerNotAllowed)
        #expect(Self.error(.hostedDomain(TestToken.email))?.code == .callerNotAllowed)
        #expect(Self.error(.serviceAccounts("example.com"), ["hd": #""example.com""#])?.code == .callerNotAllowed)
    }

    @Test("[53] the claim azp is never used")
    func authorizedParty() {
        let changes: [String: String?] = [
            "azp": "\"\(TestToken.email)\"", "email": #""other@example.com""#, "sub": #""1""#,
        ]
        #expect(Self.error(.serviceAccounts(TestToken.email), changes)?.code == .callerNotAllowed)
        #expect(Self.error(.subjects(TestToken.email), changes)?.code == .callerNotAllowed)
    }

    @Test(
        "[39] precomposed and decomposed forms are different names",
        arguments: [("\u{E9}@example.com", "e\u{301}@example.com"), ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}")]
    )
    func canonicalEquivalents(received: String, allowed: String) throws {
        #expect(received == allowed)
        let email = ["email": "\"\(received)\""] as [String: String?]
        #expect(Self.error(.serviceAccounts(allowed), email)?.code == .callerNotAllowed)
        try Self.check(.serviceAccounts(received), email)
        let domain = ["hd": "\"\(received)\""] as [String: String?]
        #expect(Self.error(.hostedDomain(allowed), domain)?.code == .callerNotAllowed)
        try Self.check(.hostedDomain(received), domain)
    }

    @Test("everyone, if that is spelled out")
    func any() throws {
        try Self.check(.anyGoogleIdentity)
        try Self.check(.anyGoogleIdentity, ["email": nil, "email_verified": nil, "sub": #""1""#])
    }

    @Test("a union takes whom one of its policies takes")
    func union() throws {
        let policy: CallerPolicy = .union(
            .serviceAccounts(TestToken.email),
            .subjects("1"),
            .hostedDomain("example.com"),
            .hostedDomain("example.org")
        )
        try Self.check(policy)
        try Self.check(policy, ["sub": #""1""#, "email": nil])
        try Self.check(policy, ["hd": #""example.com""#, "email_verified": "false"])
        try Self.check(policy, ["hd": #""example.org""#, "email": #""other""#])
        #expect(Self.error(policy, ["email": #""other""#, "hd": #""example.net""#])?.code == .callerNotAllowed)
        #expect(Self.error(policy, ["email": nil])?.code == .emailMissing)
        try Self.check(.union([policy, .anyGoogleIdentity]), ["email": #""other""#])
    }

    @Test("without service accounts an address is not asked for")
    func noEmailNeeded() {
        let policy: CallerPolicy = .union(.subjects("1"), .hostedDomain("example.com"))
        #expect(Self.error(policy, ["email": nil])?.code == .callerNotAllowed)
        #expect(Self.error(policy, ["email_verified": "false"])?.code == .callerNotAllowed)
    }

    @Test(
        "policies that nobody can meet are known",
        arguments: [
            Named("no service account", CallerPolicy.serviceAccounts()), Named("no subject", .subjects([])),
            Named("empty union", .union()), Named("union of empty ones", .union(.serviceAccounts([]), .subjects())),
            Named("empty e-mail", .serviceAccounts("")), Named("empty subject", .subjects("1", "")),
            Named("empty domain", .hostedDomain("")),
            Named("empty in a union", .union(.anyGoogleIdentity, .subjects(""))),
        ]
    )
    func nobody(policy: Named<CallerPolicy>) {
        let error = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try policy.value.checkNames("The policy")
        }
        #expect(error?.code == .callersMissing)
        #expect(error?.explanation.hasPrefix("The policy ") == true)
    }

    @Test(
        "policies that somebody can meet are known",
        arguments: [
            Named("any", CallerPolicy.anyGoogleIdentity), Named("e-mail", .serviceAccounts("a@b")),
            Named("subject", .subjects("1")), Named("domain", .hostedDomain("a")),
            Named("union with an empty one", .union(.subjects(), .subjects("1"))),
        ]
    )
    func somebody(policy: Named<CallerPolicy>) throws {
        try policy.value.checkNames("The policy")
    }

    @Test("explanations name the caller, escaped")
    func explanation() {
        let error = Self.error(.subjects("1"), ["email": #""a\n\"b""#])
        #expect(error?.explanation.contains(#"("a\u{a}\"b", subject "\#(TestToken.subject)")"#) == true)
        let withoutEmail = Self.error(.subjects("1"), ["email": nil])
        #expect(withoutEmail?.explanation.contains(#"(subject "\#(TestToken.subject)")"#) == true)
    }
}
