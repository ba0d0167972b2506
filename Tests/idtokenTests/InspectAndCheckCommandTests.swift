//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// `idtoken inspect`: it shows much and vouches for nothing.
@Suite("idtoken inspect")
struct InspectCommandTests {
    @Test("a token's kind, claims and times are shown, marked as unverified")
    func showsATokenAsUnverified() async throws {
        let command = try await Command("inspect", "--token-file", "Fixtures/tokens/valid.jwt")
        #expect(command.status == 0)
        #expect(command.output.hasPrefix("UNVERIFIED: "))
        #expect(command.output.contains("Google ID token of a service account"))
        #expect(command.output.contains("\"email\": \"caller@my-project.iam.gserviceaccount.com\""))
        #expect(command.output.contains("expires      2023-"))
    }

    @Test(
        "the output says what kind of token has these claims",
        arguments: [
            ("{\"iss\":\"https://securetoken.google.com/p\"}", "Firebase"),
            ("{\"iss\":\"https://cloud.google.com/iap\"}", "Identity-Aware Proxy"),
            ("{\"iss\":\"a@p.iam.gserviceaccount.com\"}", "signed itself"),
            ("{\"iss\":\"accounts.google.com\",\"aud\":\"32555940559.apps.googleusercontent.com\"}", "gcloud user"),
            ("{\"iss\":\"accounts.google.com\",\"email\":\"a@b.example\"}", "Google ID token of a user"),
            ("{\"iss\":\"accounts.google.com\",\"google\":{\"compute_engine\":{}}}", "metadata server"),
            ("{\"iss\":\"accounts.google.com\"}", "without an e-mail address"),
            ("{\"iat\":1e300,\"exp\":-1e300}", "not one of Google's"),
            ("[]", "not one of Google's"),
            ("not JSON", "not JSON that a verifier accepts"),
        ]
    )
    func tellsTheKindOfToken(_ payload: String, _ words: String) async throws {
        let segment = Data(payload.utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let command = try await Command("inspect", input: "e30.\(segment).AAAA")
        #expect(command.status == 0)
        #expect(command.output.contains(words))
    }

    @Test("an access token is rejected, and the error calls it one")
    func whatIsNoTokenIsRejected() async throws {
        let command = try await Command("inspect", input: "ya29.access")
        #expect(command.status == 1)
        #expect(command.errors.contains("access token"))
    }
}

/// `idtoken check`: it ends with a count, and with a row for each case that fails.
@Suite("idtoken check")
struct CheckCommandTests {
    @Test("the last line counts the cases that passed and those that failed")
    func closesWithACount() async throws {
        let command = try await Command("check", "Fixtures/cases")
        #expect(command.status == 0)
        let last = try #require(command.output.split(separator: "\n").last)
        let count = try #require(last.split(separator: " ").first.flatMap { Int($0) })
        #expect(last.hasSuffix(" passed, 0 failed"))
        #expect(count >= 200)
    }

    @Test("a file that is not JSON is named with line and column")
    func unreadableCasesAreNamed() async throws {
        let command = try await Command("check", "Package.swift")
        #expect(command.status == 74)
        #expect(command.errors.hasPrefix("idtoken: Package.swift: line 1, column 1: "))
    }

    @Test(
        "key documents are found from wherever the cases are named",
        arguments: [
            ("Fixtures", "cases"), ("Fixtures", "./cases/time.json"), ("Fixtures/cases", "."),
            ("Fixtures/cases", "time.json"),
            ("Fixtures/keys", "../cases/time.json"),
        ]
    )
    func relativePaths(_ folder: String, _ path: String) async throws {
        let command = try await Command(["check", path], in: folder)
        #expect(command.status == 0, "\(command.errors)")
    }

    @Test("a case that fails has a row with what it expected and what came out")
    func failedCaseIsARow() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "cases.json")
        try Data(
            """
            {"description": "d", "cases": [{"name": "one", "token": "x", "keys": {}, "audiences": ["a"], "now": 1,
             "expect": {"error": "token_expired"}}]}
            """
            .utf8
        )
        .write(to: file)
        let command = try await Command("check", file.path(percentEncoded: false))
        #expect(command.status == 1)
        #expect(command.output.contains("cases.json: one: expected token_expired, got keys_unavailable"))
        #expect(command.output.hasSuffix("\n0 passed, 1 failed\n"))
    }
}
#endif
