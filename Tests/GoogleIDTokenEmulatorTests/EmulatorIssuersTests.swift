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
internal import Testing

/// The emulator's keys and tokens of Google's other issuers.
@Suite("emulator: other issuers", .serialized, .timeLimit(.minutes(5)))
struct EmulatorIssuersTests {
    private static let audience = "https://service.example.com"
    private static let resource = IdentityAwareProxyAudience.appEngine(project: 123456, id: "my-project")
    private static let agents = IDTokenVerifier.TrustedIssuer<String>.agentIdentity(organization: "123456")

    /// A verifier whose keys come from the emulator, and a token of its issuer.
    private static func subjects(_ emulator: GoogleEmulator) throws -> [(verifier: IDTokenVerifier, token: String)] {
        [
            (
                try IDTokenVerifier(
                    trusting: .identityAwareProxy,
                    audience: Self.resource,
                    callers: .anyCaller,
                    keys: emulator.keys(of: .identityAwareProxy)
                ),
                try emulator.token(of: .identityAwareProxy, for: Self.resource)
            ),
            (
                try IDTokenVerifier(
                    trusting: .firebase(project: "my-project"),
                    callers: .anyCaller,
                    keys: emulator.keys(of: .firebase(project: "my-project"))
                ),
                try emulator.token(of: .firebase(project: "my-project"))
            ),
            (
                try IDTokenVerifier(
                    trusting: .firebaseSession(project: "my-project"),
                    callers: .anyCaller,
                    keys: emulator.keys(of: .firebaseSession(project: "my-project"))
                ),
                try emulator.token(of: .firebaseSession(project: "my-project"))
            ),
            (
                try IDTokenVerifier(
                    trusting: Self.agents,
                    audience: Self.audience,
                    callers: .anyCaller,
                    keys: emulator.keys(of: Self.agents)
                ),
                try emulator.token(of: Self.agents, for: Self.audience)
            ),
        ]
    }

    @Test("a verifier that fetches an issuer's keys accepts its tokens and no other issuer's")
    func everyPair() async throws {
        try await withGoogleEmulator { emulator in
            let subjects = try Self.subjects(emulator)
            for (index, subject) in subjects.enumerated() {
                _ = try await subject.verifier.verify(token: subject.token)
                for (other, token) in subjects.map(\.token).enumerated() where other != index {
                    let error = await #expect(throws: VerificationError.self) {
                        try await subject.verifier.verify(token: token)
                    }
                    #expect(error?.code == .keyUnknown || error?.code == .algorithmUnsupported)
                }
            }
        }
    }

    @Test("two projects of Firebase have the same keys and are told apart by the issuer")
    func projects() async throws {
        try await withGoogleEmulator { emulator in
            let verifier = try Self.subjects(emulator)[1].verifier
            let token = try emulator.token(of: .firebase(project: "other-project"))
            let error = await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
            #expect(error?.code == .issuerMismatch)
        }
    }

    @Test("a rotation replaces the keys of every issuer")
    func rotation() async throws {
        try await withGoogleEmulator { emulator in
            let before = try Self.subjects(emulator)
            for subject in before { try await subject.verifier.warmUp() }
            try emulator.rotateKeys()
            for (old, new) in zip(before, try Self.subjects(emulator)) {
                // The next key was published before it signed.
                let caller = try await old.verifier.verify(token: new.token)
                #expect(caller.keyID != nil)
                // The previous key is still published.
                _ = try await new.verifier.verify(token: old.token)
            }
        }
    }

    @Test("GET /control/token mints a token of the issuer that it names, with claims and defects")
    func controlToken() async throws {
        try await withGoogleEmulator { emulator in
            let firebase = try Self.subjects(emulator)[1].verifier
            let claims =
                "claims=%7B%22firebase%22%3A%7B%22tenant%22%3A%22t1%22%2C%22sign_in_provider%22%3A%22x%22%7D%7D"
            let path = "/control/token?issuer=firebase:my-project&email=a@b.example&subject=u1&\(claims)"
            let response = try await Curl.run([emulator.url + path])
            #expect(response.status == 200)
            let user = try await firebase.verify(token: response.text)
            #expect(user.subject == "u1")
            #expect(user.email == "a@b.example")
            #expect(user.firebase?.tenant == "t1")
            let expired = try await Curl.run([
                "\(emulator.url)/control/token?issuer=firebase:my-project&defect=expired"
            ])
            let error = await #expect(throws: VerificationError.self) { try await firebase.verify(token: expired.text) }
            #expect(error?.code == .tokenExpired)
        }
    }

    @Test(
        "what cannot be is an error with the remedy",
        arguments: [
            ("/control/token?issuer=firbase:p", 400, "name one of googleIDToken"),
            ("/control/token?issuer=firebase:123", 400, "give the ID"),
            ("/control/token?issuer=iap", 400, "audience is missing"),
            ("/control/token?issuer=iap&audience=https://a.example", 400, "copy the audience"),
            ("/control/token?issuer=firebase:p&sender=cloudRun", 400, "only Google ID tokens have a sender"),
            ("/control/token?issuer=firebase:p&claims=x", 400, "must be a JSON object"),
            ("/control/token?audience=a&claims=x", 400, "claims can only be given"),
            ("/control/token?isuer=firebase:p", 400, "the possible parameters"),
            ("/issuers/firbase:p/keys", 404, "firebase:PROJECT"),
            ("/issuers/firebase:p", 404, "no such keys"),
        ]
    )
    func wrong(_ path: String, _ status: Int, _ words: String) async throws {
        try await withGoogleEmulator { emulator in
            let response = try await Curl.run([emulator.url + path])
            #expect(response.status == status)
            #expect(response.text.contains(words), "\(response.text)")
        }
    }

    @Test("the fault of the keys is also that of other issuers' keys")
    func fault() async throws {
        try await withGoogleEmulator { emulator in
            emulator.setFault(.status(503), for: .keys)
            let subject = try Self.subjects(emulator)[0]
            let error = await #expect(throws: VerificationError.self) {
                try await subject.verifier.verify(token: subject.token)
            }
            #expect(error?.code == .keysUnavailable)
        }
    }
}
#endif
