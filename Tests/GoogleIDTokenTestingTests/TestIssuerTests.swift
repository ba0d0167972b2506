//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import Testing

/// The tokens of a test's issuer, judged by the verifier.
@Suite("Test issuer")
struct TestIssuerTests {
    private static let audience = "https://service.example.com"
    private static let clock = ManualClock()

    private static func verifier(
        _ keys: KeySource,
        callers: CallerPolicy = .union(
            .serviceAccounts(TestCaller.serviceAccount.email),
            .subjects(TestCaller.user.subject)
        ),
        audiences: [String] = [Self.audience]
    ) throws -> IDTokenVerifier {
        try IDTokenVerifier(audiences: audiences, callers: callers, keys: keys)
    }

    @Test(
        "a token of each sender is accepted, with the claims that this sender's tokens have",
        arguments: TokenSender.allCases
    )
    func everySendersTokenIsAccepted(_ sender: TokenSender) async throws {
        let issuer = try TestIssuer()
        let isUser = sender == .gcloudUser || sender == .signInWithGoogle
        let caller = isUser ? TestCaller.user : .serviceAccount
        let token = try issuer.token(for: Self.audience, from: sender, caller: caller, issuedAt: Self.clock.now)
        let verifier = try Self.verifier(
            issuer.keys,
            callers: .subjects(caller.subject),
            audiences: [sender.fixedAudience ?? Self.audience]
        )
        let verified = try await verifier.verify(token: token, at: Self.clock.now)
        #expect(verified.subject == caller.subject)
        #expect(verified.audiences == [sender.fixedAudience ?? Self.audience])
        #expect(verified.issuer == "https://accounts.google.com")
        #expect(verified.keyID == issuer.keyID)
        #expect(verified.issuedAt == Self.clock.now)
        #expect(verified.expiresAt == Self.clock.now + 3_600)
        #expect(verified.hostedDomain == caller.hostedDomain)
        let azp = verified.claim("azp")?.stringValue
        switch sender {
        case .metadataServerStandard, .generateIDTokenWithoutEmail:
            #expect(verified.email == nil)
            #expect(!verified.isEmailVerified)
            #expect(azp == caller.subject)
        case .keyGrant: #expect(azp == caller.email)
        case .gcloudUser, .signInWithGoogle: #expect(azp == verified.audiences.first)
        default: #expect(azp == caller.subject)
        }
        #expect((verified.google?.computeEngine != nil) == (sender == .metadataServer))
    }

