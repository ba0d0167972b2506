//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import OpenSSLSigning
internal import Testing

/// The ways to a token that `idtoken emulate` offers, over HTTP: metadata server, key grant, impersonation, federation.
@Suite("idtoken emulate: tokens")
struct EmulateTokensTests {
    private static let audience = "https://service.example.com/push?a=b&c"
    private static let escaped = "https%3A%2F%2Fservice.example.com%2Fpush%3Fa%3Db%26c"
    private static let email = TestCaller.serviceAccount.email

    private static func verified(_ token: String, _ standIn: StandInProcess) async throws -> VerifiedIDToken {
        let verifier = try IDTokenVerifier(
            audience: Self.audience,
            callers: .anyGoogleIdentity,
            keys: .remote("\(standIn.url)/oauth2/v3/certs")
        )
        return try await verifier.verify(token: token)
    }

    @Test("the metadata server's tokens have e-mail and machine in the format full, and neither in standard")
    func metadataServerMintsInBothFormats() async throws {
        let standIn = try await StandInProcess()
        for (query, email) in [("&format=full", Self.email), ("&format=standard", nil), ("", nil)] {
            for account in ["default", Self.email] {
                let path = "instance/service-accounts/\(account)/identity?audience=\(Self.escaped)\(query)"
                let response = try await standIn.metadata(path)
                #expect(response.status == 200)
                #expect(response.field("Metadata-Flavor") == "Google")
                let caller = try await Self.verified(response.text, standIn)
                #expect(caller.email == email)
                #expect(caller.google?.computeEngine?.projectID == (email == nil ? nil : "my-project"))
                #expect(caller.expiresAt.timeIntervalSince(caller.issuedAt) == 3_600)
            }
        }
    }

    @Test(
        "the metadata server answers questions about project, zone and accounts, or says what is wrong",
        arguments: [
            ("", 200, "instance/"), ("project/project-id", 200, "a-project"),
            ("project/numeric-project-id", 200, "10532"),
            ("universe/universe-domain", 200, "googleapis.com"),
            ("instance/service-accounts/", 200, "default/\nrobot@a.example/\n"),
            ("instance/service-accounts/default/email", 200, "robot@a.example"),
            ("instance/service-accounts/default/?recursive=true", 200, "\"email\":\"robot@a.example\""),
            ("instance/service-accounts/robot@a.example/token", 200, "\"access_token\":\"ya29."),
            ("instance/service-accounts/default/scopes", 200, "cloud-platform"),
            ("instance/zone", 200, "zones/us-central1-a"),
            ("instance/service-accounts/somebody@a.example/email", 404, "no such metadata"),
            ("instance/service-accounts/default/identity", 400, "audience parameter required"),
            ("instance/service-accounts/default/identity?audience=a&format=fuller", 400, "standard or full"),
            ("instance/nothing", 404, "no such metadata"),
        ]
    )
    func metadataServerAnswersProbes(_ path: String, _ status: Int, _ words: String) async throws {
        let standIn = try await StandInProcess("--project", "a-project", "--service-account", "robot@a.example")
        let response = try await standIn.metadata(path)
        #expect(response.status == status)
        #expect(response.text.contains(words))
        #expect(response.field("Metadata-Flavor") == "Google")
    }

    @Test("the metadata server refuses requests that lack Metadata-Flavor or were forwarded")
    func metadataServerWantsItsHeaderField() async throws {
        let standIn = try await StandInProcess()
        #expect(try await standIn.send("/").status == 200)
        #expect(try await standIn.send("/").field("Metadata-Flavor") == "Google")
        let path = "/computeMetadata/v1/instance/service-accounts/default/identity?audience=a"
        #expect(try await standIn.send(path).status == 403)
        #expect(try await standIn.send(path, headers: ["Metadata-Flavor": "google"]).status == 403)
        let forwarded = ["Metadata-Flavor": "Google", "X-Forwarded-For": "192.0.2.1"]
        #expect(try await standIn.send(path, headers: forwarded).status == 403)
    }

