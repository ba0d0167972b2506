//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import FoundationNetworking
internal import TestSupport
internal import Testing

/// `idtoken emulate` with tokens of other issuers, and with a proxy in front of a service.
@Suite("idtoken emulate: other issuers and the proxy", .serialized, .timeLimit(.minutes(5)))
struct EmulateProxyTests {
    @Test("tokens of another issuer verify with --keys of the emulator")
    func tokens() async throws {
        let emulator = try await StandInProcess()
        let name = "firebase:my-project"
        let token = try await emulator.send("/control/token?issuer=\(name)").text
        let keys = "\(emulator.url)/issuers/\(name)/keys"
        let command = try await Command("verify", "--issuer", name, "--keys", keys, input: token)
        #expect(command.status == 0, "\(command.errors)")
        let fetched = try await Command("keys", "fetch", "--issuer", name, "--from", keys)
        #expect(fetched.output.contains("\"kty\": \"RSA\""), "\(fetched.output)\(fetched.errors)")
    }

    @Test("the service behind the proxy gets an assertion that idtoken verify accepts")
    func proxy() async throws {
        let service = try LoopbackServer(.text("welcome"))
        let audience = "/projects/123456/apps/my-project"
        let options = [
            "--proxy-to", String(service.url().dropLast()), "--proxy-audience", audience, "--proxy-port", "0",
        ]
        let emulator = try await StandInProcess(options[0], options[1], options[2], options[3], options[4], options[5])
        let line = try #require(
            emulator.output.components(separatedBy: "adds the fields of Identity-Aware Proxy:\n# ").last
        )
        let url = try #require(URL(string: String(line.prefix { $0 != "\n" })))
        let (data, _) = try await URLSession.shared.data(from: url)
        #expect(String(decoding: data, as: UTF8.self) == "welcome")
        let field = try #require(service.requests.first?["X-Goog-IAP-JWT-Assertion"].first)
        let keys = "\(emulator.url)/issuers/identityAwareProxy/keys"
        let command = try await Command(
            ["verify", "--issuer", "iap", "--keys", keys, "--audience", audience, "--caller", "domain:example.com"]
                + ["--header", "X-Goog-IAP-JWT-Assertion: \(field)"]
        )
        #expect(command.status == 0, "\(command.errors)")
        #expect(command.output.contains("user@example.com (verified)"), "\(command.output)")
    }

    @Test(
        "wrong options of the proxy end with status 64",
        arguments: [
            (["--proxy-to", "http://127.0.0.1:1"], "belong together"),
            (["--proxy-to", "127.0.0.1:1", "--proxy-audience", "/projects/1/apps/p"], "such as http://127.0.0.1:8080"),
            (["--proxy-to", "http://127.0.0.1:1", "--proxy-audience", "x"], "copy the audience"),
        ]
    )
    func wrong(_ options: [String], _ words: String) async throws {
        let command = try await Command(["emulate", "--quiet", "--known-keys", "--port", "0"] + options)
        #expect(command.status == 64)
        #expect(command.errors.contains(words), "\(command.errors)")
    }
}
#endif
