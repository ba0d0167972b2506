//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

/// Each fault of a token endpoint, of the IAM Credentials API and of a metadata server, with what is said about it.
@Suite("Faults of servers", .serialized, .timeLimit(.minutes(5)))
struct FaultTests {
    /// The servers.
    enum Server: String, CaseIterable {
        case metadata = "metadata server"
        case token = "token endpoint"
        case iam = "IAM Credentials API"
    }

    /// What a server answers with a token in it.
    private static func answer(_ server: Server, _ token: String, fields: [(name: String, value: String)] = [])
        -> Answer
    {
        switch server {
        case .metadata: .text(token, fields: fields + [Answer.flavor])
        case .token: .text("{\"id_token\":\"\(token)\"}", fields: fields)
        case .iam: .text("{\"token\":\"\(token)\"}", fields: fields)
        }
    }

    /// The error of credentials whose server has a fault, with the number of requests.
    private static func error(
        _ kind: Server,
        _ answers: Answer,
        change: (inout CredentialsEnvironment) -> Void = { _ in }
    ) async throws -> (error: IDTokenCredentialsError, requests: Int) {
        let server = try LoopbackServer(answers)
        let surroundings = TestSurroundings()
        var environment = surroundings.environment(metadataServer: server)
        change(&environment)
        let source: any IDTokenSource =
            switch kind {
            case .metadata: try MetadataServer(account: "default", environment)
            case .token:
                try ServiceAccountKey(
                    try CredentialMembers(
                        json: Array(try KeyFiles.serviceAccount(server.url("/token")).utf8),
                        place: "the key"
                    ),
                    environment
                )
            case .iam:
                Impersonation(
                    try #require(ImpersonationTarget(accessTokenURL: KeyFiles.impersonationURL(server))),
                    with: AccessTokens(calling: { "ya29.swordfish-swordfish" }),
                    environment
                )
            }
        surroundings.advance(by: MetadataServer.start)
        let credentials = IDTokenCredentials(source, environment)
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
        #expect(!error.explanation.contains("swordfish"))
        print("\(kind.rawValue): \(error)")
        return (error, server.requestCount)
    }

    @Test("a server that never answers is given up after its time, and asked again", arguments: Server.allCases)
    func hang(server: Server) async throws {
        let (error, requests) = try await Self.error(server, .hang) { environment in
            environment.limits.whole = .milliseconds(200)
            environment.metadataLimits.whole = .milliseconds(200)
        }
        #expect(error.code == .serverUnreachable)
        #expect(error.disposition == .unavailable)
        #expect(requests == 4)
    }

    @Test("the limits of time are 3 s for the metadata server and 10 s for others, and bodies have at most 64 KiB")
    func limits() {
        let environment = CredentialsEnvironment.system(.init())
        #expect(environment.metadataLimits.whole == .seconds(3))
        #expect(environment.limits.whole == .seconds(10))
        #expect(environment.limits.bodySize == 64 * 1024)
        #expect(environment.metadataLimits.bodySize == 64 * 1024)
    }

    @Test("a connection that is refused, reset or closed is a transient failure", arguments: Server.allCases)
    func lost(server: Server) async throws {
        for answer in [Answer.nothing, .reset(), .cutShort(Array("{\"id_token\":".utf8), after: 5)] {
            let (error, requests) = try await Self.error(server, answer)
            #expect(error.code == .serverUnreachable)
            #expect(requests == 4)
        }
    }

    @Test(
        "a server that fails or is overloaded is asked four times",
        arguments: Server.allCases,
        [408, 429, 500, 502, 503, 504]
    )
    func failing(server: Server, status: Int) async throws {
        let (error, requests) = try await Self.error(server, .text("<html>swordfish</html>", status: status))
        #expect(error.code == .serverFailed)
        #expect(error.explanation.contains("status \(status)"))
        #expect(requests == 4)
    }

    @Test(
        "a wait that the server asks for is kept, and one that is too long ends the attempts",
        arguments: Server.allCases
    )
    func retryAfter(server: Server) async throws {
        let (error, requests) = try await Self.error(
            server,
            .text("busy", status: 503, fields: [("Retry-After", "30"), Answer.flavor])
        )
        #expect(error.code == .serverFailed)
        #expect(error.retryAfter == .seconds(30))
        #expect(requests == 1)
    }

    @Test("a refusal is final", arguments: Server.allCases, [400, 401, 403, 404, 418])
    func refused(server: Server, status: Int) async throws {
        let body = #"{"error":{"code":403,"status":"PERMISSION_DENIED","message":"Access denied to ya29.swordfish"}}"#
        let (error, requests) = try await Self.error(server, .text(body, status: status, fields: [Answer.flavor]))
        #expect(error.disposition == (server == .metadata && status == 404 ? .misconfigured : .refused))
        #expect(error.explanation.contains("PERMISSION_DENIED \"Access denied to [left out]\""))
        #expect(requests == 1)
    }

    @Test("a redirect is not followed", arguments: Server.allCases)
    func redirect(server: Server) async throws {
        let (error, requests) = try await Self.error(
            server,
            .response(302, fields: [("Location", "https://attacker.example.com/"), Answer.flavor])
        )
        #expect(error.code == .answerInvalid)
        #expect(error.explanation.contains("redirect"))
        #expect(requests == 1)
    }