    @Test("a token with a defect is refused with the code that belongs to the defect", arguments: TokenDefect.allCases)
    func everyDefectIsFound(_ defect: TokenDefect) async throws {
        let issuer = try TestIssuer()
        let verifier = try Self.verifier(issuer.keys)
        let good = try issuer.token(for: Self.audience, issuedAt: Self.clock.now)
        let bad = try issuer.token(for: Self.audience, issuedAt: Self.clock.now, defect: defect)
        let verified = try await verifier.verify(token: good, at: Self.clock.now)
        #expect(verified.email == TestCaller.serviceAccount.email)
        let error = await #expect(throws: VerificationError.self) {
            try await verifier.verify(token: bad, at: Self.clock.now)
        }
        #expect(error?.code == defect.expectedCode)
    }

    @Test(
        "a cut signature is a signature that does not hold, whatever the key's size",
        arguments: [2_048, 3_072, 4_096]
    )
    func signatureCut(bitCount: Int) async throws {
        let issuer = try TestIssuer.withFreshKey(bitCount: bitCount)
        let bad = try issuer.token(for: Self.audience, issuedAt: Self.clock.now, defect: .signatureCut)
        let error = await #expect(throws: VerificationError.self) {
            try await Self.verifier(issuer.keys).verify(token: bad, at: Self.clock.now)
        }
        #expect(error?.code == TokenDefect.signatureCut.expectedCode)
    }

    @Test("keys and certificates of two issuers both verify the tokens of each")
    func certificatesAreKeysToo() async throws {
        let issuers = [try TestIssuer(), try TestIssuer.withFreshKey()]
        for document in [TestIssuer.keyDocument(issuers), try TestIssuer.certificateDocument(issuers)] {
            let verifier = try Self.verifier(.document(document))
            #expect(verifier.health.keyCount == 2)
            for issuer in issuers {
                _ = try await verifier.verify(token: try issuer.token(for: Self.audience))
            }
        }
    }

    @Test("issuers with the built-in key make the same token, and each built-in key has its own ID")
    func theBuiltInKeyIsTheSameInEveryRun() throws {
        let token = try TestIssuer().token(for: Self.audience, issuedAt: Self.clock.now)
        #expect(try TestIssuer().token(for: Self.audience, issuedAt: Self.clock.now) == token)
        #expect(try TestIssuer().keyID.count == 40)
        #expect(Set(try BuiltInKey.allCases.map { try TestIssuer(key: $0).keyID }).count == 3)
        #expect(TestCaller.serviceAccount.subject.count == 21)
        #expect(TestCaller(email: TestCaller.serviceAccount.email, subject: "1").subject == "1")
    }

    @Test("the built-in key does not verify what a fresh key signed")
    func aFreshKeyIsAnother() async throws {
        let token = try TestIssuer.withFreshKey().token(for: Self.audience)
        let verifier = try Self.verifier(try TestIssuer().keys)
        let error = await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
        #expect(error?.code == .keyUnknown)
    }

    @Test("a key of 1 bit cannot be made, and the error says so")
    func anImpossibleKeyIsRefused() {
        let error = #expect(throws: TestIssuerError.self) { try TestIssuer.withFreshKey(bitCount: 1) }
        #expect(error?.description.hasPrefix("A key of 1 bits cannot be created: ") == true)
    }

    @Test("the keys of google.json do not verify a token of the test issuer")
    func googlesKeysDoNotVerifyIt() async throws {
        let verifier = try Self.verifier(.file(ProjectRoot.path("Fixtures/keys/google.json")))
        let token = try TestIssuer().token(for: Self.audience)
        let error = await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
        #expect(error?.code == .keyUnknown)
    }

    @Test("claims and headers of one's own can be signed, and the verifier judges them")
    func anyClaimsCanBeSigned() async throws {
        let issuer = try TestIssuer()
        let seconds = Int(Self.clock.now.timeIntervalSince1970)
        let token = try issuer.sign(
            claims: """
                {"iss": "accounts.google.com", "aud": ["\(Self.audience)"], "sub": "7", "iat": \(seconds), \
                "exp": \(seconds + 60), "level": 4}
                """
        )
        let verifier = try Self.verifier(issuer.keys, callers: .anyGoogleIdentity)
        let verified = try await verifier.verify(token: token, at: Self.clock.now)
        #expect(verified.claim("level")?.integerValue == 4)
        let other = try issuer.sign(claims: "{}", header: #"{"alg":"ES256"}"#)
        let error = await #expect(throws: VerificationError.self) { try await verifier.verify(token: other) }
        #expect(error?.code == .algorithmUnsupported)
    }

    @Test(
        "a token can be issued at the earliest, the latest and an infinite date",
        arguments: [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: .infinity)]
    )
    func anyDateCanBeAsked(_ date: Date) throws {
        #expect(try !TestIssuer().token(for: Self.audience, issuedAt: date).isEmpty)
    }
}

/// The clock that a test moves.
@Suite("Manual clock")
struct ManualClockTests {
    @Test("a token expires when the clock is advanced, and is valid again when it is set back")
    func movesWhenItIsTold() async throws {
        let clock = ManualClock()
        let issuer = try TestIssuer()
        let verifier = try IDTokenVerifier(audience: "a", callers: .anyGoogleIdentity, keys: issuer.keys)
        let token = try issuer.token(for: "a", issuedAt: clock.now)
        _ = try await verifier.verify(token: token, at: clock.now)
        clock.advance(by: .seconds(3_630))
        await #expect(throws: VerificationError.self) { try await verifier.verify(token: token, at: clock.now) }
        clock.advance(by: .milliseconds(-1))
        _ = try await verifier.verify(token: token, at: clock.now)
    }
}
