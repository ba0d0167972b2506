//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import TestSupport
internal import Testing

/// The command where the system's certificate authorities are missing, as in a slim container image.
@Suite("idtoken without the package ca-certificates", .timeLimit(.minutes(5)))
struct MissingAuthoritiesTests {
    private static let folder = "/etc/ssl/certs"

    /// Whether libcurl's folder of authorities is the usual one, and this user may hide it.
    private static var canHideFolder: Bool {
        get async throws {
            guard FileManager.default.fileExists(atPath: "\(Self.folder)/ca-certificates.crt") else { return false }
            return try await Self.run("true").status == 0
        }
    }

    /// Runs a script where the folder of authorities is empty.
    private static func run(_ script: String, _ arguments: [String] = []) async throws -> Command {
        let command = "mount -t tmpfs none \(Self.folder) && \(script)"
        let variables = ["CURL_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE", "https_proxy", "HTTPS_PROXY", "all_proxy"]
        return try await Command(
            executable: URL(filePath: "/usr/bin/env"),
            ["unshare", "--map-root-user", "--mount", "sh", "-c", command, "sh"] + arguments,
            environment: Dictionary(uniqueKeysWithValues: variables.map { ($0, "") })
        )
    }

    @Test(
        "keys that cannot be fetched without authorities end in an error that names the package",
        .enabled("the folder of authorities cannot be hidden from a command here") { try await Self.canHideFolder }
    )
    func namesThePackage() async throws {
        let server = try LoopbackServer(.nothing)
        let url = server.url(scheme: "https", host: "localhost")
        let executable = Command.executable.path(percentEncoded: false)
        let command = try await Self.run("\"$@\"", [executable, "keys", "fetch", "--from", url])
        #expect(command.status == 75)
        #expect(command.errors.contains("the certificate authorities of the system are missing"), "\(command.errors)")
        #expect(command.errors.contains("install the package ca-certificates"), "\(command.errors)")
    }
}
#endif
