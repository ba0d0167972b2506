//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform
internal import OpenSSLSigning
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

/// What no error, event or description may contain, while each server repeats everything that it is sent.
@Suite("Secrets", .serialized, .timeLimit(.minutes(5)))
struct SecretsTests {
    /// A server that puts the request into its error, in the formats of OAuth and of Google's APIs.
    private static func echo(status: Int) throws -> LoopbackServer {
        try LoopbackServer { request in
            let secrets = [request["authorization"].joined(), request.text] + Array(request.form.values)
            let message = IDTokenJSON.string("you sent " + secrets.joined(separator: " and ")).json
            return .text(
                #"{"error":"invalid_grant","error_description":\#(message),"access_token":\#(message),"token":\#(message),"id_token":\#(message)}"#,
                status: status,
                fields: [Answer.flavor]
            )
        }
    }

    private static func texts(
        _ error: IDTokenCredentialsError,
        _ credentials: IDTokenCredentials,
        _ surroundings: TestSurroundings
    ) -> [String] {
        ["\(error)", error.explanation, "\(surroundings.events)", "\(credentials.health)", String(reflecting: error)]
    }

    @Test(
        "no text contains a part of a key, an assertion, a token or a client's secret",
        arguments: [200, 400, 401, 403, 500]
    )
    func echoes(status: Int) async throws {
        let server = try Self.echo(status: status)
        let folder = try TestFolder()
        let pem = String(decoding: try TestToken.key.privateKeyPEM(), as: UTF8.self)
        let subject = "subject-swordfish-0123456789"
        let federation = try KeyFiles.externalAccount(
            server,
            source: #"{"file":"\#(try folder.write(subject, to: "token"))"}"#,
            ["client_id": .string("client"), "client_secret": .string("GOCSPX-secret-swordfish")]
        )
        let key = try KeyFiles.serviceAccount(server.url("/token"))
        let user = try KeyFiles.impersonation(server, source: KeyFiles.authorizedUser(server.url("/token")))
        for file in [key, federation, user, try KeyFiles.impersonation(server, source: key)] {
            let surroundings = TestSurroundings()
            let credentials = try KeyFiles.credentials(file, surroundings.environment())
            let error = try await failure { () async throws(IDTokenCredentialsError) in
                try await credentials.token(for: TestToken.audience)
            }
            let sent = server.requests.flatMap { request in
                [request.form["assertion"], request.form["subject_token"], request["authorization"].first]
                    .compactMap { $0 }
            }
            let secrets = PresentedSecrets(sent, isVouchedFor: true)
            for text in Self.texts(error, credentials, surroundings) {
                #expect(secrets.found(in: text) == nil)
                for word in ["swordfish", "1//refresh", "GOCSPX"] { #expect(!text.contains(word)) }
                for line in pem.split(separator: "\n").dropFirst().dropLast() {
                    #expect(!text.contains(line.prefix(12)))
                }
            }
        }
    }

    @Test("the description of a token is not the token")
    func token() async throws {
        let token = try TestToken.minted()
        let server = try LoopbackServer(.metadata(token))
        let environment = TestSurroundings().environment(metadataServer: server)
        let credentials = IDTokenCredentials(try MetadataServer(account: "default", environment), environment)
        let fetched = try await credentials.token(for: TestToken.audience)
        var dumped = ""
        dump(fetched, to: &dumped)
        let secrets = PresentedSecrets([token], isVouchedFor: true)
        for text in ["\(fetched)", String(reflecting: fetched), dumped] {
            #expect(secrets.found(in: text) == nil)
            #expect(text.contains(TestToken.audience))
        }
    }

    @Test(
        "a word of a server that looks like a secret is left out, others are kept",
        arguments: [
            ("Permission 'iam.serviceAccounts.getOpenIdToken' denied on a@my-project.iam.gserviceaccount.com", nil),
            ("you sent eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA", "you sent [left out]"),
            ("key wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY", "key [left out]"), ("a short-secret b", "a [left out] b"),
            ("a xshort-secretx b", "a [left out] b"), ("line\r\nbreak", "line break"),
        ]
    )
    func words(text: String, shown: String?) {
        #expect(ServerText(text, withoutSecrets: ["short-secret"])?.quoted == "\"\(shown ?? text)\"")
    }

    @Test("a long text loses its last word, which may be the beginning of a secret")
    func longText() {
        let text = String(repeating: "word ", count: 47) + "secret-and-more-than-fits"
        #expect(ServerText(text, withoutSecrets: [])?.quoted.contains("secret") == false)
        #expect(ServerText(" \n", withoutSecrets: []) == nil)
    }
}
