//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import Testing

/// Test issuers for Google's other issuers: what they sign is what a verifier of that issuer accepts, and nobody else.
@Suite("test issuers for other issuers")
struct TestTrustedIssuerTests {
    private static let proxyAudience = IdentityAwareProxyAudience.appEngine(project: 123456, id: "my-project")
    private static let audience = "https://service.example.com"

    /// A verifier, its issuer's valid token and the same with a defect.
    private struct Subject {
        let verifier: IDTokenVerifier
        let token: @Sendable (_ claims: String, TokenDefect?) throws -> String
        let field: @Sendable (_ token: String) -> (name: String, value: String)
        let keyID: String
    }

    private static func subjects(_ callers: CallerPolicy = .anyCaller) throws -> [Subject] {
        let proxy = try TestTrustedIssuer(.identityAwareProxy)
        let firebase = try TestTrustedIssuer(.firebase(project: "my-project"))
        let session = try TestTrustedIssuer(.firebaseSession(project: "my-project"))
        let organization = IDTokenVerifier.TrustedIssuer<String>.agentIdentity(organization: "123456")
        let agents = try TestTrustedIssuer(organization)
        return [
            Subject(
                verifier: try IDTokenVerifier(
                    trusting: .identityAwareProxy,
                    audience: Self.proxyAudience,
                    callers: callers,
                    keys: proxy.keys
                ),
                token: { try proxy.token(for: Self.proxyAudience, claims: $0, defect: $1) },
                field: { proxy.headerField(carrying: $0) },
                keyID: proxy.keyID
            ),
            Subject(
                verifier: try IDTokenVerifier(
                    trusting: .firebase(project: "my-project"),
                    callers: callers,
                    keys: firebase.keys
                ),
                token: { try firebase.token(claims: $0, defect: $1) },
                field: { firebase.headerField(carrying: $0) },
                keyID: firebase.keyID
            ),
            Subject(
                verifier: try IDTokenVerifier(
                    trusting: .firebaseSession(project: "my-project"),
                    callers: callers,
                    keys: session.keys
                ),
                token: { try session.token(claims: $0, defect: $1) },
                field: { session.headerField(carrying: $0) },
                keyID: session.keyID
            ),
            Subject(
                verifier: try IDTokenVerifier(
                    trusting: organization,
                    audience: Self.audience,
                    // They have no e-mail address that a policy could name.
                    callers: .anyCaller,
                    keys: agents.keys
                ),
                token: { try agents.token(for: Self.audience, claims: $0, defect: $1) },
                field: { agents.headerField(carrying: $0) },
                keyID: agents.keyID
            ),
        ]
    }

    @Test(
        "each verifier accepts the tokens of its own issuer from its header, and no other's, whose key it does not know"
    )
    func pairs() async throws {
        let subjects = try Self.subjects()
        #expect(Set(subjects.map(\.keyID)).count == subjects.count)
        for subject in subjects {
            let token = try subject.token("{}", nil)
            let caller = try await subject.verifier.verify(headers: [subject.field(token)])
            #expect(caller.keyID == subject.keyID)
            for other in subjects where other.keyID != subject.keyID {
                let error = await #expect(throws: VerificationError.self) {
                    try await other.verifier.verify(token: token)
                }
                #expect(error?.code == .keyUnknown || error?.code == .algorithmUnsupported)
            }
        }
    }

    @Test("each defect is rejected with its code, unless it concerns who calls")
    func defects() async throws {
        let ofCaller: [TokenDefect] = [.emailMissing, .emailNotVerified, .otherCaller]
        for subject in try Self.subjects() {
            for defect in TokenDefect.allCases where !ofCaller.contains(defect) {
                let token = try subject.token("{}", defect)
                let error = await #expect(throws: VerificationError.self, "\(defect)") {
                    try await subject.verifier.verify(token: token)
                }
                #expect(error?.code == defect.expectedCode, "\(defect) of \(subject.keyID)")
            }
        }
    }

    @Test("the defects of the caller are rejected by a policy that names the caller")
    func defectsOfCaller() async throws {
        // Agents have no e-mail address.
        for subject in try Self.subjects(.users(TestCaller.user.email)).dropLast() {
            for defect in [TokenDefect.emailMissing, .emailNotVerified, .otherCaller] {
                let token = try subject.token("{}", defect)
                let error = await #expect(throws: VerificationError.self) {
                    try await subject.verifier.verify(token: token)
                }
                #expect(error?.disposition == .forbidden, "\(defect)")
            }
        }
    }

    @Test("claims can be added and replaced: access levels, tenants, and a binding to a certificate")
    func claims() async throws {
        let subjects = try Self.subjects()
        let levels = #"{"google":{"access_levels":["accessPolicies/1/accessLevels/a"]}}"#
        let user = try await subjects[0].verifier.verify(token: try subjects[0].token(levels, nil))
        #expect(user.accessLevels == ["accessPolicies/1/accessLevels/a"])
        let tenant = #"{"firebase":{"tenant":"t1","sign_in_provider":"anonymous"}}"#
        let anonymous = try await subjects[1].verifier.verify(token: try subjects[1].token(tenant, nil))
        #expect(anonymous.firebase?.tenant == "t1")
        #expect(anonymous.firebase?.signInProvider == "anonymous")
        let bound = #"{"cnf":{"x5t#S256":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}"#
        for subject in subjects {
            let token = try subject.token(bound, nil)
            let error = await #expect(throws: VerificationError.self) {
                try await subject.verifier.verify(token: token)
            }
            #expect(error?.code == .confirmationFailed)
        }
        for text in ["[]", "{", "{}x"] {
            #expect(throws: TestIssuerError.self) { try subjects[0].token(text, nil) }
        }
    }

    @Test("an issuer or an audience that cannot exist is an error, as it is for the verifier")
    func configuration() throws {
        let issuer = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try TestTrustedIssuer(.firebase(project: "123"))
        }
        #expect(issuer?.code == .issuerInvalid)
        let audience = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try TestTrustedIssuer(.identityAwareProxy).token(for: .exactly("https://service.example.com"))
        }
        #expect(audience?.code == .audienceInvalid)
    }

    @Test("a changed key is unknown until the verifier has it")
    func keys() async throws {
        let next = try TestTrustedIssuer(.identityAwareProxy, key: .second)
        let verifier = try Self.subjects()[0].verifier
        let token = try next.token(for: Self.proxyAudience)
        let error = await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
        #expect(error?.code == .keyUnknown)
    }
}
