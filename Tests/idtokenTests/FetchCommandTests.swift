//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenEmulator
internal import GoogleIDTokenTesting
internal import TestSupport
internal import Testing

@testable internal import idtoken

/// The command `idtoken fetch` with the emulator in place of Google.
@Suite("idtoken fetch", .serialized, .timeLimit(.minutes(5)))
struct FetchCommandTests {
    private static let audience = FetchMachine.audience

    /// A source with the options that name it.
    struct Source: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var identity = TestCaller.serviceAccount
        let arguments: @Sendable (FetchMachine.Files) -> [String]
        var variables: @Sendable (FetchMachine.Files) -> [String: String] = { _ in [:] }
        /// What `--explain` says about it.
        let source: String

        static let key = "service account key of \(TestCaller.serviceAccount.email)"
        static let federation =
            "service account \(TestCaller.serviceAccount.email), impersonated with workload identity"
        static let user = "impersonated with user credentials of gcloud"
        static let metadata = "metadata server 127.0.0.1:"

        static let all: [Source] = [
            Source(
                testDescription: "the file of the variable",
                arguments: { _ in [] },
                variables: { ["GOOGLE_APPLICATION_CREDENTIALS": $0.serviceAccountKey] },
                source: Self.key
            ),
            Source(
                testDescription: "the metadata server, by default",
                arguments: { _ in [] },
                source: Self.metadata
            ),
            Source(
                testDescription: "the metadata server, by name",
                arguments: { _ in ["--source", "metadata"] },
                variables: { ["GOOGLE_APPLICATION_CREDENTIALS": $0.authorizedUser] },
                source: Self.metadata
            ),
            Source(
                testDescription: "an account of the metadata server",
                arguments: { _ in ["--source=metadata:\(TestCaller.serviceAccount.email)"] },
                source: "account \(TestCaller.serviceAccount.email)"
            ),
            Source(
                testDescription: "a key file",
                arguments: { ["--source", "file:\($0.serviceAccountKey)"] },
                source: Self.key
            ),
            Source(
                testDescription: "a federation file",
                arguments: { ["--source", "file:\($0.externalAccount)"] },
                source: Self.federation
            ),
            Source(
                testDescription: "a file of an impersonated account",
                arguments: { ["--source", "file:\($0.impersonatedAccount)"] },
                source: Self.user
            ),
            Source(
                testDescription: "a user who impersonates",
                identity: FetchMachine.target,
                arguments: {
                    ["--source", "file:\($0.authorizedUser)", "--impersonate", FetchMachine.target.email]
                },
                source: Self.user
            ),
            Source(
                testDescription: "the machine's account that impersonates",
                identity: FetchMachine.target,
                arguments: { _ in ["--source", "metadata", "--impersonate", FetchMachine.target.email] },
                source: Self.metadata
            ),
            Source(
                testDescription: "default credentials that impersonate",
                identity: FetchMachine.target,
                arguments: { _ in ["--impersonate", FetchMachine.target.email] },
                variables: { ["GOOGLE_APPLICATION_CREDENTIALS": $0.serviceAccountKey] },
                source: "impersonated with service account key"
            ),
        ]
    }

    @Test("each source gives a token of its identity, which alone is written to standard output", arguments: Source.all)
    func sources(_ source: Source) async throws {
        try await FetchMachine.run { machine in
            let arguments = source.arguments(machine.files)
            let quiet = try await machine.fetch(arguments, source.variables(machine.files))
            #expect(quiet.status == 0, "\(quiet.errors)")
            #expect(quiet.errors.isEmpty)
            #expect(quiet.output.hasSuffix("\n"))
            let caller = try await machine.caller(of: quiet.output.dropLast())
            #expect(caller.email == source.identity.email)
            #expect(caller.subject == source.identity.subject)

            let explained = try await machine.fetch(arguments + ["--explain"], source.variables(machine.files))
            let token = String(explained.output.dropLast())
            #expect(try await machine.caller(of: token).email == source.identity.email)
            let line = explained.errors.split(separator: "\n").first { $0.hasPrefix("source   ") }
            #expect(line?.contains(source.source) == true, "\(explained.errors)")
            #expect(explained.errors.contains("search   "))
            #expect(explained.errors.contains("request  "))
            #expect(explained.errors.contains(": status 200"))
            #expect(explained.errors.contains("token    for \"\(Self.audience)\", of \"\(source.identity.email)\""))
            #expect(explained.errors.contains("Z, in 59 minutes"))
            #expect(PresentedSecrets([token], isVouchedFor: true).found(in: explained.errors) == nil)
            #expect(!explained.errors.contains("ya29.") && !explained.errors.contains("1//"))
        }
    }

    @Test("the search is explained step by step: what was looked for, where, and what was found")
    func search() async throws {
        try await FetchMachine.run { machine in
            let config = "\(machine.folder)/config"
            try FileManager.default.createDirectory(atPath: config, withIntermediateDirectories: true)
            let nothing = try await machine.fetch(["--explain"], ["CLOUDSDK_CONFIG": config])
            let file = "\(config)/application_default_credentials.json"
            let steps = [
                "search   GOOGLE_APPLICATION_CREDENTIALS is not set", "search   the file \"\(file)\" does not exist",
                "search   the metadata server is used; it is asked when the first token is needed",
                "source   metadata server \(machine.metadataHost), account default",
                "request  GET \(machine.url)/computeMetadata/v1/instance/service-accounts/default/identity"
                    + ": status 200",
            ]
            #expect(nothing.errors.split(separator: "\n").prefix(5).map(String.init) == steps)
            try FileManager.default.copyItem(atPath: machine.files.externalAccount, toPath: file)
            let found = try await machine.fetch(["--explain"], ["CLOUDSDK_CONFIG": config])
            #expect(found.status == 0)
            let lines = found.errors.split(separator: "\n").map(String.init)
            #expect(lines.count > 6 && lines[1] == "search   found the file \"\(file)\"")
            #expect(lines.contains { $0.hasPrefix("request  the file ") && $0.hasSuffix("subject-token.txt\": done") })
            #expect(lines.contains("request  POST \(machine.url)/v1/token: status 200"))
            #expect(lines.contains { $0.hasSuffix(":generateIdToken: status 200") })
        }
    }

    @Test("the line of the help calls a private service, and so does the one without a token in the process list")
    func curl() async throws {
        try await FetchMachine.run { machine in
            let verifier = try IDTokenVerifier(
                audience: Self.audience,
                callers: .serviceAccounts(TestCaller.serviceAccount.email),
                keys: machine.keys
            )
            try await LocalServer.run(answer: PrivateService(verifier).answer) { server in
                let curl = "curl --silent --show-error --write-out ' %{http_code}'"
                for shell in [
                    #"\#(curl) -H "Authorization: Bearer $(idtoken fetch --audience "$1")" "$2""#,
                    #"idtoken fetch --audience "$1" --header | \#(curl) -H @- "$2""#,
                    #"\#(curl) -H "$(idtoken fetch --header --audience "$1")" "$2""#,
                ] {
                    let good = try await machine.fetch([Self.audience, server.url], shell: shell)
                    #expect(good.output.hasSuffix(" 200"), "\(good.errors)")
                    #expect(good.output.contains("\"\(TestCaller.serviceAccount.email)\""))
                    let other = try await machine.fetch(["https://search.example.com", server.url], shell: shell)
                    #expect(other.output == " 401")
                }
            }
        }
    }

    @Test("a file that others can read, or that sends its secrets to another cloud, is told without being asked")
    func warnings() async throws {
        try await FetchMachine.run { machine in
            let text = try String(contentsOfFile: machine.files.serviceAccountKey, encoding: .utf8)
            let open = try machine.write(text, permissions: 0o644)
            let readable = try await machine.fetch(["--source", "file:\(open)"])
            #expect(readable.status == 0)
            #expect(
                readable.errors.contains("warning: all users of this machine can read")
                    && readable.errors.contains(open)
            )
            let other = try machine.file(
                machine.files.externalAccount,
                replacing: "\"googleapis.com\"",
                with: "\"cloud.example.com\""
            )
            let universe = try await machine.fetch(["--source", "file:\(other)"])
            #expect(universe.status == 0)
            #expect(universe.errors.contains("warning: ") && universe.errors.contains("hosts on cloud.example.com"))
        }
    }

    @Test("a token that cannot be written is an error")
    func fullDisk() async throws {
        try await FetchMachine.run { machine in
            let command = try await machine.fetch(
                [Self.audience],
                shell: #"idtoken fetch --audience "$1" >/dev/full"#
            )
            #expect(command.status == 74)
            #expect(command.errors.contains("standard output"))
        }
    }
}
#endif
