//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// A stand-in under a host's name, as in a network of containers.
@Suite("Key source: plain http", .timeLimit(.minutes(5)))
struct PlainHTTPTests {
    private static func verifier(_ keys: KeySource) throws -> IDTokenVerifier {
        try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(TestToken.email),
            keys: keys
        )
    }

    private static func error(_ keys: KeySource) -> IDTokenVerifier.ConfigurationError? {
        #expect(throws: IDTokenVerifier.ConfigurationError.self) { try Self.verifier(keys) }
    }

    @Test("keys of another host over plain http are refused, and the error names the choice for tests")
    func refused() {
        let error = Self.error(.remote("http://stand-in:8181/oauth2/v3/certs"))
        #expect(error?.code == .keySourceInvalid)
        #expect(
            error?.explanation
                == "The URL of the keys, http://stand-in:8181/oauth2/v3/certs, cannot be used: it is not https; http is "
                + "allowed only on this machine. Use https, since whoever changes the keys on their way decides which "
                + "tokens are accepted. For a stand-in on another host, in tests only, choose "
                + "KeySource.remoteWithoutTLSForTests(_:)."
        )
    }

    @Test("another scheme is refused without naming that choice")
    func otherScheme() {
        let error = Self.error(.remote("ftp://stand-in/keys"))
        #expect(error?.explanation.contains("ForTests") == false)
        #expect(Self.error(.remoteWithoutTLSForTests("ftp://stand-in/keys"))?.code == .keySourceInvalid)
    }

    @Test("the choice for tests fetches from another host, and verifies with its keys")
    func chosen() async throws {
        let server = try LoopbackServer(.text(String(decoding: try TestToken.keyDocument, as: UTF8.self)))
        // libcurl resolves this name to the loopback address itself (RFC 6761 §6.3).
        let verifier = try Self.verifier(.remoteWithoutTLSForTests(server.url(host: "keys.localhost")))
        let caller = try await verifier.verify(token: try TestToken.minted(), at: TestToken.date)
        #expect(caller.email == TestToken.email)
        #expect(server.requestCount == 1)
    }

    @Test("a verifier whose authorities a variable names wrongly is not made, and the error names the variable")
    func variable() async {
        await #expect(processExitsWith: .success) {
            for name in ["CURL_CA_BUNDLE", "SSL_CERT_DIR"] { unsafe unsetenv(name) }
            unsafe setenv("SSL_CERT_FILE", "/nonexistent/authorities.pem", 1)
            for keys in [KeySource.google, .remote("https://keys.example.com/")] {
                let error = Self.error(keys)
                #expect(error?.code == .keySourceInvalid)
                #expect(error?.explanation.contains("the environment variable SSL_CERT_FILE names the file") == true)
            }
            // Without TLS there is nothing to vouch for.
            _ = try Self.verifier(.remote("http://127.0.0.1:1/"))
        }
    }
}
