//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

@Suite("Audience of a request's URL", .serialized, .timeLimit(.minutes(5)))
struct RequestURLTests {
    private static let service = "https://profiles-123456.europe-west1.run.app"

    @Test(
        "the audience is the service's URL without path, query and traffic tag",
        arguments: [
            "", "/", "/users/1?name=a#b", "?a=b", ":443/users",
        ]
    )
    func path(rest: String) throws {
        #expect(try IDTokenCredentials.audience(ofRequestTo: Self.service + rest) == Self.service)
    }

    @Test(
        "a traffic tag is removed from both forms of a host, and the host is in lower case",
        arguments: [
            ("https://canary---profiles-123456.europe-west1.run.app/a", Self.service),
            ("https://blue---profiles-abcdef1234-ew.a.run.app", "https://profiles-abcdef1234-ew.a.run.app"),
            ("HTTPS://Profiles-123456.Europe-West1.run.app", Self.service),
        ]
    )
    func tag(url: String, audience: String) throws {
        #expect(try IDTokenCredentials.audience(ofRequestTo: url) == audience)
    }

    @Test(
        "for another host the audience must be named",
        arguments: [
            "https://api.example.com/users", "https://run.app", "https://example.run.app.attacker.com",
            "https://localhost:8080",
            "https://user@profiles-123456.europe-west1.run.app/", "https://profiles-123456.europe-west1.run.app:8443/",
            "https://",
            "https://europe-west1-project.cloudfunctions.net/function",
        ]
    )
    func otherHosts(url: String) throws {
        let error = #expect(throws: IDTokenCredentialsError.self) { try IDTokenCredentials.audience(ofRequestTo: url) }
        #expect(error?.code == .audienceInvalid)
        #expect(error?.explanation.contains("header(for:)") == true)
    }

    @Test(
        "without TLS there is no token",
        arguments: ["http://profiles-123456.europe-west1.run.app", "profiles-123456.europe-west1.run.app", ""]
    )
    func plain(url: String) {
        let error = #expect(throws: IDTokenCredentialsError.self) { try IDTokenCredentials.audience(ofRequestTo: url) }
        #expect(error?.code == .audienceInvalid)
    }

    @Test("the header field is for the derived audience, in either header")
    func header() async throws {
        let token = try TestToken.minted(for: Self.service)
        let server = try LoopbackServer(.metadata(token))
        let environment = TestSurroundings().environment(metadataServer: server)
        let credentials = IDTokenCredentials(try MetadataServer(account: "default", environment), environment)
        let first = try await credentials.header(
            forRequestTo: "https://canary---profiles-123456.europe-west1.run.app/a"
        )
        #expect(first == ("Authorization", "Bearer \(token)"))
        let second = try await credentials.header(for: Self.service, in: .xServerlessAuthorization)
        #expect(second == ("X-Serverless-Authorization", "Bearer \(token)"))
        #expect(server.requestCount == 1)
    }

    @Test(
        "an audience that no token can have is refused before any request",
        arguments: [
            "", "https://a.example.com\n", "\"https://a.example.com\"", "https://a.example.com,https://b.example.com",
        ]
    )
    func audiences(audience: String) async throws {
        let server = try LoopbackServer(.nothing)
        let environment = TestSurroundings().environment(metadataServer: server)
        let credentials = IDTokenCredentials(try MetadataServer(account: "default", environment), environment)
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: audience)
        }
        #expect(error.code == .audienceInvalid)
        #expect(server.requestCount == 0)
    }
}
