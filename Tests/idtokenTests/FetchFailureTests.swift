//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import TestSupport
internal import Testing

/// The ways in which `idtoken fetch` fails.
@Suite("idtoken fetch: failures", .serialized, .timeLimit(.minutes(5)))
struct FetchFailureTests {
    /// A way to fail, with the exit status and words of the message.
    struct Failure: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int32
        let words: [String]
        let arguments: @Sendable (FetchMachine) throws -> [String]
        var variables: @Sendable (FetchMachine) throws -> [String: String] = { _ in [:] }
        /// A fault of the emulator, as its control interface takes it.
        var fault: String?

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
                    let url = "\"\($0.url)/token\""
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
                arguments: { _ in ["--source", "metadata:nobody@example.com"] }
            ),
            Failure(
                testDescription: "a credential that is refused",
                status: 1,
                words: ["credential_refused", "status 401", "deleted"],
                arguments: { ["--source", "file:\($0.files.serviceAccountKey)"] },
                fault: #""endpoint": "token", "fault": "status", "status": 401"#
            ),
            Failure(
                testDescription: "a permission that is missing",
                status: 1,
                words: ["permission_denied", "roles/iam.serviceAccountOpenIdTokenCreator"],
                arguments: { _ in ["--source", "metadata", "--impersonate", FetchMachine.target.email] },
                fault: #""endpoint": "iam", "fault": "status", "status": 403"#
            ),
            Failure(
                testDescription: "a server that fails",
                status: 75,
                words: ["server_failed", "status 503"],
                arguments: { ["--source", "file:\($0.files.serviceAccountKey)"] },
                fault: #""endpoint": "token", "fault": "status", "status": 503"#
            ),
            Failure(
                testDescription: "an answer that is no token",
                status: 75,
                words: ["answer_invalid"],
                arguments: { ["--source", "file:\($0.files.serviceAccountKey)"] },
                fault: #""endpoint": "token", "fault": "garbage""#
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
        try await FetchMachine.run(fault: failure.fault) { machine in
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
        try await FetchMachine.run(fault: #""endpoint": "token", "fault": "status", "status": 503"#) { machine in
            let key = "file:\(machine.files.serviceAccountKey)"
            let command = try await machine.fetch(["--source", key, "--explain"])
            let request = "request  POST \(machine.url)/token: status 503"
            #expect(
                command.errors.split(separator: "\n").dropFirst(2).prefix(5).map(String.init)
                    == [request] + (2...4).map { "\(request) (attempt \($0))" } + [
                        "failed   unavailable, server_failed"
                    ]
            )
            #expect(command.errors.split(separator: "\n").last?.hasPrefix("idtoken: server_failed: ") == true)
        }
    }
}
#endif
