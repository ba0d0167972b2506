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

/// The emulator as a proxy that opens tunnels to Google's hosts, with the command `curl` as the client.
@Suite("emulator: proxy", .serialized, .timeLimit(.minutes(5)))
struct EmulatorProxyTests {
    private static func withFiles(
        _ body: (GoogleEmulator, CredentialFiles, [String: String]) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withGoogleEmulator { emulator in
            let files = try emulator.writeCredentialFiles(to: folder)
            try await body(emulator, files, emulator.proxyEnvironment(with: files))
        }
    }

    @Test("each of Google's hosts is reached through it, with a certificate of the authority in the file")
    func opensTunnels() async throws {
        try await Self.withFiles { emulator, _, environment in
            for (url, text) in [
                ("https://www.googleapis.com/oauth2/v3/certs", emulator.keyIDs[0]),
                ("https://accounts.google.com/.well-known/openid-configuration", "https://accounts.google.com/token"),
                ("https://metadata.google.internal/", "computeMetadata"),
            ] {
                let response = try await Curl.run([url], environment: environment)
                #expect(response.status == 200, "\(response.errors)")
                #expect(response.text.contains(text))
            }
            for url in [
                "https://oauth2.googleapis.com/token", "https://sts.googleapis.com/v1/token",
                "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.example:signBlob",
            ] {
                #expect(try await Curl.run([url], environment: environment).status == 405)
            }
        }
    }

    @Test("several requests share one tunnel, and long bodies pass it in both directions")
    func keepsTunnels() async throws {
        try await Self.withFiles { _, _, environment in
            let url = "https://www.googleapis.com/oauth2/v3/certs"
            let three = try await Curl.run([url, url, url], environment: environment)
            #expect(three.status == 200, "\(three.errors)")
            #expect(three.connectionCount == 1)
            let form = "grant_type=" + String(repeating: "x", count: 100_000)
            let long = try await Curl.run(
                ["--data", form, "https://oauth2.googleapis.com/token"],
                environment: environment
            )
            #expect(long.status == 400)
            let audience = String(repeating: "a", count: 12_000)
            let path = "/computeMetadata/v1/instance/service-accounts/default/identity?audience=\(audience)"
            let token = try await Curl.run(
                ["--header", "Metadata-Flavor: Google", "https://metadata.google.internal\(path)"],
                environment: environment
            )
            #expect(token.status == 200, "\(token.errors)")
            #expect(token.text.utf8.count > 16_000)
        }
    }

    @Test("a client that does not trust the authority gets nothing, and neither does one that speaks no TLS")
    func needsTrust() async throws {
        try await Self.withFiles { emulator, _, environment in
            let untrusting = environment.filter { !["CURL_CA_BUNDLE", "SSL_CERT_FILE"].contains($0.key) }
            let url = "https://www.googleapis.com/oauth2/v3/certs"
            let response = try await Curl.run([url], environment: untrusting)
            #expect(!response.errors.isEmpty)
            let plain = try await Curl.run(
                ["--proxy", emulator.url, "--proxytunnel", "http://www.googleapis.com:443/oauth2/v3/certs"]
            )
            #expect(!plain.errors.isEmpty)
            #expect(try await Curl.run([url], environment: environment).status == 200)
        }
    }

    @Test("each emulator has an authority of its own")
    func hasItsOwnAuthority() async throws {
        try await Self.withFiles { _, _, first in
            try await Self.withFiles { _, _, second in
                let mixed = first.merging(["CURL_CA_BUNDLE": second["CURL_CA_BUNDLE"] ?? ""]) { $1 }
                let response = try await Curl.run(["https://www.googleapis.com/oauth2/v3/certs"], environment: mixed)
                #expect(!response.errors.isEmpty)
            }
        }
    }

    @Test("a tunnel to another host or port is refused with 404, and the error names the hosts")
    func refusesOtherHosts() async throws {
        try await Self.withFiles { _, _, environment in
            for url in ["https://service.example.com/", "https://www.googleapis.com:8443/"] {
                let response = try await Curl.run([url], environment: environment)
                #expect(response.status == 404)
                #expect(!response.errors.isEmpty)
            }
        }
    }
}
#endif
