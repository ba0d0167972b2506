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
internal import TestSupport
internal import Testing

/// The proxy in front of a real server, asked by curl.
@Suite("emulator: a proxy like Identity-Aware Proxy", .serialized, .timeLimit(.minutes(5)))
struct EmulatedIdentityAwareProxyTests {
    private static let resource = IdentityAwareProxyAudience.appEngine(project: 123456, id: "my-project")

    private static func withProxy(
        to service: LoopbackServer,
        _ test: (GoogleEmulator, EmulatedIdentityAwareProxy) async throws -> Void
    ) async throws {
        try await withGoogleEmulator { emulator in
            let url = String(service.url().dropLast())
            let proxy = try await emulator.startIdentityAwareProxy(to: url, audience: Self.resource)
            try await test(emulator, proxy)
            await proxy.stop()
        }
    }

    @Test("the service gets one assertion that verifies and names the user, whatever the client sends in such headers")
    func assertion() async throws {
        let service = try LoopbackServer(.text("welcome", fields: [("X-Own", "1"), ("Keep-Alive", "timeout=5")]))
        try await Self.withProxy(to: service) { emulator, proxy in
            let forged = [
                "X-Goog-IAP-JWT-Assertion: a.b.c", "x-goog-iap-jwt-assertion: a.b.c",
                "X-Goog-Authenticated-User-Email: accounts.google.com:admin@example.com",
                "x-goog-authenticated-user-id: accounts.google.com:1", "Authorization: Bearer mine", "Accept: x/y",
            ]
            let response = try await Curl.run(forged.flatMap { ["-H", $0] } + ["\(proxy.url)/a/b?c=d"])
            #expect(response.status == 200)
            #expect(response.text == "welcome")
            #expect(response.field("X-Own") == "1")
            #expect(response.field("Keep-Alive") == nil)
            let request = try #require(service.requests.first)
            #expect(request.path == "/a/b?c=d")
            #expect(request["Authorization"] == ["Bearer mine"])
            #expect(request["Accept"] == ["x/y"])
            #expect(request["X-Goog-Authenticated-User-Email"] == ["accounts.google.com:user@example.com"])
            #expect(request["X-Goog-Authenticated-User-ID"] == ["accounts.google.com:\(TestCaller.user.subject)"])
            #expect(request["X-Goog-IAP-JWT-Assertion"].count == 1)
            let verifier = try IDTokenVerifier(
                trusting: .identityAwareProxy,
                audience: Self.resource,
                callers: .hostedDomain("example.com"),
                keys: emulator.keys(of: .identityAwareProxy)
            )
            let user = try await verifier.verify(headers: request.fields)
            #expect(user.email == "user@example.com")
            #expect(user.subject == "accounts.google.com:\(TestCaller.user.subject)")
        }
    }

    @Test("methods, bodies, statuses and answers without a stated length are passed on")
    func bodies() async throws {
        let service = try LoopbackServer(
            .chunked(chunks: [Array("one ".utf8), Array("two ".utf8)], lastChunkRepeats: 1_000)
        )
        try await Self.withProxy(to: service) { _, proxy in
            let body = String(repeating: "x", count: 100_000)
            let response = try await Curl.run(["-X", "PUT", "-d", body, "\(proxy.url)/"])
            #expect(response.status == 200)
            #expect(response.text == "one " + String(repeating: "two ", count: 1_000))
            #expect(service.requests.first?.method == "PUT")
            #expect(service.requests.first?.body.count == 100_000)
        }
        let failing = try LoopbackServer(.text("gone", status: 410))
        try await Self.withProxy(to: failing) { _, proxy in
            let response = try await Curl.run(["\(proxy.url)/"])
            #expect(response.status == 410)
            #expect(response.text == "gone")
        }
        let headless = try LoopbackServer(.raw("HTTP/1.1 410 Gone\r\nContent-Length: 4\r\n\r\n"))
        try await Self.withProxy(to: headless) { _, proxy in
            let head = try await Curl.run(["--head", "\(proxy.url)/"])
            #expect(head.status == 410)
            #expect(head.field("Content-Length") == "4")
            #expect(headless.requests.first?.method == "HEAD")
        }
    }

    @Test("a service that cannot be reached, or ends without an answer, is said with status 502")
    func unreachable() async throws {
        let gone = try LoopbackServer(.text(""))
        gone.stop()
        try await Self.withProxy(to: gone) { _, proxy in
            let response = try await Curl.run(["\(proxy.url)/"])
            #expect(response.status == 502)
            #expect(response.text.contains("the service cannot be reached"), "\(response.text)")
        }
        let silent = try LoopbackServer(.raw(""))
        try await Self.withProxy(to: silent) { _, proxy in
            let response = try await Curl.run(["\(proxy.url)/"])
            #expect(response.status == 502)
            #expect(response.text.contains("closed the connection without an answer"), "\(response.text)")
        }
    }

    @Test(
        "a URL that cannot be that of the service is an error",
        arguments: [
            "", "127.0.0.1:80", "https://127.0.0.1", "http://", "http://127.0.0.1/path", "http://127.0.0.1:0",
            "ftp://a",
        ]
    )
    func wrongService(_ url: String) async throws {
        try await withGoogleEmulator { emulator in
            let error = await #expect(throws: EmulatorError.self) {
                try await emulator.startIdentityAwareProxy(to: url, audience: Self.resource)
            }
            #expect(error?.code == .configurationInvalid)
        }
    }

    @Test("an audience that no assertion can have is an error")
    func wrongAudience() async throws {
        try await withGoogleEmulator { emulator in
            let error = await #expect(throws: IDTokenVerifier.ConfigurationError.self) {
                try await emulator.startIdentityAwareProxy(to: "http://127.0.0.1:1", audience: .exactly("x"))
            }
            #expect(error?.code == .audienceInvalid)
        }
    }
}
#endif
