//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDTokenEmulator
internal import Testing

/// A client of Google's libraries, or a library that verifies tokens, that a test runs as a program of its own.
enum RealClient: String, CaseIterable, Sendable {
    case python = "google-auth (Python)"
    case oldPython = "google-auth 1.35 (Python)"
    case go = "google.golang.org/api (Go)"
    case java = "google-auth-library (Java)"
    case ruby = "googleauth (Ruby)"
    case perl = "Crypt::JWT (Perl)"
    case curl = "curl"

    /// How it can fetch a token, in the words of `Tests/RealClients`.
    var fetches: [String] {
        switch self {
        case .python:
            ["metadata server", "key file", "impersonation", "external account", "proxy: impersonated account"]
        case .curl:
            [
                "metadata server", "key file", "impersonation", "external account", "proxy: key file",
                "proxy: external account",
            ]
        case .go: ["metadata server", "key file", "proxy: impersonation"]
        case .ruby: ["proxy: metadata server", "key file", "proxy: key file"]
        case .oldPython, .java: ["metadata server", "key file"]
        case .perl: []
        }
    }

    /// How it can verify a token, in the words of `Tests/RealClients`.
    var verifications: [String] {
        switch self {
        case .python: ["verify with certificates", "verify with a key set", "verify with PyJWT"]
        case .oldPython, .java, .ruby: ["verify with certificates"]
        case .go, .perl: ["verify with a key set"]
        case .curl: []
        }
    }

    /// The packages of Debian that it needs; the first one has its version.
    private var packages: [String] {
        switch self {
        case .python, .oldPython: []
        case .go:
            [
                "golang-google-api-dev", "golang-go", "golang-golang-x-oauth2-google-dev",
                "golang-google-cloud-compute-metadata-dev",
            ]
        case .java:
            [
                "libgoogle-auth-java", "libgoogle-api-client-java", "libgoogle-http-client-java",
                "libgoogle-oauth-client-java", "default-jdk-headless",
            ]
        case .ruby: ["ruby-googleauth"]
        case .perl: ["libcrypt-jwt-perl"]
        case .curl: ["curl", "openssl", "python3"]
        }
    }

    /// Makes it ready to run.
    ///
    /// - Returns: Its name with its version.
    /// - Throws: If it cannot be had here, which ends the test.
    func prepare() async throws -> String {
        switch self {
        case .python, .oldPython:
            let environment = try await PythonEnvironment.require(self == .python ? .clients : .oldClients)
            return "\(self.rawValue) \(environment.version(of: "google-auth"))"
        case .go, .java, .ruby, .perl, .curl:
            let versions = try await Command(
                executable: URL(filePath: "/usr/bin/env"),
                ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status} ${Version}\n"] + self.packages
            )
            var installed: [Substring: Substring] = [:]
            for line in versions.output.split(separator: "\n") {
                let words = line.split(separator: " ")
                if words.count == 3, words[1] == "installed" { installed[words[0]] = words[2] }
            }
            let missing = self.packages.filter { installed[Substring($0)] == nil }
            if !missing.isEmpty {
                try RequiredHere.endTest("packages of Debian are missing: \(missing.joined(separator: ", "))")
            }
            if self == .go || self == .java { try await self.compile() }
            let version = self.packages.first.flatMap { installed[Substring($0)] } ?? "of an unknown version"
            return "\(self.rawValue) \(version)"
        }
    }

    private var folder: String { Command.projectRoot.appending(path: ".build/real-clients-\(self)").path() }

    private func compile() async throws {
        let made = try await Command(
            executable: URL(filePath: "/usr/bin/env"),
            ["Tests/RealClients/make-program", "\(self)", self.folder]
        )
        if made.status != 0 { try RequiredHere.endTest("the program cannot be compiled: \(made.errors)") }
    }

    /// Runs it.
    ///
    /// - Parameters:
    ///   - name: The case, in the words of `Tests/RealClients`.
    ///   - emulator: Whom it asks.
    ///   - audience: The audience of the token.
    ///   - files: The credential files.
    ///   - input: Tokens to verify, a line each.
    /// - Returns: The command, when it has ended.
    /// - Throws: If it cannot be started.
    func run(
        _ name: String,
        _ emulator: GoogleEmulator,
        audience: String,
        files: CredentialFiles,
        input: String = ""
    ) async throws -> Command {
        let folder = URL(filePath: files.serviceAccountKey).deletingLastPathComponent().path()
        let arguments = [name, emulator.url, audience, folder]
        var proxy = emulator.proxyEnvironment(with: files)
        if !name.hasPrefix("proxy:") {
            // Nothing listens there, so that no request leaves this machine, whatever a client does.
            for variable in ["http_proxy", "https_proxy", "HTTPS_PROXY"] { proxy[variable] = "http://127.0.0.1:9" }
        }
        let (executable, first): (URL, [String]) =
            switch self {
            case .python, .oldPython:
                (
                    try await PythonEnvironment.require(self == .python ? .clients : .oldClients).python,
                    ["Tests/RealClients/clients.py"]
                )
            case .go: (URL(filePath: self.folder + "/clients"), [])
            case .java: (URL(filePath: "/usr/bin/java"), ["-cp", "\(self.folder):/usr/share/java/*", "Clients"])
            case .ruby: (URL(filePath: "/usr/bin/ruby"), ["Tests/RealClients/clients.rb"])
            case .perl: (URL(filePath: "/usr/bin/perl"), ["Tests/RealClients/clients.pl"])
            case .curl: (URL(filePath: "/usr/bin/env"), ["Tests/RealClients/clients.sh"])
            }
        return try await Command(
            executable: executable,
            first + arguments,
            input: input,
            environment: emulator.environment.merging(proxy) { $1 }
                .merging(["GOOGLE_APPLICATION_CREDENTIALS": "", "HOME": folder]) { $1 }
        )
    }
}

/// Whether tests that need more than the package may be skipped.
enum RequiredHere {
    static let isRequired = ProcessInfo.processInfo.environment["IDTOKEN_REQUIRE_REAL_CLIENTS"] != nil

    /// Ends a test whose requirements are missing; where nothing may be skipped, that is a failure.
    ///
    /// - Parameter obstacle: What is missing.
    /// - Throws: Always.
    static func endTest(_ obstacle: String) throws {
        if self.isRequired { Issue.record("this test must run here, but \(obstacle)") }
        // What cancels a test is not printed.
        print("skipped, since what it needs cannot be had: \(obstacle)")
        try Test.cancel("skipped, since what it needs cannot be had: \(obstacle)")
    }
}
#endif
