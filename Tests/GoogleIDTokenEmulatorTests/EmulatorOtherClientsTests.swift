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
internal import OpenSSLSignature
internal import OpenSSLSigning
internal import Testing

/// The requests of Google's libraries for Node and PHP, of which Debian has no packages; the command `curl` sends them.
///
/// They are those that google-auth-library 10.6 and google/auth 1.52 were seen to send.
@Suite("emulator: requests of Node and PHP", .serialized, .timeLimit(.minutes(5)))
struct EmulatorOtherClientsTests {
    private static let audience = "https://service.example.com"
    private static let caller = TestCaller.serviceAccount.email
    private static let target = "target@my-project.iam.gserviceaccount.com"

    private struct Client: Sendable {
        let name: String
        let fields: [String]
        /// Which fields tell the metadata server's answer from another's.
        let flavor: [String]
        /// How far `iat` is back, and how far `exp` is ahead of now, in seconds.
        let times: (iat: Int, exp: Int)

        func options(_ more: [String] = []) -> [String] { (self.fields + more).flatMap { ["--header", $0] } }
    }

    private static let node = Client(
        name: "Node",
        fields: ["User-Agent: google-api-nodejs-client/10.6.1", "x-goog-api-client: gl-node/22.11.0", "Accept: */*"],
        flavor: ["Metadata-Flavor: Google"],
        times: (0, 3_600)
    )
    private static let php = Client(
        name: "PHP",
        fields: [
            "User-Agent: GuzzleHttp/7", "x-goog-api-client: gl-php/8.2.29 auth/1.52.0 auth-request-type/it", "Accept:",
        ],
        flavor: ["Metadata-Flavor: Google"],
        times: (60, 3_600)
    )

    private static func verified(_ token: Any?, _ emulator: GoogleEmulator) async throws -> VerifiedIDToken {
        try await IDTokenVerifier(audience: Self.audience, callers: .anyGoogleIdentity, keys: emulator.keys)
            .verify(token: try #require(token as? String))
    }

    /// A folder with the emulator's files, and what makes a client of fixed hosts reach the emulator.
    private static func withProxy(_ body: (GoogleEmulator, [String: String]) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withGoogleEmulator { emulator in
            let files = try emulator.writeCredentialFiles(to: folder)
            var environment = emulator.proxyEnvironment(with: files)
            environment["http_proxy"] = emulator.url
            try await body(emulator, environment)
        }
    }

    @Test("the metadata server is found at its fixed address, and gives each an identity")
    func metadata() async throws {
        try await Self.withProxy { emulator, environment in
            let base = "http://169.254.169.254/computeMetadata/v1"
            let identity = "\(base)/instance/service-accounts/default/identity?audience=https://service.example.com"
            for (client, probe, url, hasEmail) in [
                (Self.node, "\(base)/instance", identity.replacing("?", with: "?format=full&"), true),
                (Self.php, "http://169.254.169.254", identity, false),
            ] {
                let found = try await Curl.run(client.options(client.flavor) + [probe], environment: environment)
                #expect(found.status == 200, "\(client.name): \(found.errors)")
                #expect(found.field("Metadata-Flavor") == "Google")
                let response = try await Curl.run(client.options(client.flavor) + [url], environment: environment)
                #expect(response.status == 200, "\(client.name): \(response.errors)")
                // Without a format, Google's token has no e-mail address.
                #expect(try await Self.verified(response.text, emulator).email == (hasEmail ? Self.caller : nil))
            }
        }
    }

    @Test("a key is exchanged at the fixed address, also where the assertion is of 3,660 seconds")
    func keyFile() async throws {
        try await Self.withProxy { emulator, environment in
            let key = try TestIssuer(key: .third)
            for client in [Self.node, Self.php] {
                let now = Int(Date().timeIntervalSince1970)
                let claims = """
                    {"iss":"\(Self.caller)","sub":"\(Self.caller)","aud":"https://oauth2.googleapis.com/token",\
                    "iat":\(now - client.times.iat),"exp":\(now + client.times.exp),"target_audience":"\(Self.audience)"}
                    """
                let signed = [#"{"typ":"JWT","alg":"RS256","kid":"\#(key.keyID)"}"#, claims]
                    .map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
                let assertion = "\(signed).\(Base64URL.encode(try key.keyPair.sign(Array(signed.utf8))))"
                let response = try await Curl.run(
                    client.options(["Content-Type: application/x-www-form-urlencoded"]) + [
                        "--data",
                        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=\(assertion)",
                        "https://oauth2.googleapis.com/token",
                    ],
                    environment: environment
                )
                #expect(response.status == 200, "\(client.name): \(response.text)")
                #expect(try await Self.verified(response.object["id_token"], emulator).email == Self.caller)
            }
        }
    }

    @Test("an account is impersonated at the fixed address, with a token that its caller has from the metadata server")
    func impersonation() async throws {
        try await Self.withProxy { emulator, environment in
            for client in [Self.node, Self.php] {
                let source = try await Curl.run(
                    client.options(client.flavor)
                        + ["http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token"],
                    environment: environment
                )
                let access = try #require(source.object["access_token"] as? String)
                let response = try await Curl.run(
                    client.options(["Authorization: Bearer \(access)", "Content-Type: application/json"]) + [
                        "--data", #"{"delegates":[],"audience":"\#(Self.audience)","includeEmail":true}"#,
                        "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/\(Self.target):generateIdToken",
                    ],
                    environment: environment
                )
                #expect(response.status == 200, "\(client.name): \(response.text)")
                #expect(try await Self.verified(response.object["token"], emulator).email == Self.target)
            }
        }
    }
}
#endif
