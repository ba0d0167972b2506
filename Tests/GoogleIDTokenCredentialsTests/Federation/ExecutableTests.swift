//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

@Suite("A program as a source of federation", .serialized, .timeLimit(.minutes(5)))
struct ExecutableTests {
    private static let type = "urn:ietf:params:oauth:token-type:id_token"
    private static let allowed = ["GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES": "1", "PATH": "/usr/bin:/bin"]

    private static func output(_ token: String, expiresAt: Int = TestToken.expiresAt) -> String {
        #"{"version":1,"success":true,"token_type":"\#(Self.type)","id_token":"\#(token)","expiration_time":\#(expiresAt)}"#
    }

    /// Credentials with a program of the shell.
    private static func credentials(
        _ google: LoopbackServer,
        script: String,
        outputFile: String? = nil,
        milliseconds: Int = 30_000,
        variables: [String: String] = Self.allowed
    ) throws -> IDTokenCredentials {
        let folder = try TestFolder()
        let path = try folder.write("#!/bin/sh\n\(script)\n", to: "program with spaces", permissions: 0o700)
        var executable: [IDTokenJSON.Member] = [
            ("command", .string("\"\(path)\" 'first argument' second")),
            ("timeout_millis", .integer(Int64(milliseconds))),
        ]
        if let outputFile { executable.append(("output_file", .string(outputFile))) }
        let source = IDTokenJSON.object([("executable", .object(executable))])
        let file = try KeyFiles.externalAccount(google, source: source.json, type: Self.type)
        let credentials = try KeyFiles.credentials(file, TestSurroundings().environment(variables))
        Self.folders.withLock { $0.append(folder) }
        return credentials
    }

    /// The folders live as long as the process, since the programs run later.
    private static let folders = Lock<[TestFolder]>([])

    private static func error(_ credentials: IDTokenCredentials) async throws -> IDTokenCredentialsError {
        try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
    }

    @Test("the program gets its arguments without a shell, and the variables of Google's libraries")
    func run() async throws {
        let google = try LoopbackServer.google()
        let script = #"""
            test "$1" = "first argument" && test "$2" = second && test -z "$3" || exit 9
            printf '{"version":1,"success":true,"token_type":"%s","id_token":"%s","expiration_time":1800000000}' \
                "$GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE" \
                "$GOOGLE_EXTERNAL_ACCOUNT_AUDIENCE|$GOOGLE_EXTERNAL_ACCOUNT_IMPERSONATED_EMAIL|$GOOGLE_EXTERNAL_ACCOUNT_INTERACTIVE"
            """#
        _ = try await Self.credentials(google, script: script).token(for: TestToken.audience)
        #expect(google.requests.first?.form["subject_token"] == "\(KeyFiles.provider)|\(KeyFiles.target)|0")
    }

    @Test("without the permission of the environment the program is refused", arguments: [nil, "", "0", "true"])
    func permission(value: String?) throws {
        let google = try LoopbackServer.google()
        var variables = Self.allowed
        variables["GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES"] = value
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try Self.credentials(google, script: "true", variables: variables)
        }
        #expect(error?.code == .executableNotAllowed)
        #expect(error?.explanation.contains("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES") == true)
    }

    @Test(
        "a program that gives no token says why",
        arguments: [
            ("exit 3", "exit status 3"), ("echo swordfish", "is not one JSON object"),
            ("echo '{\"version\":2}'", "version 1"),
            (
                "echo '{\"version\":1,\"success\":false,\"code\":\"401\",\"message\":\"no session\"}'; exit 1",
                "\"401\" \"no session\""
            ),
            (
                "echo '{\"version\":1,\"success\":true,\"token_type\":\"other\",\"id_token\":\"swordfish\"}'",
                "another token_type"
            ),
            ("echo '\(Self.output("swordfish", expiresAt: 1))'", "has expired"),
            ("head -c 70000 /dev/zero", "more than 64 KiB"),
        ]
    )
    func failures(script: String, part: String) async throws {
        let google = try LoopbackServer.google()
        let error = try await Self.error(try Self.credentials(google, script: script))
        #expect(error.code == .subjectTokenUnavailable)
        #expect(error.explanation.contains(part))
        #expect(!error.explanation.contains("swordfish"))
        #expect(google.requestCount == 0)
    }

    @Test("a program that does not end is ended after its time", .timeLimit(.minutes(2)))
    func timeLimit() async throws {
        let google = try LoopbackServer.google()
        let error = try await Self.error(try Self.credentials(google, script: "sleep 600", milliseconds: 5_000))
        #expect(error.explanation.contains("ran longer than 5.0 seconds"))
    }

    @Test("a token in the output file is used until it expires; one without expiry counts as expired")
    func outputFile() async throws {
        let folder = try TestFolder()
        let program = "echo '\(Self.output("from-program"))'"
        for (content, expected) in [
            (Self.output("from-file"), "from-file"), (Self.output("from-file", expiresAt: 1), "from-program"),
            (#"{"version":1,"success":true,"token_type":"\#(Self.type)","id_token":"from-file"}"#, "from-program"),
        ] {
            let google = try LoopbackServer.google()
            let file = try folder.write(content, to: "output")
            _ = try await Self.credentials(google, script: program, outputFile: file).token(for: TestToken.audience)
            #expect(google.requests.first?.form["subject_token"] == expected)
        }
    }

    @Test("a time limit out of its range is refused", arguments: [4_999, 120_001])
    func timeLimitRange(milliseconds: Int) throws {
        let google = try LoopbackServer.google()
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try Self.credentials(google, script: "true", milliseconds: milliseconds)
        }
        #expect(error?.code == .fileInvalid)
    }

    @Test(
        "a command is split like a shell does",
        arguments: [
            ("a b  c", ["a", "b", "c"]), (#""a b" 'c d'"#, ["a b", "c d"]), (#"a\ b"#, ["a b"]),
            (#"'a\b' "c\"d""#, [#"a\b"#, "c\"d"]),
            ("a'b'\"c\"", ["abc"]), ("'' a", ["", "a"]), ("", []), ("$HOME; rm", ["$HOME;", "rm"]),
        ]
    )
    func splitting(text: String, words: [String]) {
        #expect(CommandLineText.split(text) == words)
    }

    @Test("an open quotation mark is a mistake", arguments: ["'a", "\"a", "a\\"])
    func open(text: String) {
        #expect(CommandLineText.split(text) == nil)
    }
}
