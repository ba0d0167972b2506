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

@Suite("Workload identity federation", .serialized, .timeLimit(.minutes(5)))
struct FederationTests {
    private static func credentials(
        _ google: LoopbackServer,
        source: String,
        _ surroundings: TestSurroundings = TestSurroundings(),
        changing changes: [String: IDTokenJSON?] = [:]
    ) throws -> IDTokenCredentials {
        let file = try KeyFiles.externalAccount(google, source: source, changes)
        return try KeyFiles.credentials(file, surroundings.environment())
    }

    private static func error(_ credentials: IDTokenCredentials) async throws -> IDTokenCredentialsError {
        try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
    }

    @Test("a token in a file is exchanged at the Security Token Service, then for an ID token of the account")
    func file() async throws {
        let google = try LoopbackServer.google()
        let folder = try TestFolder()
        let path = try folder.write("subject token\n".replacing(" ", with: "-"), to: "token")
        let credentials = try Self.credentials(google, source: #"{"file":"\#(path)"}"#)
        #expect(try await credentials.token(for: TestToken.audience).audience == TestToken.audience)

        let exchange = try #require(google.requests.first)
        #expect(exchange.path == "/v1/token")
        #expect(exchange["authorization"].isEmpty)
        #expect(
            exchange.form == [
                "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "audience": KeyFiles.provider,
                "scope": "https://www.googleapis.com/auth/cloud-platform",
                "requested_token_type": "urn:ietf:params:oauth:token-type:access_token",
                "subject_token": "subject-token",
                "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
            ]
        )
        let impersonation = try #require(google.requests.last)
        #expect(impersonation.path == "/v1/projects/-/serviceAccounts/\(KeyFiles.target):generateIdToken")
        #expect(impersonation["authorization"] == ["Bearer federated"])
    }

