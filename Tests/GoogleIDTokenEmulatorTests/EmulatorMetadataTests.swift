//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenEmulator
internal import GoogleIDTokenTesting
internal import Testing

/// The emulator's metadata server, as the documentation and clients of Google expect it.
@Suite("emulator: metadata server", .serialized, .timeLimit(.minutes(5)))
struct EmulatorMetadataTests {
    private static let account = "instance/service-accounts/default"
    private static let audience = "https://service.example.com"

    private static func verified(_ token: String, _ emulator: GoogleEmulator) async throws -> VerifiedIDToken {
        try await IDTokenVerifier(audience: Self.audience, callers: .anyGoogleIdentity, keys: emulator.keys)
            .verify(token: token)
    }

    @Test(
        "content types are exactly Google's, without a charset",
        arguments: [
            ("identity?audience=a", "text/html"), ("token", "application/json"),
            ("?recursive=true", "application/json"),
            ("email", "application/text"), ("email?alt=json", "application/json"),
        ]
    )
    func hasGooglesTypes(_ path: String, _ type: String) async throws {
        try await withGoogleEmulator { emulator in
            let response = try await emulator.metadata("\(Self.account)/\(path)")
            #expect(response.status == 200)
            #expect(response.field("Content-Type") == type)
            #expect(response.field("Metadata-Flavor") == "Google")
        }
    }

    @Test("recursive=true gives folders as JSON, with names in camel case and accounts as they are")
    func isRecursive() async throws {
        try await withGoogleEmulator { emulator in
            let instance = try await emulator.metadata("instance/?recursive=true").object
            let accounts = try #require(instance["serviceAccounts"] as? [String: [String: Any]])
            #expect(accounts.keys.sorted() == [TestCaller.serviceAccount.email, "default"])
            #expect(accounts["default"]?["aliases"] as? [String] == ["default"])
            #expect(accounts["default"]?.keys.sorted() == ["aliases", "email", "scopes"])
            let project = try await emulator.metadata("project/?recursive=true").object
            #expect(project["projectId"] as? String == "my-project")
            #expect(project["numericProjectId"] as? Int == 1_053_222_222_222)
            let root = try await emulator.metadata("?recursive=true").object
            #expect(root.keys.sorted() == ["instance", "project", "universe"])
            #expect(try await emulator.metadata("instance/?recursive=true&alt=text").status == 400)
        }
    }

    @Test(
        "an account can be named by its unique ID, and the token lists licenses only if asked for, in the full format"
    )
    func knowsUniqueIDsAndLicenses() async throws {
        var configuration = GoogleEmulator.Configuration()
        configuration.project = "another-project"
        try await withGoogleEmulator(configuration) { emulator in
            let account = "instance/service-accounts/\(TestCaller.serviceAccount.subject)"
            #expect(try await emulator.metadata("\(account)/email").text == TestCaller.serviceAccount.email)
            for (query, count) in [
                ("&format=full&licenses=TRUE", 2), ("&format=full&license=TRUE", 2), ("&format=full", nil),
                ("&format=full&licenses=FALSE", nil), ("&licenses=TRUE", nil),
            ] as [(String, Int?)] {
                let response = try await emulator.metadata("\(account)/identity?audience=\(Self.audience)\(query)")
                let caller = try await Self.verified(response.text, emulator)
                let machine = caller.claim("google")?["compute_engine"]
                #expect(machine?["license_id"]?.arrayValue?.count == count)
                #expect(machine?["project_id"]?.stringValue == (query.contains("full") ? "another-project" : nil))
            }
        }
    }

    @Test("the same token is given again, until the keys change")
    func keepsTokens() async throws {
        try await withGoogleEmulator { emulator in
            let path = "\(Self.account)/identity?audience=\(Self.audience)&format=full"
            let first = try await emulator.metadata(path).text
            #expect(try await emulator.metadata(path).text == first)
            #expect(try await emulator.metadata(path + "&licenses=TRUE").text != first)
            try emulator.rotateKeys()
            let next = try await emulator.metadata(path).text
            #expect(try await Self.verified(next, emulator).keyID == emulator.keyIDs.first)
        }
    }

    @Test("tokens are valid for the time in the settings, also those that a test mints")
    func tokenLifetime() async throws {
        var configuration = GoogleEmulator.Configuration()
        configuration.tokenLifetime = 90
        try await withGoogleEmulator(configuration) { emulator in
            let path = "\(Self.account)/identity?audience=\(Self.audience)&format=full"
            for token in [try await emulator.metadata(path).text, try emulator.token(for: Self.audience)] {
                let caller = try await Self.verified(token, emulator)
                #expect(caller.expiresAt.timeIntervalSince(caller.issuedAt) == 90)
            }
        }
    }
}
#endif
