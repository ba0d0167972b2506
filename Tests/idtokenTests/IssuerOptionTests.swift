//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// `--issuer` of the commands verify, inspect and keys, with tokens of each of Google's other issuers.
@Suite("The option --issuer", .serialized)
struct IssuerOptionTests {
    @Test("a token of each issuer is verified from a file and from its own header, and with no other --issuer")
    func verify() async throws {
        try await withTemporaryFolder { folder in
            let all = try IssuedToken.all(in: folder)
            for issued in all {
                let command = try await Command(["verify"] + issued.options, input: issued.token)
                #expect(command.status == 0, "\(issued.issuer): \(command.errors)")
                #expect(command.output.contains("verified  the signature holds"))
                let header = ["--header", "\(issued.field.name.lowercased()): \(issued.field.value)"]
                let fromHeader = try await Command(["verify"] + issued.options + header)
                #expect(fromHeader.status == 0, "\(issued.issuer): \(fromHeader.errors)")
                for other in all where other.issuer != issued.issuer {
                    let confused = try await Command(["verify"] + other.options, input: issued.token)
                    #expect(confused.status == 1, "\(issued.issuer) as \(other.issuer)")
                }
                let asIDToken = ["verify", "--keys", "Fixtures/keys/google.json", "--audience", IssuedToken.audience]
                #expect(try await Command(asIDToken, input: issued.token).status == 1)
            }
        }
    }

    @Test("an assertion in Authorization is not read, and the error says which header is missing")
    func header() async throws {
        try await withTemporaryFolder { folder in
            let issued = try #require(try IssuedToken.all(in: folder).first)
            let options = ["verify", "--issuer", "iap"] + issued.options.dropFirst(2)
            let command = try await Command(options + ["--header", "Authorization: Bearer \(issued.token)"])
            #expect(command.status == 1)
            #expect(command.errors.contains("X-Goog-IAP-JWT-Assertion"), "\(command.errors)")
        }
    }

    @Test(
        "a wrong issuer, audience or caller ends with status 64 and the remedy",
        arguments: [
            (["--issuer", "firebase"], "give the ID, such as my-project"),
            (["--issuer", "firbase:p"], "name one of googleIDToken, identityAwareProxy, iap, firebase:PROJECT"),
            (["--issuer", "iap:x"], "has no parts"),
            (["--issuer", "agentIdentity:folders/1"], "no valid number"),
            (["--issuer", "iap"], "--audience is missing"),
            (["--issuer", "iap", "--audience", "https://service.example.com"], "copy the audience from the page"),
            (["--issuer", "firebase:p", "--audience", "p"], "leave it out"),
            (["--issuer", "firebase:p", "--caller", "domain:example.com"], "have no such claim"),
            (
                ["--issuer", "iap", "--audience", "/projects/1/apps/p", "--caller", "subject:104"],
                "accounts.google.com:104"
            ),
        ]
    )
    func wrongArguments(_ options: [String], _ words: String) async throws {
        let keys = options.contains("--keys") ? [] : ["--keys", "Fixtures/keys/google.json"]
        let command = try await Command(["verify"] + options + keys, input: "a.b.c")
        #expect(command.status == 64, "\(command.errors)")
        #expect(command.errors.contains(words), "\(command.errors)")
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test("a credential in place of an issuer is not shown")
    func credential() async throws {
        let token = try Captured.token.get()
        let command = try await Command("verify", "--audience", "https://a.example", "--issuer", token)
        #expect(command.status == 64)
        let parts = token.split(separator: ".").map { String($0.prefix(30)) }
        #expect(parts.allSatisfy { !command.errors.contains($0) }, "\(command.errors)")
    }

    @Test("a token that is bound to a certificate is verified with --client-certificate alone")
    func bound() async throws {
        try await withTemporaryFolder { folder in
            let certificate = String(repeating: "A", count: 43)
            let claims = #"{"cnf":{"x5t#S256":"\#(certificate)"}}"#
            let agent = try #require(try IssuedToken.all(in: folder, claims: claims).last)
            let other = String(repeating: "B", count: 42) + "A"
            let results = [
                ([], 1, "confirmation_failed"), (["--client-certificate", certificate], 0, ""),
                (["--client-certificate", other], 1, "confirmation_failed"),
                (["--client-certificate", "AAAA"], 64, "43 characters"),
            ]
            for (options, status, words) in results {
                let command = try await Command(["verify"] + agent.options + options, input: agent.token)
                #expect(command.status == Int32(status), "\(options): \(command.errors)")
                #expect(command.errors.contains(words) || words.isEmpty, "\(command.errors)")
            }
        }
    }

    @Test("inspect says whose token it is and which --issuer verifies it")
    func inspect() async throws {
        try await withTemporaryFolder { folder in
            for issued in try IssuedToken.all(in: folder) {
                let command = try await Command(
                    "inspect",
                    "--header",
                    "\(issued.field.name): \(issued.field.value)",
                    "--header",
                    "Accept: */*"
                )
                #expect(command.status == 0, "\(command.errors)")
                #expect(command.output.contains("verify with  --issuer \(issued.issuer)\n"), "\(command.output)")
                #expect(command.output.contains("found in     \(issued.field.name)\n"), "\(command.output)")
            }
        }
    }

    @Test("an issuer that no --issuer accepts is said, and a project that cannot exist is not written into the advice")
    func inspectUnknown() async throws {
        for issuer in [
            "https://example.com", "https://securetoken.google.com/a b;rm", "https://sts.googleapis.com/v1/x",
        ] {
            let segment = Data(#"{"iss":"\#(issuer)"}"#.utf8).base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            let command = try await Command("inspect", input: "e30.\(segment).AAAA")
            #expect(command.output.contains("verify with  nothing"), "\(command.output)")
        }
    }

    @Test("an archive keeps the keys of several issuers apart: tokens are verified with those of their own issuer")
    func archive() async throws {
        try await withTemporaryFolder { folder in
            let archive = folder.appending(path: "archive").path(percentEncoded: false)
            let all = try IssuedToken.all(in: folder)
            for issued in all {
                let file = issued.keysFile.path(percentEncoded: false)
                let added = try await Command("keys", "archive", archive, "--issuer", issued.issuer, "--from", file)
                #expect(added.status == 0, "\(added.errors)")
            }
            for issued in all {
                let options = ["--issuer", issued.issuer, "--keys", archive]
                let list = try await Command(["keys", "list"] + options)
                #expect(list.output.contains("\n1 keys, 0 key IDs in conflict"), "\(list.output)\(list.errors)")
                #expect(list.output.contains(issued.issuer == "identityAwareProxy" ? "256 bits  ES256" : "RS256"))
                let command = try await Command(["verify"] + options + issued.audienceOptions, input: issued.token)
                #expect(command.status == 0, "\(issued.issuer): \(command.errors)")
                #expect(command.output.contains("the archive vouches for the key"))
            }
            let google = try await Command("keys", "list", "--keys", archive)
            #expect(google.status == 74)
            #expect(google.errors.contains("contains no keys of the issuer googleIDToken"), "\(google.errors)")
            let other = try await Command(
                "keys",
                "list",
                "--keys",
                archive,
                "--issuer",
                "agentIdentity:organizations/7"
            )
            #expect(other.errors.contains("run 'idtoken keys archive --issuer agentIdentity:organizations/7 "))
        }
    }
}
#endif
