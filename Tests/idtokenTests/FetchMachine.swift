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

/// The command `idtoken emulate` with its credential files, and the variables of a machine without credentials of its own.
struct FetchMachine: Sendable {
    /// The files that the emulator has written.
    struct Files: Sendable {
        let folder: String

        var serviceAccountKey: String { "\(self.folder)/service-account-key.json" }
        var externalAccount: String { "\(self.folder)/external-account.json" }
        var impersonatedAccount: String { "\(self.folder)/impersonated-account.json" }
        var authorizedUser: String { "\(self.folder)/authorized-user.json" }
        var certificateAuthority: String { "\(self.folder)/certificate-authority.pem" }
    }

    /// The base of the emulator's URLs.
    let url: String
    let files: Files
    var folder: String { self.files.folder }
    var metadataHost: String { String(self.url.dropFirst("http://".count)) }
    var keys: KeySource { .remote("\(self.url)/oauth2/v3/certs") }

    /// The audience of the tokens.
    static let audience = "https://profiles-123456.europe-west1.run.app"
    /// A service account that others impersonate.
    static let target = TestCaller(email: "target@my-project.iam.gserviceaccount.com")

    /// Runs an emulator while a test runs.
    ///
    /// It is a process of its own: the limits of time of what is tested are not those of a busy test process.
    ///
    /// - Parameters:
    ///   - fault: A fault of the emulator as its control interface takes it, such as `"endpoint": "token", "fault": "garbage"`.
    ///   - body: The test.
    /// - Returns: What the test returns.
    /// - Throws: If the emulator does not start, and what the test throws.
    static func run<Result: Sendable>(
        fault: String? = nil,
        _ body: (FetchMachine) async throws -> Result
    ) async throws -> Result {
        let folder = try TestFolder()
        let standIn = try await StandInProcess("--folder", folder.path)
        if let fault {
            let answer = try await standIn.send("/control/faults", method: "POST", body: "{\(fault)}")
            try #require(answer.status == 200)
        }
        let result = try await body(FetchMachine(url: standIn.url, files: Files(folder: folder.path)))
        withExtendedLifetime((standIn, folder)) {}
        return result
    }

    /// Runs the command.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments besides the audience.
    ///   - variables: Further variables.
    ///   - shell: A script to run instead, in which `idtoken` is the built command.
    /// - Returns: The command, when it has ended.
    /// - Throws: If it cannot be started.
    func fetch(
        _ arguments: [String] = [],
        _ variables: [String: String] = [:],
        shell: String? = nil
    ) async throws -> Command {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let own = [
            "HOME": "/nothing", "CLOUDSDK_CONFIG": "", "GOOGLE_APPLICATION_CREDENTIALS": "",
            "GCE_METADATA_HOST": self.metadataHost, "GCE_METADATA_IP": "", "GCE_METADATA_ROOT": "",
            "PATH": "\(Command.executable.deletingLastPathComponent().path(percentEncoded: false)):\(path)",
        ]
        // Some of Google's URLs are fixed, and reach the emulator as a proxy.
        let proxy = [
            "https_proxy": self.url, "HTTPS_PROXY": self.url, "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1",
            "CURL_CA_BUNDLE": self.files.certificateAuthority,
        ]
        let environment = own.merging(proxy) { $1 }.merging(variables) { $1 }
        guard let shell else {
            let all = ["fetch", "--audience", Self.audience] + arguments
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
            audience: Self.audience,
            callers: .anyGoogleIdentity,
            keys: self.keys
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
#endif