    @Test(
        "a response that is no token is never taken for one",
        arguments: Server.allCases,
        [
            "", " ", "<!DOCTYPE html><title>Error</title>", "garbage", "a.b", "a.b.c", "{}", "[]", "null",
            #"{"error":"internal"}"#, "\u{0}\u{1}", "eyJhbGciOiJSUzI1NiJ9.e30.AA", "{\"id_token\":1,\"token\":null}",
        ]
    )
    func garbage(server: Server, body: String) async throws {
        let (error, requests) = try await Self.error(server, .text(body, fields: [Answer.flavor]))
        #expect(error.code == .answerInvalid)
        #expect(error.disposition == .unavailable)
        #expect(requests == 1)
    }

    @Test("an error page with status 200 is described", arguments: Server.allCases)
    func errorPage(server: Server) async throws {
        let (error, _) = try await Self.error(server, .text("<html>sign in</html>", fields: [Answer.flavor]))
        #expect(error.explanation.contains("it looks like a web page"))
    }

    @Test("a response that is too large, or not HTTP, is refused", arguments: Server.allCases)
    func transport(server: Server) async throws {
        let large = Answer.response(fields: [Answer.flavor], body: [UInt8](repeating: 0x61, count: 64 * 1024 + 1))
        for answer in [large, .raw("SSH-2.0-OpenSSH\r\n\r\n")] {
            let (error, requests) = try await Self.error(server, answer)
            #expect(error.code == .answerInvalid)
            #expect(requests == 1)
        }
    }

    @Test("a token that has expired is refused", arguments: Server.allCases)
    func expired(server: Server) async throws {
        let token = try TestToken.minted(for: TestToken.audience, issuedAt: TestToken.issuedAt - 7_200)
        let (error, _) = try await Self.error(server, Self.answer(server, token))
        #expect(error.code == .tokenExpired)
        #expect(error.explanation.contains("expired 1 hour ago. Check this machine's clock."))
    }

    @Test("a clock that is off is told where it matters", arguments: Server.allCases)
    func clock(server: Server) async throws {
        let token = try TestToken.minted(for: TestToken.audience, issuedAt: TestToken.issuedAt - 7_200)
        let date = (name: "Date", value: "Tue, 14 Nov 2023 20:14:50 GMT")
        let (error, _) = try await Self.error(server, Self.answer(server, token, fields: [date]))
        #expect(error.code == .tokenExpired)
        #expect(error.explanation.contains("This machine's clock is 2 hours ahead of the server's; set it."))
    }

    @Test("a token for another audience is refused, also one for several", arguments: Server.allCases)
    func audience(server: Server) async throws {
        let several = TestToken.claims(["aud": "[\"\(TestToken.audience)\",\"https://other.example.com\"]"])
        for token in [
            try TestToken.minted(for: "https://other.example.com"), try TestToken.minted(for: TestToken.audience + "/"),
            try TestToken.minted(claims: several),
            try TestToken.minted(claims: TestToken.claims(["aud": String?.none])),
        ] {
            let (error, requests) = try await Self.error(server, Self.answer(server, token))
            #expect(error.code == .audienceMismatch)
            #expect(error.explanation.contains("\"\(TestToken.audience)\""))
            #expect(requests == 1)
        }
    }

    @Test(
        "a token without a usable expiry is refused",
        arguments: Server.allCases,
        [nil, "\"soon\"", "1e999", "1e300", "\(TestToken.issuedAt + 8 * 86_400)", "null"]
    )
    func expiry(server: Server, exp: String?) async throws {
        let token = try TestToken.minted(claims: TestToken.claims(["exp": exp]))
        let (error, _) = try await Self.error(server, Self.answer(server, token))
        #expect(error.code == .answerInvalid)
    }

    @Test(
        "an answer without the metadata server's header field is from somebody else",
        arguments: [nil, "google", "Google, Amazon"]
    )
    func flavor(value: String?) async throws {
        let fields = value.map { [(name: "Metadata-Flavor", value: $0)] } ?? []
        let token = try TestToken.minted(for: TestToken.audience)
        let (error, requests) = try await Self.error(.metadata, .text(token, fields: fields))
        #expect(error.code == .answerInvalid)
        #expect(error.explanation.contains("Metadata-Flavor: Google"))
        #expect(requests == 1)
    }

    @Test("a failure of one audience is thrown again without a request until the next attempt is allowed")
    func backoff() async throws {
        let server = try LoopbackServer(.metadata("no", status: 403))
        let surroundings = TestSurroundings()
        let environment = surroundings.environment(metadataServer: server)
        let credentials = IDTokenCredentials(try MetadataServer(account: "default", environment), environment)
        func code() async throws -> IDTokenCredentialsError {
            try await failure { () async throws(IDTokenCredentialsError) in
                try await credentials.token(for: TestToken.audience)
            }
        }
        for _ in 0..<100 { #expect(try await code().retryAfter == .seconds(1)) }
        #expect(server.requestCount == 1)
        surroundings.advance(by: .seconds(1))
        #expect(try await code().retryAfter == .seconds(2))
        #expect(server.requestCount == 2)
    }
}
