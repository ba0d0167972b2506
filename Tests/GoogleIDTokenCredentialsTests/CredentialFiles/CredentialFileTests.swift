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

@Suite("Credential files", .serialized, .timeLimit(.minutes(5)))
struct CredentialFileTests {
    private static let url =
        "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/\(KeyFiles.target):generateAccessToken"
    private static let tokenURL = "https://oauth2.googleapis.com/token"

    private static func code(_ text: String, trustedHosts: [String] = []) -> IDTokenCredentialsError? {
        var environment = TestSurroundings().environment()
        environment.trustedHosts = trustedHosts
        do {
            _ = try KeyFiles.credentials(text, environment)
            return nil
        } catch {
            return error as? IDTokenCredentialsError
        }
    }

    @Test(
        "a file that is not a credential is refused with the member that is wrong",
        arguments: [
            ("", "is not one JSON object"), ("[]", "is not one JSON object"),
            (#"{"type":"a","type":"b"}"#, "is not one JSON object"),
            ("{}", "type"), (#"{"type":1}"#, "type"), (#"{"type":"service_account"}"#, "client_email"),
            (
                #"{"type":"external_account","audience":"a","service_account_impersonation_url":"\#(Self.url)"}"#,
                "subject_token_type"
            ),
            (#"{"type":"impersonated_service_account"}"#, "source_credentials"),
        ]
    )
    func malformed(text: String, part: String) {
        let error = Self.code(text)
        #expect(error?.code == .fileInvalid)
        #expect(error?.explanation.contains(part) == true)
    }

    @Test(
        "unknown and unsupported types are refused by name",
        arguments: ["gdch_service_account", "external_account_authorized_user", "other"]
    )
    func types(type: String) {
        let error = Self.code(#"{"type":"\#(type)"}"#)
        #expect(error?.code == .credentialUnsupported)
        #expect(error?.explanation.contains(type) == true)
    }

    @Test(
        "secrets are sent only over https to Google, the file's universe, this machine, or a host of the application",
        arguments: [
            ("https://oauth2.googleapis.com/token", true), ("https://OAUTH2.GoogleAPIs.com/token", true),
            ("http://127.0.0.1:1/token", true), ("http://localhost/token", true),
            ("https://tokens.example.org/token", true),
            ("http://oauth2.googleapis.com/token", false), ("https://attacker.example.com/token", false),
            ("https://googleapis.com.attacker.example.com/", false), ("https://attackergoogleapis.com/", false),
            ("https://googleapis.com@attacker.example.com/", false),
            ("https://attacker.example.com/#.googleapis.com", false),
            ("https://attacker.example.com?a.googleapis.com", false), ("file:///etc/passwd", false), ("token", false),
        ]
    )
    func urls(url: String, isAllowed: Bool) throws {
        let error = Self.code(try KeyFiles.serviceAccount(url), trustedHosts: ["tokens.example.org"])
        #expect((error == nil) == isAllowed)
        if !isAllowed {
            #expect(error?.code == .urlNotAllowed)
            #expect(error?.explanation.contains("token_uri") == true)
        }
    }

    @Test(
        "the URLs of federation and impersonation are checked as well",
        arguments: ["token_url", "service_account_impersonation_url"]
    )
    func otherURLs(name: String) throws {
        let server = try LoopbackServer.google()
        let source = #"{"file":"/nothing"}"#
        let file = try KeyFiles.externalAccount(
            server,
            source: source,
            [name: .string("https://attacker.example.com/v1/a")]
        )
        #expect(Self.code(file)?.code == .urlNotAllowed)
        let universe = try KeyFiles.externalAccount(
            server,
            source: source,
            [
                "universe_domain": .string("cloud.example.com"),
                "token_url": .string("https://sts.cloud.example.com/v1/token"),
            ]
        )
        #expect(Self.code(universe) == nil)
    }

    @Test(
        "a file's universe allows hosts on that domain, besides Google's, and no others",
        arguments: [
            ("evil.example", "https://sts.evil.example/v1/token", IDTokenCredentialsError.Code?.none),
            ("evil.example", "https://evil.example/v1/token", .urlNotAllowed),
            ("Evil.EXAMPLE", "https://sts.evil.example/v1/token", nil),
            ("evil.example", "https://sts.googleapis.com/v1/token", nil),
            ("evil.example", "https://sts.other.example/v1/token", .urlNotAllowed),
            ("evil.example", "https://notevil.example/v1/token", .urlNotAllowed),
            ("evil.example", "https://evil.example.other.example/v1/token", .urlNotAllowed),
            ("evil.example", "http://sts.evil.example/v1/token", .urlNotAllowed),
            // What is not one domain of an owner allows nothing.
            ("example", "https://sts.evil.example/v1/token", .fileInvalid),
            ("", "https://sts.evil.example/v1/token", .urlNotAllowed),
            (".example", "https://sts.evil.example/v1/token", .fileInvalid),
            ("*.example", "https://sts.evil.example/v1/token", .fileInvalid),
            ("evil.example/", "https://sts.evil.example/v1/token", .fileInvalid),
            ("evil.example:443", "https://sts.evil.example/v1/token", .fileInvalid),
            ("a@evil.example", "https://sts.evil.example/v1/token", .fileInvalid),
        ]
    )
    func universe(domain: String, url: String, code: IDTokenCredentialsError.Code?) throws {
        let changes = ["universe_domain": IDTokenJSON.string(domain), "token_url": .string(url)]
        let file = try KeyFiles.externalAccount(try LoopbackServer.google(), source: #"{"file":"/nothing"}"#, changes)
        #expect(Self.code(file)?.code == code)
    }

    @Test("a key is never sent to the domain that its own file names, since keys have no endpoint in other universes")
    func universeOfKey() throws {
        let url = "https://oauth2.evil.example/token"
        let file = try KeyFiles.serviceAccount(url, ["universe_domain": .string("evil.example")])
        #expect(Self.code(file)?.code == .credentialUnsupported)
        #expect(Self.code(try KeyFiles.serviceAccount(url))?.code == .urlNotAllowed)
    }

    @Test("a file that names another universe is told, also inside of another file")
    func otherUniverse() throws {
        let folder = try TestFolder()
        let server = try LoopbackServer.google()
        let surroundings = TestSurroundings()
        let source = #"{"file":"/nothing"}"#
        let usual = try KeyFiles.externalAccount(server, source: source)
        let other = try KeyFiles.externalAccount(
            server,
            source: source,
            ["universe_domain": .string("Cloud.example.com")]
        )
        for (name, text) in [
            ("usual", usual), ("other", other), ("outside", try KeyFiles.impersonation(server, source: other)),
        ] {
            let path = try folder.write(text, to: name)
            _ = try CredentialMembers(readingFile: path, surroundings.environment())
        }
        let told = surroundings.events.compactMap { event in
            if case .fileNamesUniverse(let path, let domain) = event { "\(path) \(domain)" } else { nil }
        }
        #expect(told == ["other", "outside"].map { "\(folder.path)/\($0) cloud.example.com" })
    }

    @Test(
        "a URL for impersonation of another form is refused",
        arguments: [
            "/v1/projects/-/serviceAccounts/a:generateIdToken", "/v1/a:generateAccessToken",
            "/v1/projects/-/serviceAccounts/a?b:generateAccessToken",
        ]
    )
    func impersonationURL(path: String) throws {
        let server = try LoopbackServer.google()
        let file = try KeyFiles.externalAccount(
            server,
            source: #"{"file":"/nothing"}"#,
            ["service_account_impersonation_url": .string(server.url(path))]
        )
        let error = Self.code(file)
        #expect(error?.code == .fileInvalid)
        #expect(error?.explanation.contains("service_account_impersonation_url") == true)
    }

    @Test("a file with a secret that all users can read is told, one without a secret is not")
    func readableByOthers() throws {
        let folder = try TestFolder()
        let server = try LoopbackServer.google()
        let key = try KeyFiles.serviceAccount(Self.tokenURL)
        let federation = try KeyFiles.externalAccount(server, source: #"{"file":"/nothing"}"#)
        let open = try folder.write(key, to: "open.json", permissions: 0o644)
        let closed = try folder.write(key, to: "closed.json", permissions: 0o640)
        let harmless = try folder.write(federation, to: "harmless.json", permissions: 0o644)
        let surroundings = TestSurroundings()
        for path in [open, closed, harmless] {
            _ = try CredentialMembers(readingFile: path, surroundings.environment())
        }
        let told = surroundings.events.compactMap { if case .fileReadableByOthers(let path) = $0 { path } else { nil } }
        #expect(told == [open])
    }

    @Test(
        "an impersonated_service_account file works with each kind of source",
        arguments: ["service_account", "authorized_user", "external_account", "external_account_authorized_user"]
    )
    func impersonation(kind: String) async throws {
        let server = try LoopbackServer.google()
        let folder = try TestFolder()
        let subjectToken = try folder.write("subject", to: "token")
        let source =
            switch kind {
            case "service_account": try KeyFiles.serviceAccount(server.url("/token"))
            case "authorized_user": KeyFiles.authorizedUser(server.url("/token"))
            case "external_account": try KeyFiles.externalAccount(server, source: #"{"file":"\#(subjectToken)"}"#)
            default:
                #"{"type":"external_account_authorized_user","client_id":"id","client_secret":"s","refresh_token":"1//first","token_url":"\#(server.url("/v1/oauthtoken"))"}"#
            }
        let file = try KeyFiles.impersonation(server, source: source, delegates: ["first@p.iam.gserviceaccount.com"])
        let credentials = try KeyFiles.credentials(file, TestSurroundings().environment())
        #expect(try await credentials.token(for: TestToken.audience).audience == TestToken.audience)
        let request = try #require(server.requests.last)
        let expected = ["service_account": "key", "external_account": "impersonated"][kind] ?? "user"
        #expect(request["authorization"] == ["Bearer \(expected)"])
        #expect(request.text.contains("projects/-/serviceAccounts/first@p.iam.gserviceaccount.com"))
        if kind == "external_account_authorized_user" {
            #expect(server.requests.first?["authorization"] == ["Basic aWQ6cw=="])
        }
    }

    @Test("a refresh token that the server replaces is used the next time")
    func replacedRefreshToken() async throws {
        let server = try LoopbackServer.google()
        let members = try CredentialMembers(
            json: Array(KeyFiles.authorizedUser(server.url("/token")).utf8),
            place: "a file"
        )
        let user = try UserCredentials(google: members, TestSurroundings().environment())
        for _ in 0..<2 { _ = try await user.accessToken() }
        #expect(server.requests.map { $0.form["refresh_token"] } == ["1//refresh", "1//second"])
    }

    @Test("an account that a file impersonates can be the source for another one, also with federation")
    func nested() async throws {
        for isFederation in [true, false] {
            let server = try LoopbackServer.google()
            let folder = try TestFolder()
            let subjectToken = try folder.write("subject", to: "token")
            let inner =
                if isFederation {
                    try KeyFiles.externalAccount(server, source: #"{"file":"\#(subjectToken)"}"#)
                } else {
                    try KeyFiles.impersonation(server, source: try KeyFiles.serviceAccount(server.url("/token")))
                }
            let file = try KeyFiles.impersonation(server, source: inner)
            let credentials = try KeyFiles.credentials(file, TestSurroundings().environment())
            #expect(try await credentials.token(for: TestToken.audience).audience == TestToken.audience)
            let request = try #require(server.requests.dropLast().last)
            #expect(request.path == "/v1/projects/-/serviceAccounts/\(KeyFiles.target):generateAccessToken")
            #expect(request.text == #"{"scope":["https://www.googleapis.com/auth/cloud-platform"]}"#)
            #expect(request["authorization"] == ["Bearer \(isFederation ? "federated" : "key")"])
            #expect(server.requests.last?["authorization"] == ["Bearer impersonated"])
        }
    }

    @Test(
        "an access token without a usable expiry is refused",
        arguments: ["", "soon", "2023-11-14T21:14:20Z", "2099-01-01T00:00:00Z"]
    )
    func expireTime(time: String) async throws {
        let server = try LoopbackServer(.text(#"{"accessToken":"a","expireTime":"\#(time)"}"#))
        let target = try #require(ImpersonationTarget(accessTokenURL: KeyFiles.impersonationURL(server)))
        let source = Impersonation(target, with: AccessTokens(calling: { "access" }), TestSurroundings().environment())
        let error = try await failure { () async throws(IDTokenCredentialsError) in try await source.accessToken() }
        #expect(error.code == .answerInvalid)
        #expect(error.explanation.contains("expireTime"))
    }
}
