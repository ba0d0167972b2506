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

@Suite("Service account key", .serialized, .timeLimit(.minutes(5)))
struct ServiceAccountKeyTests {
    private static func decoded(_ segment: Substring) throws -> IDTokenJSON {
        try JSONReader.read(Base64URL.decode(Array(segment.utf8).span) ?? [])
    }

    @Test("the assertion has the claims of Google's documentation, back-dated by 10 s, and is exchanged for a token")
    func exchange() async throws {
        let server = try LoopbackServer.google()
        let surroundings = TestSurroundings()
        let file = try KeyFiles.serviceAccount(server.url("/token"))
        let credentials = try KeyFiles.credentials(file, surroundings.environment())
        let token = try await credentials.token(for: TestToken.audience)
        #expect(token.text == (try TestToken.minted(for: TestToken.audience)))

        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request["content-type"] == ["application/x-www-form-urlencoded"])
        #expect(request["expect"].isEmpty)
        #expect(request.form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
        #expect(request.form.count == 2)
        let segments = try #require(request.form["assertion"]).split(separator: ".")
        #expect(try Self.decoded(segments[0]).json == #"{"alg":"RS256","typ":"JWT","kid":"key-1"}"#)
        let issuedAt = Int64(TestToken.now) - 10
        let claims: IDTokenJSON = .object(
            [
                ("iss", .string(KeyFiles.account)), ("aud", .string(server.url("/token"))), ("iat", .integer(issuedAt)),
                ("exp", .integer(issuedAt + 3_600)), ("target_audience", .string(TestToken.audience)),
            ]
        )
        #expect(try Self.decoded(segments[1]) == claims)
        #expect(credentials.health.source == "service account key of \(KeyFiles.account)")
    }

    @Test(
        "the command openssl verifies the assertion of a PKCS #8 and of a PKCS #1 key",
        .enabled(if: OpenSSLCommand.isPresent, "there is no command openssl to compare with"),
        arguments: [[], ["-traditional"]]
    )
    func signature(options: [String]) async throws {
        let openSSL = try OpenSSLCommand()
        try openSSL.run(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "plain.pem"])
        try openSSL.run(["rsa", "-in", "plain.pem", "-out", "key.pem"] + options)
        try openSSL.run(["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"])
        let pem = try openSSL.read("key.pem")
        let begin = options.isEmpty ? "-----BEGIN PRIVATE KEY-----" : "-----BEGIN RSA PRIVATE KEY-----"
        #expect(String(decoding: pem, as: UTF8.self).hasPrefix(begin))

        let server = try LoopbackServer.google()
        let file = try KeyFiles.serviceAccount(server.url("/token"), pem: pem)
        _ = try await KeyFiles.credentials(file, TestSurroundings().environment()).token(for: TestToken.audience)
        let assertion = try #require(server.requests.first?.form["assertion"])
        let dot = try #require(assertion.lastIndex(of: "."))
        try openSSL.write(Array(assertion[..<dot].utf8), to: "message")
        let signature = Array(assertion[assertion.index(after: dot)...].utf8)
        try openSSL.write(Base64URL.decode(signature.span) ?? [], to: "signature")
        #expect(
            try openSSL.succeeds(["dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message"])
        )
    }

    @Test(
        "a key of another kind is refused by name",
        .enabled(if: OpenSSLCommand.isPresent, "there is no command openssl that makes keys"),
        arguments: [
            (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "EC"),
            (["-algorithm", "ED25519"], "ED25519"),
            (["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"], "RSA-PSS"),
            (["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"], "RSA with 1024 bits"),
            (["-algorithm", "RSA", "-aes-128-cbc", "-pass", "pass:swordfish"], "no unencrypted private key"),
        ]
    )
    func otherKeys(kind: [String], name: String) throws {
        let openSSL = try OpenSSLCommand()
        try openSSL.run(["genpkey", "-out", "key.pem"] + kind)
        let pem = try openSSL.read("key.pem")
        let file = try KeyFiles.serviceAccount("https://oauth2.googleapis.com/token", pem: pem)
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try KeyFiles.credentials(file, TestSurroundings().environment())
        }
        #expect(error?.code == .keyUnusable)
        #expect(error?.explanation.contains(name) == true)
    }

    @Test("a key of another universe is refused by name, with the ways out")
    func universe() throws {
        let file = try KeyFiles.serviceAccount(
            "https://oauth2.example.com/token",
            ["universe_domain": .string("example.com")]
        )
        let error = #expect(throws: IDTokenCredentialsError.self) {
            try KeyFiles.credentials(file, TestSurroundings().environment())
        }
        #expect(error?.code == .credentialUnsupported)
        #expect(error?.explanation.contains("\"example.com\"") == true)
    }

    @Test("a file without a token endpoint uses Google's")
    func usualEndpoint() throws {
        let file = try KeyFiles.serviceAccount(
            "",
            ["token_uri": Optional<IDTokenJSON>.none, "universe_domain": Optional<IDTokenJSON>.none]
        )
        _ = try KeyFiles.credentials(file, TestSurroundings().environment())
    }

    @Test("a key in memory is used like one in a file")
    func memory() throws {
        let file = try KeyFiles.serviceAccount("https://oauth2.googleapis.com/token")
        let credentials = try IDTokenCredentials.serviceAccountKey(Array(file.utf8))
        #expect(credentials.health.source == "service account key of \(KeyFiles.account)")
    }

    @Test("a deleted key is told with its ID, and this machine's clock is mentioned if it is off")
    func deletedKey() async throws {
        let body = #"{"error":"invalid_grant","error_description":"Invalid JWT Signature."}"#
        let server = try LoopbackServer(
            .text(body, status: 400, fields: [("Date", "Tue, 14 Nov 2023 21:14:20 GMT")])
        )
        let file = try KeyFiles.serviceAccount(server.url("/token"))
        let credentials = try KeyFiles.credentials(file, TestSurroundings().environment())
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
        #expect(error.code == .credentialRefused)
        #expect(error.disposition == .refused)
        for part in [
            "invalid_grant \"Invalid JWT Signature.\"", "key-1", KeyFiles.account, "1 hour ahead of the server's",
        ] {
            #expect(error.explanation.contains(part))
        }
        #expect(server.requestCount == 1, "a refusal is not repeated")
        #expect(credentials.health.clockOffset == .seconds(3_600))
    }

    @Test("an OAuth error that asks for another attempt gets one, whatever its status")
    func transientError() async throws {
        let token = try TestToken.minted(for: TestToken.audience)
        let server = try LoopbackServer(
            .text(#"{"error":"temporarily_unavailable"}"#, status: 400),
            .json("id_token", token)
        )
        let surroundings = TestSurroundings()
        let file = try KeyFiles.serviceAccount(server.url("/token"))
        _ = try await KeyFiles.credentials(file, surroundings.environment()).token(for: TestToken.audience)
        #expect(surroundings.sleeps == [.seconds(1)])
    }
}
