//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("assertions of Identity-Aware Proxy")
struct AssertionTests {
    private static let now = Date(timeIntervalSince1970: TestToken.now)

    @Test("an assertion says who the user is, and a second and third one comes from the cache")
    func user() async throws {
        let assertions = try Assertions()
        let verifier = try assertions.verifier(callers: .accessLevels("accessPolicies/1/accessLevels/a"))
        let assertion = try assertions.signed()
        for _ in 0..<3 {
            let caller = try await verifier.verify(headers: [Assertions.header: assertion], at: Self.now)
            #expect(caller.subject == Assertions.subject)
            #expect(caller.email == "user@example.com")
            #expect(caller.isEmailVerified)
            #expect(caller.hostedDomain == "example.com")
            #expect(caller.accessLevels == ["accessPolicies/1/accessLevels/a"])
            #expect(caller.workforcePrincipal == nil)
            #expect(caller.workforcePool == nil)
            #expect(caller.firebase == nil)
            #expect(caller.credentialHeader == .xGoogIAPJWTAssertion)
            #expect(caller.audiences == [Assertions.audience])
            #expect(caller.assurance == .signature)
            #expect(caller.keyID == "proxy1")
            try CallerPolicy.users("user@example.com").check(caller)
        }
        #expect(verifier.cache?.count == 1)
    }

    @Test("a user of a workforce pool")
    func workforce() throws {
        let assertions = try Assertions()
        let pool = "locations/global/workforcePools/staff"
        let principal = "principal://iam.googleapis.com/\(pool)/subject/jo"
        let caller = try assertions.verifier()
            .verifyWithoutFetching(
                token: try assertions.signed([
                    "sub": #""sts.google.com:AAFT""#,
                    "workforce_identity": #"{"iam_principal":"\#(principal)","workforce_pool_name":"\#(pool)"}"#,
                ]),
                at: Self.now
            )
        #expect(caller.workforcePrincipal == principal)
        #expect(caller.workforcePool == pool)
        #expect(!caller.isEmailVerified)
    }

    @Test("a request that came past the proxy, with the remedy")
    func pastTheProxy() async throws {
        let verifier = try Assertions().verifier()
        let headers = ["X-Goog-Authenticated-User-Email": "accounts.google.com:user@example.com"]
        let error = await #expect(throws: VerificationError.self) { try await verifier.verify(headers: headers) }
        #expect(error?.code == .credentialsMissing)
        #expect(error?.explanation.contains("did not come through Identity-Aware Proxy") == true)
        #expect(error?.explanation.contains("let only it reach this service") == true)
    }

    @Test("an assertion at a verifier of ID tokens, with the remedy")
    func atTheWrongVerifier() async throws {
        let assertion = try Assertions().signed()
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .document(try TestToken.keyDocument)
        )
        let stripped = try TestToken.minted().split(separator: ".").prefix(2).joined(separator: ".")
        let remedy =
            "read X-Goog-IAP-JWT-Assertion and verify it with IDTokenVerifier(trusting: .identityAwareProxy, …)"
        let requests: [([String: String], VerificationError.Code)] = [
            (["Authorization": "Bearer \(assertion)"], .algorithmUnsupported),
            ([Assertions.header: assertion], .credentialsMissing),
            (
                [
                    Assertions.header: assertion,
                    "X-Serverless-Authorization": "bearer \(stripped).SIGNATURE_REMOVED_BY_GOOGLE",
                ], .signatureRemoved
            ),
        ]
        for (headers, code) in requests {
            let error = await #expect(throws: VerificationError.self) { try await verifier.verify(headers: headers) }
            #expect(error?.code == code)
            #expect(error?.explanation.contains(remedy) == true, "\(error?.explanation ?? "")")
        }
    }

    @Test("explanations name the assertion and not an ID token")
    func words() throws {
        let assertions = try Assertions()
        let verifier = try assertions.verifier()
        let tokens = [
            try assertions.signed(["sub": nil]), try assertions.signed(["exp": "\(TestToken.issuedAt + 601)"]),
            try assertions.signed(["iss": #""https://accounts.google.com""#]), try TestToken.minted(), "a.b",
        ]
        for token in tokens.dropLast() {
            let error = #expect(throws: VerificationError.self) {
                try verifier.verifyWithoutFetching(token: token, at: Self.now)
            }
            #expect(error?.explanation.contains("Identity-Aware Proxy") == true, "\(error?.explanation ?? "")")
            #expect(error?.explanation.contains("must send an ID token") == false, "\(error?.explanation ?? "")")
        }
    }
}