    @Test("the file is read anew each time, since the platform replaces it")
    func rotation() async throws {
        let google = try LoopbackServer.google()
        let folder = try TestFolder()
        let path = try folder.write(#"{"token":"first"}"#, to: "token")
        let source = #"{"file":"\#(path)","format":{"type":"json","subject_token_field_name":"token"}}"#
        let surroundings = TestSurroundings()
        let credentials = try Self.credentials(google, source: source, surroundings)
        _ = try await credentials.token(for: TestToken.audience)
        try folder.write(#"{"token":"second"}"#, to: "token")
        surroundings.advance(by: .seconds(3_599))
        _ = try? await credentials.token(for: "https://other.example.com")
        let tokens = google.requests.compactMap { $0.form["subject_token"] }
        #expect(tokens == ["first", "second"])
    }

    @Test("a token from a URL is asked for with the file's header fields, as on GitHub")
    func url() async throws {
        let google = try LoopbackServer.google()
        let provider = try LoopbackServer(.text(#"{"count":1,"value":"subject"}"#))
        let source = """
            {"url":"\(provider.url("/oidc?audience=a"))","headers":{"Authorization":"Bearer request"},
            "format":{"type":"json","subject_token_field_name":"value"}}
            """
        let credentials = try Self.credentials(google, source: source)
        _ = try await credentials.token(for: TestToken.audience)
        #expect(provider.requests.first?.path == "/oidc?audience=a")
        #expect(provider.requests.first?["authorization"] == ["Bearer request"])
        #expect(google.requests.first?.form["subject_token"] == "subject")
    }

    @Test(
        "a source that fails says which, and Google is not asked",
        arguments: [
            (#"{"file":"/nothing/token"}"#, "\"/nothing/token\""), (#"{"url":"URL/empty"}"#, "is empty or not UTF-8"),
            (#"{"url":"URL/missing"}"#, "status 404"),
            (
                #"{"url":"URL/object","format":{"type":"json","subject_token_field_name":"value"}}"#,
                "the string \"value\""
            ),
        ]
    )
    func failures(source: String, part: String) async throws {
        let google = try LoopbackServer.google()
        let provider = try LoopbackServer { request in
            switch request.path {
            case "/empty": .text(" \n")
            case "/object": .text("{}")
            default: .text("swordfish-swordfish-swordfish-swordfish", status: 404)
            }
        }
        let credentials = try Self.credentials(google, source: source.replacing("URL", with: provider.url("")))
        let error = try await Self.error(credentials)
        #expect(error.code == .subjectTokenUnavailable)
        #expect(error.explanation.contains(part))
        #expect(!error.explanation.contains("swordfish"))
        #expect(google.requestCount == 0)
    }

    @Test(
        "what cannot be a source is refused when the credentials are made",
        arguments: [
            (
                #"{"certificate":{"use_default_certificate_config":true}}"#,
                IDTokenCredentialsError.Code.credentialUnsupported
            ),
            (#"{}"#, .credentialUnsupported), (#"{"environment_id":"aws2"}"#, .credentialUnsupported),
            (#"{"url":"http://attacker.example.com"}"#, .urlNotAllowed),
            (#"{"url":"https://a","headers":{"a b":"c"}}"#, .fileInvalid),
            (#"{"url":"https://a","headers":{"a":"b\r\nc: d"}}"#, .fileInvalid),
            (#"{"file":"a","format":{"type":"xml"}}"#, .fileInvalid),
            (#"{"executable":{"command":"/bin/true"}}"#, .executableNotAllowed),
            (#"{"environment_id":"aws1","url":"http://attacker.example.com/"}"#, .urlNotAllowed),
            (
                #"{"environment_id":"aws1","regional_cred_verification_url":"https://attacker.example.com"}"#,
                .fileInvalid
            ),
        ]
            + [
                "Action=AssumeRole&Version=2011-06-15", "Action=GetCallerIdentity&Version=2011-06-15&RoleArn=a",
                "Action=GetCallerIdentity&Action=GetSessionToken", "Version=2011-06-15", "",
            ]
            .map { query in
                let url = "https://sts.us-east-1.amazonaws.com?\(query)"
                return (#"{"environment_id":"aws1","regional_cred_verification_url":"\#(url)"}"#, .fileInvalid)
            }
    )
    func refused(source: String, code: IDTokenCredentialsError.Code) throws {
        let google = try LoopbackServer.google()
        let error = #expect(throws: IDTokenCredentialsError.self) { try Self.credentials(google, source: source) }
        #expect(error?.code == code)
    }

    @Test("a file without a service account is refused, unless the application names one")
    func withoutAccount() async throws {
        let google = try LoopbackServer.google()
        let none: [String: IDTokenJSON?] = ["service_account_impersonation_url": Optional<IDTokenJSON>.none]
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try Self.credentials(google, source: #"{"file":"/token"}"#, changing: none)
        }
        #expect(error?.code == .credentialUnsupported)
        let folder = try TestFolder()
        let text = try KeyFiles.externalAccount(google, source: #"{"file":"/token"}"#, none)
        let path = try folder.write(text, to: "file.json")
        let credentials = try IDTokenCredentials.externalAccount(file: path, impersonating: KeyFiles.target)
        #expect(credentials.health.source.contains(KeyFiles.target))
    }

    @Test("a client's ID and secret are in the header field of ordinary base64, a workforce's project in the options")
    func clients() async throws {
        let google = try LoopbackServer.google()
        let folder = try TestFolder()
        let source = #"{"file":"\#(try folder.write("subject", to: "token"))"}"#
        let changes: [String: IDTokenJSON?] = ["client_id": .string("a>?"), "client_secret": .string("b~\u{7F}")]
        _ = try await Self.credentials(google, source: source, changing: changes).token(for: TestToken.audience)
        #expect(google.requests.first?["authorization"] == ["Basic YT4/OmJ+fw=="])

        let project: [String: IDTokenJSON?] = ["workforce_pool_user_project": .string("project")]
        let other = try LoopbackServer.google()
        _ = try await Self.credentials(other, source: source, changing: project).token(for: TestToken.audience)
        #expect(other.requests.first?.form["options"] == #"{"userProject":"project"}"#)
    }

    @Test("subject tokens of the application are exchanged, and its failure does not show its text")
    func closure() async throws {
        let google = try LoopbackServer.google()
        let environment = TestSurroundings().environment()
        func source(_ closure: @escaping @Sendable () async throws -> String) -> ExternalAccount {
            ExternalAccount(
                ClosureSubjectToken(closure: closure),
                audience: KeyFiles.provider,
                subjectTokenType: "urn:ietf:params:oauth:token-type:jwt",
                url: google.url("/v1/token"),
                environment
            )
        }
        #expect(try await source { "subject" }.accessToken().text == "federated")
        #expect(google.requests.first?.form["subject_token"] == "subject")
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await source { throw CancellationError() }.accessToken()
        }
        #expect(error.code == .subjectTokenUnavailable)
        #expect(error.explanation.contains("CancellationError"))
    }

    @Test("a refusal of the Security Token Service names the provider")
    func refusal() async throws {
        let server = try LoopbackServer(
            .text(
                #"{"error":"invalid_grant","error_description":"The given credential is rejected by the attribute condition."}"#,
                status: 400
            )
        )
        let folder = try TestFolder()
        let path = try folder.write("subject-swordfish-subject", to: "token")
        let error = try await Self.error(try Self.credentials(server, source: #"{"file":"\#(path)"}"#))
        #expect(error.code == .credentialRefused)
        #expect(error.explanation.contains("rejected by the attribute condition"))
        #expect(error.explanation.contains(KeyFiles.provider))
        #expect(!error.explanation.contains("swordfish"))
    }
}
