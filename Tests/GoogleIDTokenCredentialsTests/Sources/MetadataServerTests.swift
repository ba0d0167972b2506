//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc
internal import GoogleIDToken
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

@Suite("Metadata server", .serialized, .timeLimit(.minutes(5)))
struct MetadataServerTests {
    private static func source(
        _ server: LoopbackServer,
        _ surroundings: TestSurroundings = TestSurroundings(),
        account: String = "default"
    ) throws -> MetadataServer {
        try MetadataServer(account: account, surroundings.environment(metadataServer: server))
    }

    @Test("the request has the full format and the header field that the server demands")
    func request() async throws {
        let server = try LoopbackServer(.metadata(try TestToken.minted() + "\n"))
        let token = try await Self.source(server).idToken(for: TestToken.audience)
        #expect(token.text == (try TestToken.minted()))
        #expect(token.expiresAt == Double(TestToken.expiresAt))
        let request = try #require(server.requests.first)
        #expect(request.method == "GET")
        #expect(
            request.path
                == "/computeMetadata/v1/instance/service-accounts/default/identity"
                + "?audience=https%3A%2F%2Fservice.example.com&format=full"
        )
        #expect(request["metadata-flavor"] == ["Google"])
        #expect(request["host"] == ["127.0.0.1:\(server.port)"])
    }

    @Test(
        "an audience is percent-encoded, whatever it contains",
        arguments: [
            ("a&format=standard", "a%26format%3Dstandard"), ("a#b", "a%23b"), ("a+b", "a%2Bb"), ("a%20b", "a%2520b"),
            ("gr\u{FC}n", "gr%C3%BCn"),
            ("/projects/1/global/backendServices/2", "%2Fprojects%2F1%2Fglobal%2FbackendServices%2F2"),
        ]
    )
    func encoding(audience: String, encoded: String) async throws {
        let server = try LoopbackServer(.metadata(try TestToken.minted(for: audience)))
        _ = try await Self.source(server).idToken(for: audience)
        #expect(server.requests.first?.path.contains("audience=\(encoded)&format=full") == true)
    }

    @Test("a named account is in the path")
    func account() async throws {
        let server = try LoopbackServer(.metadata(try TestToken.minted()))
        let source = try Self.source(server, account: "login@my-project.iam.gserviceaccount.com")
        _ = try await source.idToken(for: TestToken.audience)
        let path = server.requests.first?.path ?? ""
        #expect(
            path.hasPrefix("/computeMetadata/v1/instance/service-accounts/login@my-project.iam.gserviceaccount.com/")
        )
    }

    @Test("access tokens for impersonation have the scope cloud-platform")
    func accessToken() async throws {
        let server = try LoopbackServer(
            .metadata(#"{"access_token":"ya29.a","expires_in":3599,"token_type":"Bearer"}"#)
        )
        let token = try await Self.source(server).accessToken()
        #expect(token.text == "ya29.a")
        #expect(token.expiresAt == TestToken.now + 3_599)
        #expect(
            server.requests.first?.path
                .hasSuffix("/token?scopes=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform") == true
        )
    }

    @Test(
        "the variables of Google's libraries name another host, in their order",
        arguments: [
            (["GCE_METADATA_HOST": "HERE", "GCE_METADATA_ROOT": "169.254.0.1"]),
            (["GCE_METADATA_HOST": "", "GCE_METADATA_ROOT": "HERE", "GCE_METADATA_IP": "169.254.0.1"]),
            (["GCE_METADATA_IP": "HERE"]), (["GCE_METADATA_HOST": "http://HERE/"]),
        ]
    )
    func hosts(variables: [String: String]) async throws {
        let server = try LoopbackServer(.metadata(try TestToken.minted()))
        let here = variables.mapValues { $0.replacing("HERE", with: "127.0.0.1:\(server.port)") }
        let source = try MetadataServer(account: "default", TestSurroundings().environment(here))
        _ = try await source.idToken(for: TestToken.audience)
        #expect(server.requestCount == 1)
    }

    @Test(
        "a variable that is no host is an error at once",
        arguments: ["a b", "user:password@host", "https://host", "host:99999"]
    )
    func invalidHost(host: String) throws {
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try MetadataServer(account: "default", TestSurroundings().environment(["GCE_METADATA_HOST": host]))
        }
        #expect(error?.code == .argumentInvalid)
        #expect(error?.explanation.contains("GCE_METADATA_HOST") == true)
    }

    @Test("an account that would change the path is an error at once", arguments: ["", "a/b", "a b", "\u{FC}"])
    func invalidAccount(account: String) throws {
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try MetadataServer(account: account, TestSurroundings().environment())
        }
        #expect(error?.code == .argumentInvalid)
    }

    @Test("nothing is sent before the first token is needed")
    func noProbe() async throws {
        let server = try LoopbackServer(.metadata(try TestToken.minted()))
        let surroundings = TestSurroundings()
        let environment = surroundings.environment(metadataServer: server)
        let credentials = IDTokenCredentials(try MetadataServer(account: "default", environment), environment)
        #expect(credentials.health.audiences.isEmpty)
        #expect(server.requestCount == 0)
        try await credentials.warmUp(for: TestToken.audience)
        #expect(server.requestCount == 1)
    }

    @Test("a server that starts beside the container may have no account for some seconds")
    func startRace() async throws {
        let server = try LoopbackServer(
            .nothing,
            .metadata("not found", status: 404),
            .metadata("unavailable", status: 503),
            .metadata(try TestToken.minted())
        )
        let surroundings = TestSurroundings()
        let token = try await Self.source(server, surroundings).idToken(for: TestToken.audience)
        #expect(token.expiresAt == Double(TestToken.expiresAt))
        #expect(surroundings.sleeps == [.seconds(1), .seconds(2), .seconds(4)])
    }

    @Test("later a missing account is told at once, with the two usual causes")
    func missingAccount() async throws {
        let server = try LoopbackServer(.metadata("not found", status: 404))
        let surroundings = TestSurroundings()
        let source = try Self.source(server, surroundings)
        surroundings.advance(by: MetadataServer.start)
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await source.idToken(for: TestToken.audience)
        }
        #expect(error.code == .accountMissing)
        #expect(error.disposition == .misconfigured)
        #expect(error.explanation.contains("iam.gke.io/gcp-service-account"))
        #expect(server.requestCount == 1)
    }

    @Test("an expired token of the server's cache is an error and asked for again")
    func expiredAnswer() async throws {
        let server = try LoopbackServer(
            .metadata(try TestToken.minted(for: TestToken.audience, issuedAt: TestToken.issuedAt - 3_600)),
            .metadata(try TestToken.minted())
        )
        let token = try await Self.source(server).idToken(for: TestToken.audience)
        #expect(token.expiresAt == Double(TestToken.expiresAt))
        #expect(server.requestCount == 2)
    }

    @Test("a token of the server's cache is replaced by its own expiry, not an hour after it came")
    func cachedByServer() async throws {
        let first = try TestToken.minted(for: TestToken.audience, issuedAt: TestToken.issuedAt - 3_000)
        let second = try TestToken.minted()
        let server = try LoopbackServer(.metadata(first), .metadata(second))
        let surroundings = TestSurroundings()
        let environment = surroundings.environment(metadataServer: server)
        let credentials = IDTokenCredentials(try MetadataServer(account: "default", environment), environment)
        #expect(try await credentials.token(for: TestToken.audience).text == first)
        surroundings.setWallClock(Double(TestToken.issuedAt) + 600)
        #expect(try await credentials.token(for: TestToken.audience).text == second)
        #expect(server.requestCount == 2)
    }

    @Test("a proxy of the environment is not used")
    func proxy() async {
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer(.response(403))
            for name in ["http_proxy", "all_proxy", "https_proxy"] {
                unsafe setenv(name, "http://127.0.0.1:\(proxy.port)", 1)
            }
            for name in ["no_proxy", "NO_PROXY"] { unsafe unsetenv(name) }
            var environment = TestSurroundings().environment(["GCE_METADATA_HOST": "nothing.invalid"])
            environment.clock.sleep = { _ in }
            let source = try MetadataServer(account: "default", environment)
            _ = try? await source.idToken(for: TestToken.audience)
            #expect(proxy.requestCount == 0)
        }
    }
}
