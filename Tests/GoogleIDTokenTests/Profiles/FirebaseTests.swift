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

@Suite("Firebase and Identity Platform")
struct FirebaseTests {
    private static let now = Date(timeIntervalSince1970: TestToken.now)

    private static func token(_ changes: [String: String?] = [:], session: Bool = false) throws -> String {
        let host = session ? "session.firebase.google.com" : "securetoken.google.com"
        let claims: [String: String?] = [
            "iss": #""https://\#(host)/my-project""#, "aud": #""my-project""#, "sub": #""u1""#,
            "auth_time": "\(TestToken.issuedAt - 100)", "email_verified": "false",
            "firebase": #"{"sign_in_provider":"google.com","tenant":"t1","identities":{"google.com":["1"]}}"#,
        ]
        return try TestToken.minted(claims: TestToken.claims(claims.merging(changes) { _, changed in changed }))
    }

    private static func verifier(session: Bool = false) throws -> IDTokenVerifier {
        try IDTokenVerifier(
            trusting: session ? .firebaseSession(project: "my-project") : .firebase(project: "my-project"),
            callers: .anyCaller,
            keys: .document(try TestToken.keyDocument)
        )
    }

    @Test("a token says who the user is, and how they signed in", arguments: [false, true])
    func user(session: Bool) throws {
        let verifier = try Self.verifier(session: session)
        let caller = try verifier.verifyWithoutFetching(token: try Self.token(session: session), at: Self.now)
        #expect(caller.subject == "u1")
        #expect(!caller.isEmailVerified)
        #expect(caller.authenticatedAt == Date(timeIntervalSince1970: Double(TestToken.issuedAt - 100)))
        #expect(caller.firebase?.signInProvider == "google.com")
        #expect(caller.firebase?.tenant == "t1")
        #expect(caller.firebase?.identities?["google.com"]?.arrayValue?.count == 1)
        #expect(caller.audiences == ["my-project"])
        try CallerPolicy.firebaseTenants("t1").check(caller)
        try CallerPolicy.signInProviders("password", "google.com").check(caller)
        #expect(throws: VerificationError.self) { try CallerPolicy.firebaseTenants("t2").check(caller) }
        #expect(throws: VerificationError.self) { try CallerPolicy.users(TestToken.email).check(caller) }
    }

    @Test("the unsigned tokens of the emulator, with the reason")
    func emulator() throws {
        let parts = try Self.token().split(separator: ".")
        let header = Base64URL.encode(Array(#"{"alg":"none","typ":"JWT"}"#.utf8))
        let verifier = try Self.verifier()
        for signature in ["", "AA"] {
            let error = #expect(throws: VerificationError.self) {
                try verifier.verifyWithoutFetching(token: "\(header).\(parts[1]).\(signature)", at: Self.now)
            }
            #expect(error?.explanation.contains("Firebase emulator") == true, "\(error?.explanation ?? "")")
        }
    }

    @Test("a token of another issuer, with the remedy")
    func issuers() throws {
        let google = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .document(try TestToken.keyDocument)
        )
        let other = try Self.token(["iss": #""https://securetoken.google.com/other""#])
        let mistakes: [(IDTokenVerifier, String, String)] = [
            (google, try Self.token(), "verify it with IDTokenVerifier(trusting: .firebase(project:), …)"),
            (google, try Self.token(session: true), "IDTokenVerifier(trusting: .firebaseSession(project:), …)"),
            (try Self.verifier(), try TestToken.minted(), "The token is a Google ID token, not a Firebase"),
            (try Self.verifier(), try Self.token(session: true), "The token is a session cookie"),
            (try Self.verifier(session: true), try Self.token(), "create a session cookie from the ID token first"),
            (
                try Self.verifier(), other,
                #"of the Firebase project "other", and this service accepts those of "my-project""#
            ),
        ]
        for (verifier, token, words) in mistakes {
            let error = #expect(throws: VerificationError.self) {
                try verifier.verifyWithoutFetching(token: token, at: Self.now)
            }
            #expect(error?.code == .issuerMismatch)
            #expect(error?.explanation.contains(words) == true, "\(error?.explanation ?? "")")
        }
    }

    @Test("names of tenants, providers, levels and agents in text")
    func policiesInText() throws {
        let caller = try Self.verifier().verifyWithoutFetching(token: try Self.token(), at: Self.now)
        for text in ["tenant:t1", "signInProvider:google.com", "tenant:x, signInProvider:google.com", "subject:u1"] {
            try CallerPolicy(parsing: text).check(caller)
        }
        for text in [
            "tenant:T1", "signInProvider:google", "accessLevel:accessPolicies/1/accessLevels/a", "agents:spiffe://a/b",
        ] {
            #expect(throws: VerificationError.self) { try CallerPolicy(parsing: text).check(caller) }
        }
        for text in ["Tenant:t1", "tenant:", "accessLevel:a", "agents:spiffe://a/"] {
            #expect(throws: IDTokenVerifier.ConfigurationError.self) { try CallerPolicy(parsing: text) }
        }
    }
}
