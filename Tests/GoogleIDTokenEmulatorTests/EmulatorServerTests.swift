//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDTokenEmulator
internal import IDTokenPlatform
internal import Testing

/// The emulator's HTTP server, with the command `curl` as the client.
@Suite("emulator: HTTP", .serialized, .timeLimit(.minutes(5)))
struct EmulatorServerTests {
    private static let identity =
        "/computeMetadata/v1/instance/service-accounts/default/identity?audience=a&format=full"
    private static let flavor = ["--header", "Metadata-Flavor: Google"]

    @Test("several requests share one connection, in HTTP/1.1 and, if the client asks for it, in HTTP/1.0")
    func keepsConnections() async throws {
        try await withGoogleEmulator { emulator in
            let url = emulator.url + Self.identity
            for options in [[], ["--http1.0", "--header", "Connection: keep-alive"]] {
                let response = try await Curl.run(options + Self.flavor + [url, url, url])
                #expect(response.status == 200)
                #expect(response.connectionCount == 1)
            }
        }
    }

    @Test("a request of HTTP/1.0 is answered, and the connection closed")
    func answersOldClients() async throws {
        try await withGoogleEmulator { emulator in
            let response = try await Curl.run(["--http1.0"] + Self.flavor + [emulator.url + Self.identity])
            #expect(response.status == 200)
            #expect(response.field("Connection") == "close")
            #expect(response.text.split(separator: ".").count == 3)
        }
    }

    @Test("HEAD has the header fields of GET, and no body")
    func answersHead() async throws {
        try await withGoogleEmulator { emulator in
            for path in ["/", Self.identity, "/oauth2/v3/certs", "/nothing"] {
                let get = try await Curl.run(Self.flavor + [emulator.url + path])
                let head = try await Curl.run(Self.flavor + ["--head", emulator.url + path])
                #expect(head.status == get.status)
                #expect(head.text.isEmpty)
                #expect(head.field("Content-Length") == get.field("Content-Length"))
                #expect(head.field("Content-Type") == get.field("Content-Type"))
            }
        }
    }

    @Test("as an HTTP proxy, it takes the place of the metadata server, by name and by address")
    func answersAsAProxy() async throws {
        try await withGoogleEmulator { emulator in
            for host in ["metadata.google.internal", "169.254.169.254"] {
                let response = try await Curl.run(
                    Self.flavor + ["http://\(host)\(Self.identity)"],
                    environment: ["http_proxy": emulator.url]
                )
                #expect(response.status == 200, "\(response.errors)")
                #expect(response.text.split(separator: ".").count == 3)
            }
            let own = try await Curl.run(["--proxy", emulator.url, "--proxytunnel", "http://127.0.0.1/"])
            #expect(own.status != 200)
            let other = try await Curl.run(["--proxy", emulator.url, "http://service.example.com/"])
            #expect(other.status == 404)
            #expect(other.text.contains("metadata.google.internal"))
        }
    }

    @Test(
        "the curl command of Google's documentation works word for word, if the variable http_proxy names the emulator"
    )
    func theDocumentedCommandWorks() async throws {
        try await withGoogleEmulator { emulator in
            let response = try await Curl.run(
                [
                    "-H", "Metadata-Flavor: Google",
                    "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity"
                        + "?audience=https://service.example.com",
                ],
                environment: ["http_proxy": emulator.url]
            )
            #expect(response.status == 200)
            #expect(response.text.split(separator: ".").count == 3)
        }
    }

    @Test(
        "header fields that are too long, too many or no HTTP are refused, and the reason is in the log",
        arguments: [
            (["--header", "X: " + String(repeating: "x", count: 17_000)], 431),
            ((0..<129).flatMap { ["--header", "X\($0): x"] }, 431),
            ((0..<10).flatMap { ["--header", "X\($0): " + String(repeating: "x", count: 8_000)] }, 431),
            (["--request", "G\u{7F}T"], 400),
        ]
    )
    func boundsHeaderFields(_ arguments: [String], _ status: Int) async throws {
        let log = Lock<[GoogleEmulator.Answer]>([])
        var configuration = GoogleEmulator.Configuration()
        configuration.onAnswer = { answer in log.withLock { $0.append(answer) } }
        try await withGoogleEmulator(configuration) { emulator in
            let response = try await Curl.run(arguments + [emulator.url + "/"])
            #expect(response.status == status, "\(response.errors)")
            #expect(try await Curl.run([emulator.url + "/"]).status == 200)
        }
        #expect(log.withLock { $0.map(\.status) } == [status, 200])
        #expect(log.withLock { $0.first?.note } != nil)
    }

    @Test("a path that is not there gets 404 with an error that names what there is, and the log says so")
    func namesWhatThereIs() async throws {
        let log = Lock<[GoogleEmulator.Answer]>([])
        var configuration = GoogleEmulator.Configuration()
        configuration.onAnswer = { answer in log.withLock { $0.append(answer) } }
        try await withGoogleEmulator(configuration) { emulator in
            let path = try await emulator.send("/oauth2/v2/certs")
            #expect(path.status == 404)
            #expect(path.text.contains("/oauth2/v3/certs"))
            let metadata = try await emulator.metadata("instance/nothing/more")
            #expect(metadata.status == 404)
            #expect(metadata.text.contains("service-accounts/"))
            #expect(metadata.field("Metadata-Flavor") == "Google")
            let method = try await emulator.iam("a@b.example:sign", "{}")
            #expect(method.status == 404)
            #expect(method.text.contains(":signBlob"))
        }
        let notes = log.withLock { $0.compactMap(\.note) }
        #expect(notes == ["no such path", "no such metadata", "no such method"])
    }

    @Test("a client that waits for an answer is let go when the emulator stops")
    func letsWaitingClientsGo() async throws {
        let (answers, continuation) = AsyncStream.makeStream(of: Int.self)
        var configuration = GoogleEmulator.Configuration()
        configuration.onAnswer = { continuation.yield($0.status) }
        let emulator = try await GoogleEmulator.start(configuration)
        emulator.setFault(.hang, for: .keys)
        async let waiting = Curl.run([emulator.url + "/", emulator.url + "/oauth2/v3/certs"])
        // The first answer is there, so the client has connected; it asks for the keys next.
        _ = await answers.first { _ in true }
        await emulator.stop()
        let response = try await waiting
        #expect(!response.errors.isEmpty)
    }
}
#endif
