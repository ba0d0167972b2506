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

@Suite("Trusted issuers")
struct TrustedIssuerTests {
    private static func error(
        _ make: () throws(IDTokenVerifier.ConfigurationError) -> IDTokenVerifier
    ) -> IDTokenVerifier.ConfigurationError? {
        do throws(IDTokenVerifier.ConfigurationError) {
            _ = try make()
            return nil
        } catch {
            return error
        }
    }

    @Test("each profile has the issuer, the keys, the header and the lifetime that Google documents")
    func values() throws {
        let agents =
            "https://sts.googleapis.com/v1/organizations/12/locations/global/workloadIdentityPools/"
            + "agents.global.org-12.system.id.goog"
        let project =
            "https://sts.googleapis.com/v1/projects/34/locations/global/workloadIdentityPools/"
            + "agents.global.proj-34.system.id.goog"
        let expected: [(String, issuer: String, keys: String, [CredentialHeader], Duration)] = [
            (
                "identityAwareProxy", "https://cloud.google.com/iap",
                "https://www.gstatic.com/iap/verify/public_key-jwk", [.xGoogIAPJWTAssertion], .seconds(600)
            ),
            (
                "firebase:my-project", "https://securetoken.google.com/my-project",
                "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com",
                [.authorization], .seconds(3_600)
            ),
            (
                "firebaseSession:my-project", "https://session.firebase.google.com/my-project",
                "https://www.googleapis.com/identitytoolkit/v3/relyingparty/publicKeys",
                [.authorization], .seconds(14 * 86_400)
            ),
            (
                "agentIdentity:organizations/12", agents, "\(agents)/openid/jwks",
                [.xServerlessAuthorization, .authorization], .seconds(86_400)
            ),
            (
                "agentIdentity:projects/34", project, "\(project)/openid/jwks",
                [.xServerlessAuthorization, .authorization], .seconds(86_400)
            ),
        ]
        for (name, issuer, keys, headers, lifetime) in expected {
            let profile = try TrustProfile.named(name)
            #expect(profile.name == name)
            #expect(profile.issuers == [issuer])
            #expect(profile.keysURL == keys)
            #expect(profile.credentialHeaders == headers)
            #expect(profile.maximumLifetime == lifetime)
            #expect(profile.algorithm == (name == "identityAwareProxy" ? "ES256" : "RS256"))
        }
        #expect(try TrustProfile.named("googleIDToken") === TrustProfile.googleIDToken)
    }

    @Test(
        "names of no profile",
        arguments: [
            "", "google", "GoogleIDToken", "googleIDToken:", "identityAwareProxy:x", "firebase", "firebase:",
            "firebase:123456", "firebase:my project", "firebase:my-project/", "firebase:My-Project", "firebaseSession",
            "firebase:../x", "agentIdentity", "agentIdentity:", "agentIdentity:organizations/",
            "agentIdentity:organizations/x", "agentIdentity:organizations/012", "agentIdentity:folders/12",
            "agentIdentity:organizations/12/", "agentIdentity:organizations/\u{661}",
            "agentIdentity:organizations/123456789012345678901",
        ]
    )
    func wrongNames(name: String) {
        do throws(IDTokenVerifier.ConfigurationError) {
            _ = try TrustProfile.named(name)
            Issue.record("there is a profile")
        } catch {
            #expect(error.code == .issuerInvalid)
        }
    }

    @Test(
        "the number of an organisation cannot lead to another URL",
        arguments: ["1/../2", "1?", "1#", "@evil.example/1", ""]
    )
    func agentNumbers(number: String) {
        let fetched = KeySource.fetched { _, _ in
            Issue.record("fetched")
            throw CancellationError()
        }
        for issuer in [
            IDTokenVerifier.TrustedIssuer.agentIdentity(organization: number), .agentIdentity(project: number),
        ] {
            let error = Self.error { () throws(IDTokenVerifier.ConfigurationError) in
                try IDTokenVerifier(trusting: issuer, audience: "https://a.example", callers: .anyCaller, keys: fetched)
            }
            #expect(error?.code == .issuerInvalid)
        }
    }

