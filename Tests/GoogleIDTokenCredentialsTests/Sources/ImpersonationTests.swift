//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

@Suite("Impersonation", .serialized, .timeLimit(.minutes(5)))
struct ImpersonationTests {
    /// Credentials that impersonate the target, with the token `access` of the application.
    private static func credentials(
        _ server: LoopbackServer,
        delegates: [String] = [],
        quotaProject: String? = nil,
        accessToken: @escaping @Sendable () async throws -> String = { "access" }
    ) throws -> IDTokenCredentials {
        let environment = TestSurroundings().environment()
        let target = try #require(ImpersonationTarget(accessTokenURL: KeyFiles.impersonationURL(server)))
        let source = Impersonation(
            target,
            delegates: delegates,
            quotaProject: quotaProject,
            with: AccessTokens(calling: accessToken),
            environment
        )
        return IDTokenCredentials(source, environment)
    }

    @Test("the request names the audience, always asks for the e-mail claim, and carries the access token")
    func request() async throws {
        let server = try LoopbackServer.google()
        let token = try await Self.credentials(server).token(for: TestToken.audience)
        #expect(token.text == (try TestToken.minted(for: TestToken.audience)))
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/v1/projects/-/serviceAccounts/\(KeyFiles.target):generateIdToken")
        #expect(request["authorization"] == ["Bearer access"])
        #expect(request["content-type"] == ["application/json"])
        #expect(request["x-goog-user-project"].isEmpty)
        #expect(request.text == #"{"audience":"https://service.example.com","includeEmail":true}"#)
    }

    @Test("delegates are sent as resource names, and the quota project as a header field")
    func delegates() async throws {
        let server = try LoopbackServer.google()
        let names = ["first@p.iam.gserviceaccount.com", "projects/-/serviceAccounts/second@p.iam.gserviceaccount.com"]
        let credentials = try Self.credentials(server, delegates: names, quotaProject: "billing-project")
        _ = try await credentials.token(for: TestToken.audience)
        let request = try #require(server.requests.first)
        #expect(request["x-goog-user-project"] == ["billing-project"])
        #expect(
            try JSONReader.read(request.body)["delegates"]?.stringsValue == [
                "projects/-/serviceAccounts/first@p.iam.gserviceaccount.com",
                "projects/-/serviceAccounts/second@p.iam.gserviceaccount.com",
            ]
        )
    }

    @Test("an account by its name has the URL of Google's API")
    func names() throws {
        let target = try ImpersonationTarget(account: KeyFiles.target)
        #expect(
            target.url(.idToken)
                == "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/\(KeyFiles.target):generateIdToken"
        )
        for name in ["", "a b", "a/b", "a?b", "a:b", "\u{E4}@b"] {
            #expect(throws: IDTokenCredentialsError.self) { try ImpersonationTarget(account: name) }
        }
    }

    @Test("the source's access token is fetched once for many audiences, and again after it was refused")
    func accessTokenIsKept() async throws {
        let issued = Lock(0)
        let server = try LoopbackServer { request in
            if request.path == "/token" {
                let number = issued.withLock {
                    $0 += 1
                    return $0
                }
                return .text(#"{"access_token":"key-\#(number)","expires_in":3599}"#)
            }
            let audience = (try? JSONReader.read(request.body))?["audience"]?.stringValue ?? ""
            if audience == "https://refused.example.com", request["authorization"] == ["Bearer key-1"] {
                return .text(#"{"error":{"code":401,"status":"UNAUTHENTICATED","message":"expired"}}"#, status: 401)
            }
            return .json("token", (try? TestToken.minted(for: audience)) ?? "")
        }
        let surroundings = TestSurroundings()
        let file = try KeyFiles.impersonation(server, source: try KeyFiles.serviceAccount(server.url("/token")))
        let credentials = try KeyFiles.credentials(file, surroundings.environment())
        try await credentials.warmUp(for: (0..<20).map { "https://service-\($0).example.com" })
        #expect(issued.withLock { $0 } == 1)

        let refused = "https://refused.example.com"
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: refused)
        }
        #expect(error.code == .credentialRefused)
        surroundings.advance(by: .seconds(2))
        #expect(try await credentials.token(for: refused).audience == refused)
        #expect(issued.withLock { $0 } == 2)
    }

    @Test(
        "a refusal of the API says which permission, account or API is missing",
        arguments: [
            (
                403,
                #"{"error":{"code":403,"status":"PERMISSION_DENIED","message":"Permission 'iam.serviceAccounts.getOpenIdToken' denied on resource (or it may not exist)."}}"#,
                IDTokenCredentialsError.Code.permissionDenied, "roles/iam.serviceAccountOpenIdTokenCreator"
            ),
            (
                404, #"{"error":{"code":404,"status":"NOT_FOUND"}}"#, .requestRefused,
                "There is no service account \(KeyFiles.target)"
            ),
            (400, #"{"error":{"code":400,"status":"INVALID_ARGUMENT"}}"#, .requestRefused, "Check the audience"),
            (401, "", .credentialRefused, "is not accepted"),
        ]
    )
    func refusals(status: Int, body: String, code: IDTokenCredentialsError.Code, part: String) async throws {
        let server = try LoopbackServer(.text(body, status: status))
        let credentials = try Self.credentials(server)
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
        #expect(error.code == code)
        #expect(error.disposition == .refused)
        #expect(error.explanation.contains(part))
        #expect(server.requestCount == 1)
    }

    private struct Secretive: Error, CustomStringConvertible {
        let description = "token ya29.swordfish"
    }

    @Test("a source of the application that fails is told by the type of its error alone")
    func failingClosure() async throws {
        let server = try LoopbackServer.google()
        let credentials = try Self.credentials(server) { throw Secretive() }
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
        #expect(error.code == .accessTokenUnavailable)
        #expect(error.explanation.contains("Secretive"))
        #expect(!error.explanation.contains("swordfish"))
        #expect(server.requestCount == 0)
    }

    @Test(
        "a text that is no token never becomes a header field",
        arguments: ["", "a\r\nX-Injected: b", "Bearer a", "\u{E4}"]
    )
    func unusableClosure(text: String) async throws {
        let server = try LoopbackServer.google()
        let credentials = try Self.credentials(server) { text }
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
        #expect(error.code == .accessTokenUnavailable)
        #expect(server.requestCount == 0)
    }
}
