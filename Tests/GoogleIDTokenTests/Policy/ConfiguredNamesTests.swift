//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Audiences and callers that no token can name")
struct ConfiguredNamesTests {
    private static func error(
        audience: String = TestToken.audience,
        callers: CallerPolicy = .anyGoogleIdentity
    ) -> IDTokenVerifier.ConfigurationError? {
        #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try IDTokenVerifier(
                audiences: ["first", audience],
                callers: callers,
                keys: .document(try TestToken.keyDocument)
            )
        }
    }

    @Test(
        "a text that no audience can have is refused, with the value that was probably meant",
        arguments: [
            ("https://a.example\n", "a line break", #"give "https://a.example" instead"#),
            ("https://a.example\r\n", "a line break", #"give "https://a.example" instead"#),
            ("https://a.example\u{2028}", "a line break", #"give "https://a.example" instead"#),
            (" https://a.example", "white space", #"give "https://a.example" instead"#),
            ("https://a.example\t", "white space", #"give "https://a.example" instead"#),
            ("https://a.example\u{A0}", "white space", #"give "https://a.example" instead"#),
            (
                "https://a.example,https://b.example", "a comma",
                #"separately: "https://a.example" and "https://b.example""#
            ),
            (
                "https://a.example?q=1,https://b.example", "a comma",
                #"separately: "https://a.example?q=1" and "https://b.example""#
            ),
            ("https://a.example, b,c , d", "a comma", #""https://a.example", "b", "c" and 1 more"#),
            ("a b", "white space", #"separately: "a" and "b""#),
            (#""https://a.example""#, "a quotation mark", #"give "https://a.example" instead"#),
            ("'https://a.example'", "a quotation mark", #"give "https://a.example" instead"#),
            ("`https://a.example`", "a quotation mark", #"give "https://a.example" instead"#),
            ("\u{201C}https://a.example\u{201D}", "a quotation mark", #"give "https://a.example" instead"#),
            ("https://a.example\0", "a control character", #"give "https://a.example" instead"#),
            ("https://a.exam\u{200B}ple", "an invisible character", #"give "https://a.example" instead"#),
            ("\u{FEFF}https://a.example", "an invisible character", #"give "https://a.example" instead"#),
            (#"["https://a.example"]"#, "a bracket", #"give "https://a.example" instead"#),
            ("<https://a.example>", "a bracket", #"give "https://a.example" instead"#),
            ("$SERVICE_URL", "$", "probably because a variable was not replaced"),
            ("a,b", "a comma", #"separately: "a" and "b""#), (",", "a comma", "remove it"),
            ("\n", "a line break", "remove it"), ("''", "a quotation mark", "remove it"),
        ]
    )
    func audiences(audience: String, mistake: String, remedy: String) {
        let error = Self.error(audience: audience)
        #expect(error?.code == .audienceInvalid)
        #expect(
            error?.explanation.hasPrefix("The verifier names the audience \(audience.quotedForOperators), ") == true
        )
        #expect(error?.explanation.contains("\(mistake), probably because") == true)
        #expect(error?.explanation.contains(remedy) == true, "\(error?.explanation ?? "")")
    }

    @Test(
        "any other text is an audience",
        arguments: [
            "a", "https://a.example/path?query=a;b#c", "urn:example:service", "https://caf\u{E9}.example",
            "1234-abc.apps.googleusercontent.com", "/projects/652562776798/apps/my-project", "o'brien", "a+b=c",
            "{}[]<>|\\",
            "https://a.example/push?topics=a,b", "https://a.example/a,b", "serviceAccount:a",
            String(repeating: "a", count: 100_000),
        ]
    )
    func goodAudiences(audience: String) throws {
        _ = try IDTokenVerifier(
            audience: audience,
            callers: .anyGoogleIdentity,
            keys: .document(try TestToken.keyDocument)
        )
    }

    @Test(
        "a name that no token can contain is refused, with the one that was probably meant",
        arguments: [
            Named(#"give "a@b.example" instead"#, CallerPolicy.serviceAccounts("a@b.example\n")),
            Named(#"give "a@b.example" instead"#, .serviceAccounts(" a@b.example")),
            Named(#"give "a@b.example" instead"#, .serviceAccounts("'a@b.example'")),
            Named(#"separately: "a@b.example" and "c@d.example""#, .serviceAccounts("a@b.example,c@d.example")),
            Named(#"give .serviceAccounts("a@b.example") instead"#, .serviceAccounts("serviceAccount:a@b.example")),
            Named(#"give .serviceAccounts("a@b.example") instead"#, .serviceAccounts("user:a@b.example")),
            Named(#"give .hostedDomain("b.example") instead"#, .serviceAccounts("domain:b.example")),
            Named(#"give .subjects("1") instead"#, .serviceAccounts("subject:1")),
            Named("name the service accounts or users themselves", .serviceAccounts("group:a@b.example")),
            Named(#"give .hostedDomain("b.example") instead"#, .serviceAccounts("@b.example")),
            Named(#"give .subjects("104029292853099978293") instead"#, .serviceAccounts("104029292853099978293")),
            Named("give the whole address", .serviceAccounts("login")),
            Named("give the whole address", .serviceAccounts("my-project.iam.gserviceaccount.com")),
            Named("give the whole address", .serviceAccounts("login@")),
            Named("give one address", .serviceAccounts("a@b@c.example")),
            Named(#"give .serviceAccounts("a@b.example") instead"#, .subjects("1", "a@b.example")),
            Named(#"give .subjects("1") instead"#, .subjects("subject:1")),
            Named(#"give "1" instead"#, .subjects("1\n")),
            Named(#"give .hostedDomain("b.example") instead"#, .hostedDomain("@b.example")),
            Named(#"give .hostedDomain("b.example") instead"#, .hostedDomain("domain:b.example")),
            Named(#"give .hostedDomain("b.example") instead"#, .hostedDomain("https://b.example/")),
            Named(#"give .serviceAccounts("a@b.example") instead"#, .hostedDomain("a@b.example")),
            Named("service accounts have no hosted domain", .hostedDomain("my-project.iam.gserviceaccount.com")),
            Named(#"give "1" instead"#, .union(.anyGoogleIdentity, .subjects("1 "))),
        ]
    )
    func callers(policy: Named<CallerPolicy>) {
        let error = Self.error(callers: policy.value)
        #expect(error?.code == .callerInvalid)
        #expect(error?.explanation.hasPrefix("The caller policy names the ") == true)
        #expect(error?.explanation.contains(policy.description) == true, "\(error?.explanation ?? "")")
    }

    @Test("an error shows the value escaped")
    func escaped() {
        let error = Self.error(callers: .serviceAccounts("a\u{1B}[2J@b.example"))
        #expect(
            error?.explanation.contains(#"names the account "a\u{1b}[2J@b.example", which contains a control"#) == true
        )
    }

    @Test(
        "every address, subject and domain that Google writes is a name",
        arguments: [
            "login@my-project.iam.gserviceaccount.com", "123456-compute@developer.gserviceaccount.com",
            "my-project@appspot.gserviceaccount.com", "service-123456@gcp-sa-pubsub.iam.gserviceaccount.com",
            "login@my-project.example.com.iam.gserviceaccount.com", "chat@system.gserviceaccount.com",
            "first.last+tag@example.com", "o'brien@example.com", "O_Brien-1@EXAMPLE.co.uk", "caf\u{E9}@example.com",
            "a@b",
        ]
    )
    func goodAddresses(email: String) throws {
        try CallerPolicy.serviceAccounts(email).checkNames("The policy")
    }

    @Test("subjects and domains of other forms are names")
    func goodNames() throws {
        try CallerPolicy.subjects("104029292853099978293", "accounts.google.com:1", "a:b", "x/y")
            .checkNames("The policy")
        for domain in ["example.com", "sub.example.co.uk", "xn--caf-dma.example", "a"] {
            try CallerPolicy.hostedDomain(domain).checkNames("The policy")
        }
    }
}
