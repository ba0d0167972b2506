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

/// An emulator with its credential files, and the variables of a machine that has no credentials of its own.
struct FetchMachine: Sendable {
    let emulator: GoogleEmulator
    let files: CredentialFiles
    let folder: String

    /// The audience of the tokens.
    static let audience = "https://profiles-123456.europe-west1.run.app"
    /// A service account that others impersonate.
    static let target = TestCaller(email: "target@my-project.iam.gserviceaccount.com")

    static func run<Result: Sendable>(_ body: (FetchMachine) async throws -> Result) async throws -> Result {
        let folder = try TestFolder()
        return try await withGoogleEmulator { emulator in
            let files = try emulator.writeCredentialFiles(to: folder.path)
            return try await body(FetchMachine(emulator: emulator, files: files, folder: folder.path))
        }
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
            "GCE_METADATA_HOST": self.emulator.metadataHost, "GCE_METADATA_IP": "", "GCE_METADATA_ROOT": "",
            "PATH": "\(Command.executable.deletingLastPathComponent().path(percentEncoded: false)):\(path)",
        ]
        let environment = own.merging(self.emulator.proxyEnvironment(with: self.files)) { $1 }
            .merging(variables) { $1 }
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
#endif