    @Test("an assertion signed with the key file is exchanged for an ID token or an access token")
    func keyGrantMints() async throws {
        let folder = try TestFolder()
        let standIn = try await StandInProcess("--folder", folder.path)
        let key = try KeyFile(folder.path + "/service-account-key.json")
        #expect(key.tokenURI == "\(standIn.url)/token")
        for audience in [key.tokenURI, "https://oauth2.googleapis.com/token"] {
            let assertion = try key.assertion(["aud": audience, "target_audience": Self.audience])
            let response = try await standIn.grant(assertion)
            #expect(response.status == 200)
            let caller = try await Self.verified(try #require(response.object["id_token"] as? String), standIn)
            #expect(caller.email == Self.email)
            #expect(caller.claim("azp")?.stringValue == Self.email)
        }
        let access = try await standIn.grant(try key.assertion(["scope": "https://www.googleapis.com/auth/iam"]))
        #expect((access.object["access_token"] as? String)?.hasPrefix("ya29.") == true)
        #expect(access.object["expires_in"] as? Int == 3_599)
    }

    @Test(
        "an assertion with a wrong member, time or signature is refused with the reason",
        arguments: [
            (["iss": "somebody@example.com"], "account not found"), (["aud": "https://example.com"], "audience check"),
            (["exp": "past"], "short-lived"), (["exp": "far"], "short-lived"), (["iat": "future"], "short-lived"),
            (["kid": "another"], "Invalid JWT Signature"), (["alg": "HS256"], "alg must be RS256"),
            (["signature": "AAAA"], "Invalid JWT Signature"), (["target_audience": ""], "Invalid OAuth scope"),
        ]
    )
    func keyGrantRefuses(_ change: [String: String], _ words: String) async throws {
        let folder = try TestFolder()
        let standIn = try await StandInProcess("--folder", folder.path)
        let key = try KeyFile(folder.path + "/service-account-key.json")
        let members = ["target_audience": Self.audience].merging(change) { $1 }
        let response = try await standIn.grant(try key.assertion(members))
        #expect(response.status == 400)
        #expect((response.object["error_description"] as? String)?.contains(words) == true)
        let garbage = try await standIn.grant("x.y")
        #expect(garbage.object["error"] as? String == "invalid_grant")
        let other = try await standIn.send("/token", method: "POST", body: "grant_type=password")
        #expect(other.object["error"] as? String == "unsupported_grant_type")
    }

    @Test("generateIdToken gives a token of the target account, with the e-mail only if asked for")
    func impersonationMints() async throws {
        let standIn = try await StandInProcess()
        let access = try await standIn.metadata("instance/service-accounts/default/token").object["access_token"]
        let token = try #require(access as? String)
        let path = "/v1/projects/-/serviceAccounts/target@p.iam.gserviceaccount.com:generateIdToken"
        let rows: [(String, email: String?, azp: String?)] = [
            ("", nil, nil), (#", "includeEmail": true"#, "target@p.iam.gserviceaccount.com", nil),
            (
                #", "includeEmail": "true", "useEmailAzp": true"#, "target@p.iam.gserviceaccount.com",
                "target@p.iam.gserviceaccount.com"
            ),
        ]
        for (members, email, azp) in rows {
            let response = try await standIn.send(
                path,
                method: "POST",
                headers: ["Authorization": "Bearer \(token)"],
                body: #"{"audience": "\#(Self.audience)"\#(members)}"#
            )
            let caller = try await Self.verified(try #require(response.object["token"] as? String), standIn)
            #expect(caller.email == email)
            #expect(caller.claim("azp")?.stringValue == azp ?? caller.subject)
            #expect(caller.subject == TestCaller(email: "target@p.iam.gserviceaccount.com").subject)
        }
        #expect(try await standIn.send(path, method: "POST", body: "{}").status == 401)
        let bearer = ["Authorization": "Bearer \(token)"]
        #expect(try await standIn.send(path, method: "POST", headers: bearer, body: "{}").status == 400)
        #expect(try await standIn.send(path, method: "POST", headers: bearer, body: "no JSON").status == 400)
        #expect(try await standIn.send(path + "s", method: "POST", headers: bearer, body: "{}").status == 404)
    }

    @Test("a federated token leads to an access token by impersonation, and that to an ID token")
    func federationLeadsToAToken() async throws {
        let standIn = try await StandInProcess()
        let form =
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
            + "&audience=%2F%2Fiam.googleapis.com%2Fprojects%2F1%2Flocations%2Fglobal&subject_token=x"
            + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"
        let exchanged = try await standIn.send("/v1/token", method: "POST", body: form)
        #expect(exchanged.object["issued_token_type"] as? String == "urn:ietf:params:oauth:token-type:access_token")
        let federated = try #require(exchanged.object["access_token"] as? String)
        let impersonated = try await standIn.send(
            "/v1/projects/-/serviceAccounts/\(Self.email):generateAccessToken",
            method: "POST",
            headers: ["Authorization": "Bearer \(federated)"],
            body: #"{"scope": ["https://www.googleapis.com/auth/cloud-platform"]}"#
        )
        let access = try #require(impersonated.object["accessToken"] as? String)
        #expect((impersonated.object["expireTime"] as? String)?.hasSuffix("Z") == true)
        let minted = try await standIn.send(
            "/v1/projects/-/serviceAccounts/\(Self.email):generateIdToken",
            method: "POST",
            headers: ["Authorization": "bearer \(access)"],
            body: #"{"audience": "\#(Self.audience)", "includeEmail": true}"#
        )
        let caller = try await Self.verified(try #require(minted.object["token"] as? String), standIn)
        #expect(caller.email == Self.email)
        let bad = try await standIn.send("/v1/token", method: "POST", body: form.replacing("%2F%2Fiam", with: "iam"))
        #expect(bad.status == 400)
    }
}
#endif
