//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// `idtoken verify` on a token of the fixtures: its output, its errors and its exit statuses.
@Suite("idtoken verify")
struct VerifyCommandTests {
    private static let keys = "Fixtures/keys/google.json"
    private static let tokenFile = "Fixtures/tokens/valid.jwt"
    private static let audience = "https://service.example.run.app"
    private static let email = "caller@my-project.iam.gserviceaccount.com"
    private static let at = "2023-11-14T22:13:20Z"

    private static let token = Result {
        try String(contentsOf: Command.projectRoot.appending(path: tokenFile), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func verify(_ arguments: String..., input: String = "") async throws -> Command {
        try await Self.verify(arguments, input: input)
    }

    private static func verify(_ arguments: [String], input: String = "") async throws -> Command {
        try await Command(
            ["verify", "--keys", Self.keys, "--audience", Self.audience, "--at", Self.at] + arguments,
            input: input
        )
    }

    @Test("a good token in a file is accepted, and the output names its caller")
    func acceptsATokenFile() async throws {
        let command = try await Self.verify("--token-file", Self.tokenFile)
        #expect(command.status == 0)
        #expect(command.errors.isEmpty)
        #expect(command.output.contains("verified  the signature holds"))
        #expect(command.output.contains("caller    \(Self.email) (verified)"))
        #expect(command.output.contains("may call  any, since no --caller is given"))
    }

    @Test("a token is read from standard input or from either header")
    func acceptsStandardInputAndHeaders() async throws {
        let token = try Self.token.get()
        #expect(try await Self.verify(input: token + "\n").status == 0)
        #expect(try await Self.verify("--header", "authorization: Bearer \(token)").status == 0)
        #expect(try await Self.verify("--header", "X-Serverless-Authorization:bearer \(token)").status == 0)
    }

    @Test("with both headers, X-Serverless-Authorization is the one that counts")
    func prefersXServerlessAuthorization() async throws {
        let token = try Self.token.get()
        let command = try await Self.verify(
            "--header",
            "Authorization: Bearer \(token)",
            "--header",
            "X-Serverless-Authorization: Bearer x.y.z"
        )
        #expect(command.status == 1)
        #expect(command.errors.hasPrefix("idtoken: token_malformed: "))
    }

    @Test("a caller whom --caller names is accepted, and another is refused")
    func namesTheCallersThatMayCall() async throws {
        let right = try await Self.verify("--caller", "serviceAccount:\(Self.email)", "--token-file", Self.tokenFile)
        #expect(right.status == 0)
        #expect(right.output.contains("may call  serviceAccount:\(Self.email)"))
        let wrong = try await Self.verify("--caller", "subject:1", "--token-file", Self.tokenFile)
        #expect(wrong.status == 1)
        #expect(wrong.errors.hasPrefix("idtoken: caller_not_allowed: "))
    }

    @Test("--format json prints an object for a token that is accepted and for a refusal")
    func printsJSONForBothVerdicts() async throws {
        let accepted = try await Self.verify("--format", "json", "--token-file", Self.tokenFile)
        let verdict = try #require(Self.object(accepted.output))
        #expect(accepted.status == 0)
        #expect(verdict["verdict"] as? String == "verified")
        #expect((verdict["claims"] as? [String: Any])?["email"] as? String == Self.email)

        let rejected = try await Self.verify("--format", "json", "--header", "Authorization: Basic x")
        #expect(rejected.status == 1)
        #expect(rejected.errors.isEmpty)
        #expect(Self.object(rejected.output)?["code"] as? String == "credentials_missing")
    }

    @Test("--at takes seconds or a date, and a token is refused as expired a day later")
    func tellsTheTimeInBothForms() async throws {
        #expect(
            try await Command(
                "verify",
                "--keys",
                Self.keys,
                "--audience",
                Self.audience,
                "--at",
                "1700000000",
                "--token-file",
                Self.tokenFile
            )
            .status == 0
        )
        let late = try await Command(
            "verify",
            "--keys",
            Self.keys,
            "--audience",
            Self.audience,
            "--at",
            "2023-11-15T22:13:20Z",
            "--token-file",
            Self.tokenFile
        )
        #expect(late.status == 1)
        #expect(late.errors.hasPrefix("idtoken: token_expired: "))
    }

    @Test(
        "input or keys that cannot be read are named in one line",
        arguments: [
            (["--token-file", "no/such/file"], "no/such/file"),
            (["--token-file", "Fixtures"], "Fixtures: Is a directory"),
            (["--keys", "no/such/file"], "no/such/file"),
            (["--keys", "Package.swift"], "Package.swift cannot be used: it is not JSON"),
            (["--keys", "Fixtures"], "Fixtures"),
            ([], "standard input is empty"),
        ]
    )
    func unreadableInputIsNamed(_ arguments: [String], _ words: String) async throws {
        let command = try await Command(
            ["verify", "--audience", Self.audience] + (arguments.contains("--keys") ? [] : ["--keys", Self.keys])
                + arguments
        )
        #expect(command.status == 74)
        #expect(command.output.isEmpty)
        #expect(command.errors.contains(words))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test(
        "a time is a time",
        arguments: [
            ("2023-11-14T22:13:20Z", true), ("2023-11-14T23:13:20+01:00", true), ("2023-11-14 22:13:20Z", true),
            ("1700000000", true), ("1700000000.5", true), ("2023-11-14T22:13:20Zgarbage", false), ("1.7e9", false),
            ("2023-02-31T22:13:20Z", false), ("0x6553F100", false), ("nan", false), ("2023-11-14", false),
        ]
    )
    func times(_ time: String, _ isTime: Bool) async throws {
        let command = try await Command(
            ["verify", "--keys", Self.keys, "--audience", Self.audience, "--token-file", Self.tokenFile, "--at", time]
        )
        #expect(command.status == (isTime ? 0 : 64))
    }

    @Test(
        "a token given by mistake is not repeated",
        arguments: [["TOKEN"], ["--token-file", "TOKEN"], ["--at", "TOKEN"]]
    )
    func tokensAreNotRepeated(_ arguments: [String]) async throws {
        let token = try Self.token.get()
        let command = try await Self.verify(arguments.map { $0 == "TOKEN" ? token : $0 })
        #expect([64, 74].contains(command.status))
        #expect(!(command.output + command.errors).contains(token.prefix(40)))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test("what is quoted cannot write to the terminal")
    func escapes() async throws {
        let command = try await Command(
            ["verify", "--audience", Self.audience, "--keys", "/tmp/\u{1B}[31mx\nfoo", "--token-file", Self.tokenFile]
        )
        #expect(command.status == 74)
        #expect(command.errors.contains("\\u{1b}[31mx\\u{a}foo"))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test("white space is what a service would take for it")
    func unicodeWhiteSpace() async throws {
        let token = try Self.token.get()
        #expect(try await Self.verify(input: " \t\(token)\r\n").status == 0)
        #expect(try await Self.verify(input: "\u{A0}\(token)").status == 1)
        #expect(try await Self.verify("--header", "Authorization: Bearer \(token)\u{A0}").status == 1)
    }

    @Test("JSON comes in every case")
    func jsonWithoutVerdict() async throws {
        let command = try await Self.verify("--format", "json", "--token-file", "no/such/file")
        #expect(command.status == 74)
        #expect(Self.object(command.output)?["verdict"] as? String == "none")
    }

    @Test("a password or key in a URL is not repeated")
    func secretsInURLs() async throws {
        let command = try await Command("keys", "fetch", "--from", "https://user:swordfish@127.0.0.1:1/k?key=swordfish")
        #expect(command.status == 64)
        #expect(command.errors.contains("https://127.0.0.1:1/k"))
        #expect(!command.errors.contains("swordfish"))
    }

    @Test("a verb that is missing is no success", arguments: [[], ["keys"]])
    func noVerb(_ arguments: [String]) async throws {
        let command = try await Command(arguments)
        #expect(command.status == 64)
        #expect(command.output.isEmpty)
    }

    @Test("output that nobody takes is no success", arguments: [["verify", "--format", "json"], ["verify"]])
    func fullDisk(_ arguments: [String]) async throws {
        let full = ["sh", "-c", "\"$0\" \"$@\" >/dev/full 2>/dev/full", Command.executable.path(percentEncoded: false)]
        let rest = [
            "--keys", Self.keys, "--audience", Self.audience, "--at", Self.at, "--token-file", Self.tokenFile,
        ]
        #expect(try await Command.status(of: full + arguments + rest) == 74)
    }

    @Test(
        "options that make no sense give status 64 and no output",
        arguments: [
            ["--at", "yesterday"], ["--at", "1e300"], ["--caller", "someone"], ["--header", "no colon"],
            ["--audience", ""],
            ["--format", "xml"], ["--token", "a.b.c"], ["--header", "a: b", "--token-file", "x"],
        ]
    )
    func wrongUseIsRefused(_ arguments: [String]) async throws {
        let command = try await Command(["verify", "--keys", Self.keys, "--audience", Self.audience] + arguments)
        #expect(command.status == 64)
        #expect(command.output.isEmpty)
        #expect(!command.errors.isEmpty)
    }

    @Test("a run without --audience gives status 64")
    func audienceIsRequired() async throws {
        #expect(try await Command("verify", "--keys", Self.keys, "--token-file", Self.tokenFile).status == 64)
    }

    @Test("the error about a changed token does not repeat the segment that was changed")
    func errorsHoldNoTokenBytes() async throws {
        let token = try Self.token.get()
        for segment in token.split(separator: ".") {
            let command = try await Self.verify(input: token.replacing(segment, with: segment + "A"))
            #expect(command.status == 1)
            #expect(!command.errors.contains(segment.prefix(12)))
        }
    }

    private static func object(_ text: String) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
    }
}
#endif
