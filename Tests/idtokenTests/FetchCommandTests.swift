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
    private static let audience = "https://profiles-123456.europe-west1.run.app"
    private static let target = TestCaller(email: "target@my-project.iam.gserviceaccount.com")

    /// An emulator with its credential files, and the variables of a machine that has no credentials of its own.
    struct Machine: Sendable {
        let emulator: GoogleEmulator
        let files: CredentialFiles
        let folder: String

        static func run<Result: Sendable>(_ body: (Machine) async throws -> Result) async throws -> Result {
            let folder = try TestFolder()
            return try await withGoogleEmulator { emulator in
                let files = try emulator.writeCredentialFiles(to: folder.path)
                return try await body(Machine(emulator: emulator, files: files, folder: folder.path))
            }
        }

        /// Runs the command.
        ///
        /// - Parameters:
        ///   - arguments: Its arguments besides the audience.
        ///   - variables: Further variables.
        ///   - shell: A script to run instead, in which `idtoken` is the built command.
        func fetch(
            _ arguments: [String] = [],
            _ variables: [String: String] = [:],
            shell: String? = nil
        ) async throws -> Command {
            let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            let own = [
                "HOME": "/nothing", "CLOUDSDK_CONFIG": "", "GOOGLE_APPLICATION_CREDENTIALS": "",
                "GCE_METADATA_HOST": self.emulator.metadataHost, "GCE_METADATA_IP": "", "GCE_METADATA_ROOT": "",
                "PATH": "\(Command.executable.deletingLastPathComponent().path(percentEncoded: false)):\(path)",
            ]
            let environment = own.merging(self.emulator.proxyEnvironment(with: self.files)) { $1 }
                .merging(variables) { $1 }
            guard let shell else {
                let all = ["fetch", "--audience", FetchCommandTests.audience] + arguments
                return try await Command(all, environment: environment)
            }
            return try await Command(
                executable: URL(filePath: "/bin/sh"),
                ["-c", shell, "sh"] + arguments,
                environment: environment
            )
        }

        /// Verifies what the command printed.
        func caller(of token: some StringProtocol) async throws -> VerifiedIDToken {
            let verifier = try IDTokenVerifier(
                audience: FetchCommandTests.audience,
                callers: .anyGoogleIdentity,
                keys: self.emulator.keys
            )
            return try await verifier.verify(token: String(token))
        }

        /// Replaces a part of a credential file.
        func file(_ path: String, replacing old: String, with new: String) throws -> String {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try #require(text.contains(old))
            return try self.write(text.replacing(old, with: new))
        }

        func write(_ text: String, permissions: Int = 0o600) throws -> String {
            let path = "\(self.folder)/\(UUID().uuidString).json"
            try Data(text.utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
            return path
        }
    }

    /// A source with the options that name it.
    struct Source: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var identity = TestCaller.serviceAccount
        let arguments: @Sendable (CredentialFiles) -> [String]
        var variables: @Sendable (CredentialFiles) -> [String: String] = { _ in [:] }
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
                identity: FetchCommandTests.target,
                arguments: {
                    ["--source", "file:\($0.authorizedUser)", "--impersonate", FetchCommandTests.target.email]
                },
                source: Self.user
            ),
            Source(
                testDescription: "the machine's account that impersonates",
                identity: FetchCommandTests.target,
                arguments: { _ in ["--source", "metadata", "--impersonate", FetchCommandTests.target.email] },
                source: Self.metadata
            ),
            Source(
                testDescription: "default credentials that impersonate",
                identity: FetchCommandTests.target,
                arguments: { _ in ["--impersonate", FetchCommandTests.target.email] },
                variables: { ["GOOGLE_APPLICATION_CREDENTIALS": $0.serviceAccountKey] },
                source: "impersonated with service account key"
            ),
        ]
    }

    @Test("each source gives a token of its identity, which alone is written to standard output", arguments: Source.all)
    func sources(_ source: Source) async throws {
        try await Machine.run { machine in
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
        try await Machine.run { machine in
            let config = "\(machine.folder)/config"
            try FileManager.default.createDirectory(atPath: config, withIntermediateDirectories: true)
            let nothing = try await machine.fetch(["--explain"], ["CLOUDSDK_CONFIG": config])
            let file = "\(config)/application_default_credentials.json"
            let steps = [
                "search   GOOGLE_APPLICATION_CREDENTIALS is not set", "search   the file \"\(file)\" does not exist",
                "search   the metadata server is used; it is asked when the first token is needed",
                "source   metadata server \(machine.emulator.metadataHost), account default",
                "request  GET \(machine.emulator.url)/computeMetadata/v1/instance/service-accounts/default/identity"
                    + ": status 200",
            ]
            #expect(nothing.errors.split(separator: "\n").prefix(5).map(String.init) == steps)
            try FileManager.default.copyItem(atPath: machine.files.externalAccount, toPath: file)
            let found = try await machine.fetch(["--explain"], ["CLOUDSDK_CONFIG": config])
            #expect(found.status == 0)
            let lines = found.errors.split(separator: "\n").map(String.init)
            #expect(lines.count > 6 && lines[1] == "search   found the file \"\(file)\"")
            #expect(lines.contains { $0.hasPrefix("request  the file ") && $0.hasSuffix("subject-token.txt\": done") })
            #expect(lines.contains("request  POST \(machine.emulator.url)/v1/token: status 200"))
            #expect(lines.contains { $0.hasSuffix(":generateIdToken: status 200") })
        }
    }

    @Test("the line of the help calls a private service, and so does the one without a token in the process list")
    func curl() async throws {
        try await Machine.run { machine in
            let verifier = try IDTokenVerifier(
                audience: Self.audience,
                callers: .serviceAccounts(TestCaller.serviceAccount.email),
                keys: machine.emulator.keys
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

    /// A way to fail, with the exit status and words of the message.
    struct Failure: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int32
        let words: [String]
        let arguments: @Sendable (Machine) throws -> [String]
        var variables: @Sendable (Machine) throws -> [String: String] = { _ in [:] }
        var fault: (GoogleEmulator.Fault, GoogleEmulator.Endpoint)?

        static let all: [Failure] = [
            Failure(
                testDescription: "a file that does not exist",
                status: 74,
                words: ["file_unreadable", "/nothing/key.json", "GOOGLE_APPLICATION_CREDENTIALS"],
                arguments: { _ in [] },
                variables: { _ in ["GOOGLE_APPLICATION_CREDENTIALS": "/nothing/key.json"] }
            ),
            Failure(
                testDescription: "a folder",
                status: 74,
                words: ["file_unreadable"],
                arguments: { ["--source", "file:\($0.folder)"] }
            ),
            Failure(
                testDescription: "a file that is not JSON",
                status: 74,
                words: ["file_invalid", "JSON"],
                arguments: { ["--source", "file:\(try $0.write("type: service_account\n"))"] }
            ),
            Failure(
                testDescription: "a file of an unknown type",
                status: 74,
                words: ["credential_unsupported", "robot"],
                arguments: { ["--source", "file:\(try $0.write(#"{"type": "robot"}"#))"] }
            ),
            Failure(
                testDescription: "a user's own credentials",
                status: 74,
                words: ["credential_unsupported", "--impersonate ACCOUNT"],
                arguments: { ["--source", "file:\($0.files.authorizedUser)"] }
            ),
            Failure(
                testDescription: "a file that would send its secret elsewhere",
                status: 74,
                words: ["url_not_allowed", "https://attacker.example.com", "--trusted-host"],
                arguments: {
                    let url = "\"\($0.emulator.url)/token\""
                    let evil = "\"https://attacker.example.com/token\""
                    return ["--source", "file:\(try $0.file($0.files.serviceAccountKey, replacing: url, with: evil))"]
                }
            ),
            Failure(
                testDescription: "a key that is broken",
                status: 74,
                words: ["key_unusable"],
                arguments: {
                    let path = try $0.file($0.files.serviceAccountKey, replacing: "BEGIN PRIVATE", with: "BEGIN PUBLIC")
                    return ["--source", "file:\(path)"]
                }
            ),
            Failure(
                testDescription: "another audience than a token can have",
                status: 64,
                words: ["audience_invalid"],
                arguments: { _ in ["--audience", ""] }
            ),
            Failure(
                testDescription: "a source that does not exist",
                status: 64,
                words: ["--source", "metadata:ACCOUNT"],
                arguments: { _ in ["--source", "vault"] }
            ),
            Failure(
                testDescription: "an account that is none",
                status: 64,
                words: ["argument_invalid"],
                arguments: { _ in ["--impersonate", "login at my-project"] }
            ),
            Failure(
                testDescription: "an account that the machine does not have",
                status: 1,
                words: ["account_missing"],
                arguments: { _ in ["--source", "metadata:nobody@example.com"] },
                // The server starts within the first 30 seconds, so that the request is repeated.
                fault: nil
            ),
            Failure(
                testDescription: "a credential that is refused",
                status: 1,
                words: ["credential_refused", "status 401", "deleted"],
                arguments: { ["--source", "file:\($0.files.serviceAccountKey)"] },
                fault: (.status(401), .token)
            ),
            Failure(
                testDescription: "a permission that is missing",
                status: 1,
                words: ["permission_denied", "roles/iam.serviceAccountOpenIdTokenCreator"],
                arguments: { _ in ["--source", "metadata", "--impersonate", FetchCommandTests.target.email] },
                fault: (.status(403), .iam)
            ),
            Failure(
                testDescription: "a server that fails",
                status: 75,
                words: ["server_failed", "status 503"],
                arguments: { ["--source", "file:\($0.files.serviceAccountKey)"] },
                fault: (.status(503), .token)
            ),
            Failure(
                testDescription: "an answer that is no token",
                status: 75,
                words: ["answer_invalid"],
                arguments: { ["--source", "file:\($0.files.serviceAccountKey)"] },
                fault: (.garbage, .token)
            ),
            Failure(
                testDescription: "a metadata server that cannot be reached",
                status: 75,
                words: ["server_unreachable", "GCE_METADATA_HOST", "GOOGLE_APPLICATION_CREDENTIALS is not set"],
                arguments: { _ in [] },
                // No server listens on this port.
                variables: { _ in ["GCE_METADATA_HOST": "127.0.0.1:9"] }
            ),
        ]
    }

    @Test(
        "a failure has an exit status, one line with the cause, and nothing on standard output",
        arguments: Failure.all
    )
    func failures(_ failure: Failure) async throws {
        try await Machine.run { machine in
            if let (fault, endpoint) = failure.fault { machine.emulator.setFault(fault, for: endpoint) }
            let arguments = try failure.arguments(machine)
            let command = try await machine.fetch(arguments, try failure.variables(machine))
            #expect(command.status == failure.status, "\(command.errors)")
            #expect(command.output.isEmpty)
            #expect(command.errors.hasPrefix("idtoken: ") && command.errors.split(separator: "\n").count == 1)
            for words in failure.words { #expect(command.errors.contains(words), "\(command.errors)") }
        }
    }

    @Test("a failure is explained as well: each attempt, and how it ended")
    func explainedFailure() async throws {
        try await Machine.run { machine in
            machine.emulator.setFault(.status(503), for: .token)
            let key = "file:\(machine.files.serviceAccountKey)"
            let command = try await machine.fetch(["--source", key, "--explain"])
            let request = "request  POST \(machine.emulator.url)/token: status 503"
            #expect(
                command.errors.split(separator: "\n").dropFirst(2).prefix(5).map(String.init)
                    == [request] + (2...4).map { "\(request) (attempt \($0))" } + [
                        "failed   unavailable, server_failed"
                    ]
            )
            #expect(command.errors.split(separator: "\n").last?.hasPrefix("idtoken: server_failed: ") == true)
        }
    }

    @Test("a file that others can read, or that sends its secrets to another cloud, is told without being asked")
    func warnings() async throws {
        try await Machine.run { machine in
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
        try await Machine.run { machine in
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