    @Test("keys are fetched from the pinned issuer alone, whatever a token says")
    func pinnedKeys() async throws {
        let (urls, continuation) = AsyncStream.makeStream(of: String.self)
        let verifier = try IDTokenVerifier(
            trusting: .agentIdentity(organization: "12"),
            audience: "https://a.example",
            callers: .anyCaller,
            keys: .fetched { url, _ in
                continuation.yield(url)
                return KeySource.Response(status: 503, headerFields: [], body: [])
            }
        )
        let other = "https://sts.googleapis.com/v1/organizations/99/locations/global/workloadIdentityPools/x"
        let token = try TestToken.minted(claims: TestToken.claims(["iss": "\"\(other)\""]))
        let error = await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
        #expect(error?.code == .keysUnavailable)
        continuation.finish()
        for await url in urls { #expect(url == verifier.profile.keysURL) }
    }

    @Test("callers that no token of the issuer can name")
    func wrongCallers() throws {
        func proxy(_ callers: CallerPolicy) -> IDTokenVerifier.ConfigurationError? {
            Self.error { () throws(IDTokenVerifier.ConfigurationError) in
                try IDTokenVerifier(
                    trusting: .identityAwareProxy,
                    audience: .exactly(Assertions.audience),
                    callers: callers
                )
            }
        }
        func firebase(_ callers: CallerPolicy) -> IDTokenVerifier.ConfigurationError? {
            Self.error { () throws(IDTokenVerifier.ConfigurationError) in
                try IDTokenVerifier(trusting: .firebase(project: "my-project"), callers: callers)
            }
        }
        func agents(_ callers: CallerPolicy) -> IDTokenVerifier.ConfigurationError? {
            Self.error { () throws(IDTokenVerifier.ConfigurationError) in
                try IDTokenVerifier(trusting: .agentIdentity(project: "1"), audience: "a", callers: callers)
            }
        }
        let id = "agents.global.proj-1.system.id.goog/resources/run/projects/1"
        let level = "accessPolicies/1/accessLevels/a"
        let mistakes: [(IDTokenVerifier.ConfigurationError?, String)] = [
            (proxy(.subjects("1040")), #"give .subjects("accounts.google.com:1040") instead"#),
            (proxy(.users("accounts.google.com:a@example.com")), #"give .serviceAccounts("a@example.com") instead"#),
            (proxy(.accessLevels("corporate")), "accessPolicies/POLICY/accessLevels/LEVEL"),
            (proxy(.firebaseTenants("a")), ".accessLevels(…)"),
            (proxy(.union(.anyCaller, .agents(in: "spiffe://a"))), "have no such claim"),
            (firebase(.hostedDomain("example.com")), "have no such claim"),
            (firebase(.accessLevels(level)), ".signInProviders(…)"),
            (agents(.serviceAccounts("a@b.example")), "have no such claim"),
            (agents(.subjects("principal://\(id)")), #"give .subjects("spiffe://\#(id)") instead"#),
            (agents(.agents(in: "principal://\(id)")), #"give .agents(in: "spiffe://\#(id)") instead"#),
            (agents(.agents(in: "spiffe://\(id)/")), #"give .agents(in: "spiffe://\#(id)") instead"#),
            (agents(.subjects("1040")), "is not a SPIFFE ID"),
        ]
        for (error, words) in mistakes {
            #expect(error?.code == .callerInvalid)
            #expect(error?.explanation.contains(words) == true, "\(error?.explanation ?? "no error")")
        }
        #expect(proxy(.accessLevels([]))?.code == .callersMissing)
        #expect(proxy(.union(.users("a@b.example"), .subjects(Assertions.subject), .accessLevels(level))) == nil)
        #expect(firebase(.union(.users("a@b.example"), .firebaseTenants("a"), .signInProviders("phone"))) == nil)
        #expect(agents(.union(.subjects("spiffe://\(id)"), .agents(in: "spiffe://\(id)"))) == nil)
    }

    @Test("audiences of Identity-Aware Proxy have the documented forms")
    func audiences() throws {
        let forms: [(IdentityAwareProxyAudience, String)] = [
            (.appEngine(project: 12, id: "example.com:my-project"), "/projects/12/apps/example.com:my-project"),
            (.backendService(project: 12, id: "345"), "/projects/12/global/backendServices/345"),
            (.backendService(project: 12, region: "us-east4", id: "345"), "/projects/12/us-east4/backendServices/345"),
            (.cloudRun(project: 12, region: "us-east4", service: "s"), "/projects/12/locations/us-east4/services/s"),
            (.exactly("/projects/12/apps/x"), "/projects/12/apps/x"),
        ]
        for (audience, text) in forms { #expect(try audience.claim == text) }
        let wrong: [IdentityAwareProxyAudience] = [
            .appEngine(project: 0, id: "x"), .appEngine(project: -1, id: "x"), .appEngine(project: 12, id: ""),
            .appEngine(project: 12, id: "a/b"), .backendService(project: 12, id: "3 4"),
            .cloudRun(project: 12, region: "", service: "s"), .cloudRun(project: 12, region: "a", service: "s\n"),
            .exactly(""), .exactly("/projects/12/apps/x/"), .exactly("projects/12/apps/x"),
            .exactly("/projects/x/apps/x"),
            .exactly("https://x.example"), .exactly("/projects/12/locations/a/services"),
            .exactly("/projects/012/apps/x"),
        ]
        for audience in wrong {
            let error = Self.error { () throws(IDTokenVerifier.ConfigurationError) in
                try IDTokenVerifier(trusting: .identityAwareProxy, audience: audience, callers: .anyCaller)
            }
            #expect(error?.code == .audienceInvalid)
        }
    }

    @Test(
        "removed signatures are rejected where Cloud Run does not check the tokens",
        arguments: RemovedSignaturePolicy.allCases.filter { $0 != .reject }
    )
    func removedSignatures(policy: RemovedSignaturePolicy) throws {
        var configuration = IDTokenVerifier.Configuration()
        configuration.removedSignature = policy
        let own = configuration
        let errors = [
            Self.error { () throws(IDTokenVerifier.ConfigurationError) in
                try IDTokenVerifier(
                    trusting: .identityAwareProxy,
                    audience: .exactly(Assertions.audience),
                    callers: .anyCaller,
                    configuration: own
                )
            },
            Self.error { () throws(IDTokenVerifier.ConfigurationError) in
                try IDTokenVerifier(trusting: .firebase(project: "p"), callers: .anyCaller, configuration: own)
            },
        ]
        for error in errors { #expect(error?.code == .valueOutOfRange) }
        _ = try IDTokenVerifier(
            trusting: .agentIdentity(project: "1"),
            audience: "a",
            callers: .anyCaller,
            configuration: own
        )
    }

    @Test("keys of another kind that are already parsed do not fit")
    func preparedKeys() throws {
        let keys = try KeyDocument(parsing: TestToken.keyDocument, for: .googleIDToken).keySet
        let error = Self.error { () throws(IDTokenVerifier.ConfigurationError) in
            try IDTokenVerifier(
                trusting: .identityAwareProxy,
                audience: .exactly(Assertions.audience),
                callers: .anyCaller,
                keys: .keySet(keys)
            )
        }
        #expect(error?.code == .keysUnusable)
    }
}
