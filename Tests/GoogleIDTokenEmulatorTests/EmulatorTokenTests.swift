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
internal import OpenSSLSignature
internal import OpenSSLSigning
internal import Testing

/// The emulator's token endpoint, token exchange, IAM Credentials and key documents, as different clients use them.
@Suite("emulator: token endpoints", .serialized, .timeLimit(.minutes(5)))
struct EmulatorTokenTests {
    private static let audience = "https://service.example.com"
    private static let email = TestCaller.serviceAccount.email
    private static let target = "target@my-project.iam.gserviceaccount.com"

    private static func verified(_ token: Any?, _ emulator: GoogleEmulator) async throws -> VerifiedIDToken {
        try await IDTokenVerifier(audience: Self.audience, callers: .anyGoogleIdentity, keys: emulator.keys)
            .verify(token: try #require(token as? String))
    }

    /// Signs claims as the service account does, with the key in the file.
    private static func assertion(_ members: String, padding: String = "") throws -> String {
        let key = try TestIssuer(key: .third)
        let now = Int(Date().timeIntervalSince1970)
        let claims = #"{"iss":"\#(Self.email)","iat":\#(now - 60),"exp":\#(now + 3_600),\#(members)}"#
        let header = #"{"alg":"RS256","kid":"\#(key.keyID)"}"#
        let signed = [header, claims].map { Base64URL.encode(Array($0.utf8)) + padding }.joined(separator: ".")
        return "\(signed).\(Base64URL.encode(try key.keyPair.sign(Array(signed.utf8))))\(padding)"
    }

    private static func grant(_ assertion: String, at path: String, _ emulator: GoogleEmulator) async throws
        -> CurlResponse
    {
        let escaped = assertion.replacing("=", with: "%3D")
        return try await emulator.send(
            path,
            body: "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=\(escaped)"
        )
    }

    @Test("the key grant takes the URLs of old clients, a back-dated issue time, and padded segments")
    func grantsToOldClients() async throws {
        try await withGoogleEmulator { emulator in
            let old = "https://www.googleapis.com/oauth2/v4/token"
            for (path, audience) in [
                ("/token", "https://oauth2.googleapis.com/token"), ("/oauth2/v4/token", old),
                ("/token", "\(emulator.url)/token"),
                ("/oauth2/v4/token", "\(emulator.url)/oauth2/v4/token"),
            ] {
                let claims = #""aud":"\#(audience)","target_audience":"\#(Self.audience)""#
                for padding in ["", "=", "=="] {
                    let response = try await Self.grant(
                        try Self.assertion(claims, padding: padding),
                        at: path,
                        emulator
                    )
                    let caller = try await Self.verified(response.object["id_token"], emulator)
                    #expect(caller.email == Self.email)
                }
            }
            let claims = #""aud":"\#(old)","target_audience":"\#(Self.audience)""#
            let padded = try Self.assertion(claims, padding: "==")
            for changed in [padded.replacing("==", with: ""), padded + "=", try Self.assertion(claims, padding: "===")]
            {
                let response = try await Self.grant(changed, at: "/token", emulator)
                #expect(response.status == 400)
                #expect(response.object["error"] as? String == "invalid_grant")
            }
        }
    }

    @Test("a refresh token is exchanged for an access token, and an ID token for the client")
    func refreshes() async throws {
        try await withGoogleEmulator { emulator in
            let body = "grant_type=refresh_token&client_id=\(Self.audience)&client_secret=s&refresh_token=r"
            let response = try await emulator.send("/token", body: body)
            #expect((response.object["access_token"] as? String)?.hasPrefix("ya29.") == true)
            #expect(try await Self.verified(response.object["id_token"], emulator).email == TestCaller.user.email)
            let refused = try await emulator.send("/token", body: "grant_type=refresh_token&client_id=c")
            #expect(refused.status == 400)
            #expect(refused.object["error"] as? String == "invalid_request")
        }
    }

    @Test("the token exchange takes a form, and JSON in camel case")
    func exchanges() async throws {
        try await withGoogleEmulator { emulator in
            let json = """
                {"audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
                "grantType": "urn:ietf:params:oauth:grant-type:token-exchange",
                "requestedTokenType": "urn:ietf:params:oauth:token-type:access_token",
                "scope": "https://www.googleapis.com/auth/cloud-platform",
                "subjectTokenType": "urn:ietf:params:oauth:token-type:jwt", "subjectToken": "x"}
                """
            let type = ["Content-Type: application/json"]
            let response = try await emulator.send("/v1/token", fields: type, body: json)
            let access = try #require(response.object["access_token"] as? String)
            let minted = try await emulator.iam(
                "\(Self.target):generateIdToken",
                #"{"audience": "\#(Self.audience)", "includeEmail": true}"#,
                bearer: access
            )
            #expect(try await Self.verified(minted.object["token"], emulator).email == Self.target)
            for member in ["audience", "grantType", "subjectTokenType", "subjectToken"] {
                let without = json.replacing("\"\(member)\"", with: "\"other\"")
                #expect(try await emulator.send("/v1/token", fields: type, body: without).status == 400, "\(member)")
            }
        }
    }

    @Test("IAM Credentials takes a JWT that the account signed itself in place of an access token")
    func takesSelfSignedJWTs() async throws {
        try await withGoogleEmulator { emulator in
            let body = #"{"audience": "\#(Self.audience)", "includeEmail": true}"#
            let url = "https://iamcredentials.googleapis.com/"
            for (claims, status) in [
                (#""aud":"\#(url)""#, 200), (#""scope":"https://www.googleapis.com/auth/iam""#, 200),
                (#""aud":"https://storage.googleapis.com/""#, 401), (#""aud":"\#(url)","exp":1"#, 401),
            ] {
                let bearer = try Self.assertion(claims)
                let response = try await emulator.iam("\(Self.target):generateIdToken", body, bearer: bearer)
                #expect(response.status == status, "\(claims)")
            }
            let cut = String(try Self.assertion(#""aud":"\#(url)""#).dropLast(4))
            #expect(try await emulator.iam("\(Self.target):generateIdToken", body, bearer: cut).status == 401)
        }
    }

    @Test("signBlob and signJwt sign with the key that the service account's documents publish")
    func signs() async throws {
        try await withGoogleEmulator { emulator in
            let blob = try await emulator.iam("\(Self.target):signBlob", #"{"payload": "aGVsbG8="}"#)
            let signature = try #require((blob.object["signedBlob"] as? String).flatMap { Data(base64Encoded: $0) })
            let key = try TestIssuer(key: .third).keyPair.publicKey()
            try key.verify(Array(signature).span, over: Array("hello".utf8).span)
            let payload = #"{\"iss\": \"\#(Self.target)\"}"#
            let jwt = try await emulator.iam("\(Self.target):signJwt", #"{"payload": "\#(payload)"}"#)
            let token = try #require(jwt.object["signedJwt"] as? String)
            let keys = try await emulator.send("/robot/v1/metadata/jwk/\(Self.target)")
            let keyID = try #require(jwt.object["keyId"] as? String)
            #expect(keys.text.contains(keyID))
            #expect(try await emulator.send("/service_accounts/v1/metadata/x509/\(Self.target)").text.contains(keyID))
            #expect(token.split(separator: ".").count == 3)
            for (method, body) in [
                ("signBlob", #"{"payload": "!"}"#), ("signBlob", "{}"), ("signJwt", #"{"payload": "no JSON"}"#),
                ("signJwt", #"{"payload": "{\"exp\": 99999999999}"}"#),
            ] {
                #expect(try await emulator.iam("\(Self.target):\(method)", body).status == 400)
            }
        }
    }

    @Test("delegates are service accounts, and an account can be named by its unique ID once its address was used")
    func knowsDelegatesAndUniqueIDs() async throws {
        try await withGoogleEmulator { emulator in
            let id = TestCaller(email: Self.target).subject
            let body = #"{"audience": "\#(Self.audience)", "includeEmail": true, "delegates": ["#
            #expect(try await emulator.iam("\(id):generateIdToken", body + "]}").status == 404)
            for (delegates, status) in [
                (#""projects/-/serviceAccounts/a@b.example""#, 200), (#""a@b.example""#, 400), ("1", 400),
                (#""projects/-/serviceAccounts/""#, 400),
            ] {
                let response = try await emulator.iam("\(Self.target):generateIdToken", body + delegates + "]}")
                #expect(response.status == status)
            }
            let response = try await emulator.iam("\(id):generateIdToken", body + "]}")
            #expect(try await Self.verified(response.object["token"], emulator).email == Self.target)
        }
    }

    @Test("key documents have an age, so that Go's library keeps them")
    func keysHaveAnAge() async throws {
        try await withGoogleEmulator { emulator in
            for path in ["/oauth2/v1/certs", "/oauth2/v3/certs"] {
                let response = try await emulator.send(path)
                #expect(response.field("Age") == "0")
            }
        }
    }
}
#endif
