//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

@Suite("Application Default Credentials", .serialized, .timeLimit(.minutes(5)))
struct CredentialSearchTests {
    private static let name = "application_default_credentials.json"

    private static func steps(_ surroundings: TestSurroundings) -> [String] {
        surroundings.events.compactMap { if case .searched(let step) = $0 { step.description } else { nil } }
    }

    @Test("the file that the variable names comes first")
    func variable() throws {
        let folder = try TestFolder()
        let file = try folder.write(try KeyFiles.serviceAccount("https://oauth2.googleapis.com/token"), to: "key.json")
        try folder.write("not looked at", to: Self.name)
        let surroundings = TestSurroundings()
        let environment = surroundings.environment(
            ["GOOGLE_APPLICATION_CREDENTIALS": file, "CLOUDSDK_CONFIG": folder.path]
        )
        let credentials = try IDTokenCredentials.applicationDefault(environment)
        #expect(credentials.health.source == "service account key of \(KeyFiles.account)")
        #expect(Self.steps(surroundings) == ["GOOGLE_APPLICATION_CREDENTIALS names the file \"\(file)\""])
    }

    @Test(
        "a variable that names a missing or unreadable file is an error, never passed over",
        arguments: ["missing.json", "."]
    )
    func missingFile(name: String) throws {
        let folder = try TestFolder()
        try folder.write(try KeyFiles.serviceAccount("https://oauth2.googleapis.com/token"), to: Self.name)
        let environment = TestSurroundings()
            .environment(
                ["GOOGLE_APPLICATION_CREDENTIALS": "\(folder.path)/\(name)", "CLOUDSDK_CONFIG": folder.path]
            )
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try IDTokenCredentials.applicationDefault(environment)
        }
        #expect(error?.code == .fileUnreadable)
        #expect(error?.disposition == .misconfigured)
        #expect(
            error?.explanation.contains("which the environment variable GOOGLE_APPLICATION_CREDENTIALS names") == true
        )
    }

    @Test("an empty variable counts as unset, and the file of gcloud comes next", arguments: [true, false])
    func wellKnownFile(usesConfigFolder: Bool) throws {
        let folder = try TestFolder()
        let name = usesConfigFolder ? Self.name : ".config/gcloud/\(Self.name)"
        try folder.write(try KeyFiles.serviceAccount("https://oauth2.googleapis.com/token"), to: name)
        var variables = ["GOOGLE_APPLICATION_CREDENTIALS": "", "HOME": folder.path]
        if usesConfigFolder { variables["CLOUDSDK_CONFIG"] = folder.path }
        let credentials = try IDTokenCredentials.applicationDefault(TestSurroundings().environment(variables))
        #expect(credentials.health.source == "service account key of \(KeyFiles.account)")
    }

    @Test("a file of gcloud that is there and cannot be opened is an error, never passed over")
    func unreadableFile() throws {
        let folder = try TestFolder()
        let path = "\(folder.path)/\(Self.name)"
        // A link to itself, since permissions do not stop a privileged user.
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
        let environment = TestSurroundings().environment(["CLOUDSDK_CONFIG": folder.path])
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try IDTokenCredentials.applicationDefault(environment)
        }
        #expect(error?.code == .fileUnreadable)
        #expect(error?.explanation.contains("which gcloud creates") == true)
    }

    @Test("without files the metadata server is asked, at the first token, and its failure says what was looked for")
    func metadataServer() async throws {
        let folder = try TestFolder()
        let port = try ReservedPort()
        let surroundings = TestSurroundings()
        let credentials = try IDTokenCredentials.applicationDefault(
            surroundings.environment(["HOME": folder.path, "GCE_METADATA_HOST": "127.0.0.1:\(port.port)"])
        )
        #expect(Self.steps(surroundings).count == 3)
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
        #expect(error.code == .serverUnreachable)
        #expect(error.disposition == .unavailable)
        for part in [
            "GOOGLE_APPLICATION_CREDENTIALS is not set", "\(Self.name)\" does not exist", "GCE_METADATA_HOST",
            "GET http://127.0.0.1:\(port.port)/computeMetadata",
        ] {
            #expect(error.explanation.contains(part))
        }
        #expect(surroundings.sleeps == [.seconds(1), .seconds(2), .seconds(4)], "four attempts")
    }

    @Test("credentials of a user cannot obtain ID tokens, and the error names both ways out")
    func authorizedUser() throws {
        let folder = try TestFolder()
        try folder.write(KeyFiles.authorizedUser("https://oauth2.googleapis.com/token"), to: Self.name)
        let environment = TestSurroundings().environment(["CLOUDSDK_CONFIG": folder.path])
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try IDTokenCredentials.applicationDefault(environment)
        }
        #expect(error?.code == .credentialUnsupported)
        #expect(error?.explanation.contains("--impersonate-service-account") == true)
        #expect(error?.explanation.contains("gcloud auth print-identity-token") == true)
    }

    @Test("credentials of a user can be the source for an impersonation")
    func userAsSource() async throws {
        let server = try LoopbackServer.google()
        let folder = try TestFolder()
        try folder.write(KeyFiles.authorizedUser(server.url("/token")), to: Self.name)
        let environment = TestSurroundings().environment(["CLOUDSDK_CONFIG": folder.path])
        let source = try IDTokenCredentials.AccessTokenSource.applicationDefault.open(environment)
        #expect(try await source.token() == "user")
        #expect(server.requests.first?.form["client_secret"] == "GOCSPX-swordfish")
    }
}
