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

@Suite("IDTokenVerifier")
struct IDTokenVerifierTests {
    private static let now = Date(timeIntervalSince1970: TestToken.now)

    private static func verifier(
        callers: CallerPolicy = .serviceAccounts(TestToken.email)
    ) throws -> IDTokenVerifier {
        try IDTokenVerifier(
            audience: TestToken.audience,
            callers: callers,
            keys: .document(TestToken.keyDocument)
        )
    }

    private static func code(_ token: String) async throws -> VerificationError.Code? {
        let verifier = try Self.verifier()
        let error = await #expect(throws: VerificationError.self) {
            try await verifier.verify(token: token, at: Self.now)
        }
        let inHeader = await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: ["Authorization": "Bearer \(token)"], at: Self.now)
        }
        let withoutFetching = #expect(throws: VerificationError.self) {
            try verifier.verifyWithoutFetching(token: token, at: Self.now)
        }
        #expect(inHeader?.code == error?.code)
        #expect(withoutFetching?.code == error?.code)
        return error?.code
    }

    @Test("a valid token, alone and in headers of either form, with and without waiting")
    func forms() async throws {
        let verifier = try Self.verifier()
        let token = try TestToken.minted()
        let fields = [(name: "Host", value: "h"), (name: "authorization", value: "bearer \(token)")]
        let dictionary = ["X-Serverless-Authorization": "Bearer \(token)"]
        let results: [(VerifiedIDToken, CredentialHeader?)] = [
            (try await verifier.verify(token: token, at: Self.now), nil),
            (try await verifier.verify(headers: fields, at: Self.now), .authorization),
            (try await verifier.verify(headers: dictionary, at: Self.now), .xServerlessAuthorization),
            (try verifier.verifyWithoutFetching(token: token, at: Self.now), nil),
            (try verifier.verifyWithoutFetching(headers: fields, at: Self.now), .authorization),
            (try verifier.verifyWithoutFetching(headers: dictionary, at: Self.now), .xServerlessAuthorization),
        ]
        for (caller, header) in results {
            #expect(caller.subject == TestToken.subject)
            #expect(caller.email == TestToken.email)
            #expect(caller.keyID == TestToken.keyID)
            #expect(caller.assurance == .signature)
            #expect(caller.credentialHeader == header)
        }
    }

    @Test(
        "each fault alone, and of every two the earlier one is told",
        arguments: Fault.all.indices
    )
    func order(index: Int) async throws {
        let earlier = Fault.all[index]
        #expect(try await Self.code(Fault.token(with: [earlier])) == earlier.code)
        for later in Fault.all[(index + 1)...] where earlier.isCombinable(with: later) {
            let code = try await Self.code(Fault.token(with: [earlier, later]))
            #expect(code == earlier.code, "with \(later.code.rawValue)")
        }
    }

    @Test("what is wrong with the credential comes before what is wrong with the token")
    func credentialFirst() async throws {
        let verifier = try Self.verifier()
        let token = try TestToken.minted()
        let tooLarge = String(repeating: "a", count: 20_000)
        let cases: [([(name: String, value: String)], VerificationError.Code)] = [
            ([], .credentialsMissing),
            ([("Authorization", "Basic \(token)")], .credentialsMissing),
            ([("Authorization", "Bearer \(tooLarge)"), ("Authorization", "Bearer \(token)")], .credentialsAmbiguous),
            ([("Authorization", "Bearer a.b, Bearer c.d")], .credentialsAmbiguous),
            ([("Authorization", "Bearer a.b c")], .credentialsMalformed),
            ([("Authorization", "Bearer \(tooLarge),")], .tokenTooLarge),
            ([("Authorization", "Bearer a.b")], .tokenMalformed),
        ]
        for (headers, code) in cases {
            let error = await #expect(throws: VerificationError.self) {
                try await verifier.verify(headers: headers, at: Self.now)
            }
            #expect(error?.code == code)
            let withoutFetching = #expect(throws: VerificationError.self) {
                try verifier.verifyWithoutFetching(headers: headers, at: Self.now)
            }
            #expect(withoutFetching?.code == code)
        }
    }

    @Test("[8] a key in the token's header is not used, however right its signature is")
    func keyInHeader() async throws {
        let header = TestToken.header(["kid": #""own""#, "jwk": try TestToken.webKey(["kid": #""own""#])])
        #expect(try await Self.code(TestToken.minted(header: header)) == .keyUnknown)
    }

    @Test(
        "[9] [17] a key ID is compared byte by byte",
        arguments: ["", "Test-key", "test-key ", "test-kez", "../test-key"]
    )
    func otherKeyID(id: String) async throws {
        let token = try TestToken.minted(header: TestToken.header(["kid": "\"\(id)\""]))
        #expect(try await Self.code(token) == .keyUnknown)
    }

    @Test("a token is judged as of the time given, and of now if none is")
    func time() async throws {
        let verifier = try Self.verifier()
        let token = try TestToken.minted()
        let old = await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
        #expect(old?.code == .tokenExpired)
        let early = await #expect(throws: VerificationError.self) {
            try await verifier.verify(token: token, at: Date(timeIntervalSince1970: 0))
        }
        #expect(early?.code == .issuedInFuture)
        let noTime = await #expect(throws: VerificationError.self) {
            try await verifier.verify(token: token, at: Date(timeIntervalSince1970: .nan))
        }
        #expect(noTime?.code == .tokenExpired)

        let issuedAt = Int(Date().timeIntervalSince1970)
        let fresh = try TestToken.minted(
            claims: TestToken.claims(["iat": "\(issuedAt)", "exp": "\(issuedAt + 3_600)"])
        )
        #expect(try await verifier.verify(token: fresh).subject == TestToken.subject)
        #expect(try verifier.verifyWithoutFetching(token: fresh).subject == TestToken.subject)
    }

    @Test("the edges of the skew and of the longest lifetime are the configuration's")
    func configured() async throws {
        var configuration = IDTokenVerifier.Configuration()
        configuration.clockSkew = .milliseconds(1_500)
        configuration.maximumLifetime = .seconds(3_600)
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .document(TestToken.keyDocument),
            configuration: configuration
        )
        let token = try TestToken.minted()
        let end = Double(TestToken.expiresAt) + 1.5
        let last = try await verifier.verify(token: token, at: Date(timeIntervalSince1970: end - 0.25))
        #expect(last.expiresAt == Date(timeIntervalSince1970: Double(TestToken.expiresAt)))
        let error = await #expect(throws: VerificationError.self) {
            try await verifier.verify(token: token, at: Date(timeIntervalSince1970: end))
        }
        #expect(error?.code == .tokenExpired)
        let long = try TestToken.minted(claims: TestToken.claims(["exp": "\(TestToken.expiresAt + 1)"]))
        let tooLong = await #expect(throws: VerificationError.self) {
            try await verifier.verify(token: long, at: Self.now)
        }
        #expect(tooLong?.code == .lifetimeTooLong)
    }

    @Test("any of several audiences is accepted, and the result says which")
    func audiences() async throws {
        let verifier = try IDTokenVerifier(
            audiences: ["a", "b", TestToken.audience],
            callers: .anyGoogleIdentity,
            keys: .document(TestToken.keyDocument)
        )
        for (json, audiences) in [(#""b""#, ["b"]), (#"["b","a"]"#, ["b", "a"])] {
            let token = try TestToken.minted(claims: TestToken.claims(["aud": json]))
            #expect(try await verifier.verify(token: token, at: Self.now).audiences == audiences)
        }
    }

    @Test("[68] without keys at hand, the form that does not wait says so at once")
    func withoutKeys() throws {
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .remote("http://127.0.0.1:1/")
        )
        let token = try TestToken.minted()
        let error = #expect(throws: VerificationError.self) {
            try verifier.verifyWithoutFetching(token: token, at: Self.now)
        }
        #expect(error?.code == .keysUnavailable)
        #expect(error?.disposition == .undecided)
        #expect(verifier.health.keyCount == 0)
        #expect(!verifier.health.isUsable)
    }

    @Test("keys that are given need no warming up, and one key serves many verifications at once")
    func concurrent() async throws {
        let verifier = try Self.verifier()
        try await verifier.warmUp()
        #expect(verifier.health.keyCount == 1)
        let token = try TestToken.minted()
        let forged = String(token.dropLast(4) + "AAAA")
        let outcomes = await withTaskGroup { group in
            for index in 0..<200 {
                group.addTask {
                    let text = index.isMultiple(of: 2) ? token : forged
                    let subject = try? await verifier.verify(token: text, at: Self.now).subject
                    return (subject == TestToken.subject) == index.isMultiple(of: 2)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 200)
        #expect(outcomes.allSatisfy { $0 })
    }
}

/// One thing that is wrong with a token.
private struct Fault: Sendable {
    let code: VerificationError.Code
    var header: [String: String?] = [:]
    var claims: [String: String?] = [:]
    var afterHeader = ""
    var afterClaims = ""
    /// Applied to the minted token.
    var respell: (@Sendable (String) -> String)?

    /// In the order of the checks.
    static let all = [
        Fault(code: .tokenTooLarge, respell: { $0 + String(repeating: "A", count: 16_384) }),
        Fault(code: .tokenMalformed, respell: { $0 + "=" }),
        Fault(code: .tokenMalformed, respell: { $0 + ".AAAA" }),
        Fault(code: .signatureRemoved, respell: { Self.withSignature("SIGNATURE_REMOVED_BY_GOOGLE", $0) }),
        Fault(code: .headerMalformed, afterHeader: "x"),
        Fault(code: .algorithmUnsupported, header: ["alg": #""none""#]),
        Fault(code: .headerUnsupported, header: ["crit": #"["b64"]"#]),
        Fault(code: .headerUnsupported, header: ["typ": #""at+jwt""#]),
        Fault(code: .keyIDMissing, header: ["kid": nil]),
        Fault(code: .keyUnknown, header: ["kid": #""other""#]),
        Fault(code: .signatureInvalid, respell: { String($0.dropLast(4) + "AAAA") }),
        Fault(code: .signatureInvalid, respell: { Self.withSignature("AAAA", $0) }),
        Fault(code: .claimsMalformed, afterClaims: "x"),
        Fault(code: .claimsMalformed, claims: ["sub": nil]),
        Fault(code: .issuerMismatch, claims: ["iss": #""https://securetoken.google.com/p""#]),
        Fault(code: .audienceMismatch, claims: ["aud": #""https://other.example.com""#]),
        Fault(code: .tokenExpired, claims: ["exp": "\(TestToken.issuedAt)"]),
        Fault(code: .issuedInFuture, claims: ["iat": "\(TestToken.expiresAt)"]),
        Fault(code: .tokenNotYetValid, claims: ["nbf": "\(TestToken.expiresAt)"]),
        Fault(code: .lifetimeTooLong, claims: ["exp": "\(TestToken.issuedAt + 86_401)"]),
        Fault(code: .emailMissing, claims: ["email": nil]),
        Fault(code: .emailNotVerified, claims: ["email_verified": "false"]),
        Fault(code: .callerNotAllowed, claims: ["email": #""other@example.com""#]),
    ]

    /// Whether both can be wrong with one token.
    func isCombinable(with other: Fault) -> Bool {
        Set(self.header.keys).isDisjoint(with: other.header.keys)
            && Set(self.claims.keys).isDisjoint(with: other.claims.keys)
    }

    static func token(with faults: [Fault]) throws -> String {
        let header = faults.reduce(into: [:]) { $0.merge($1.header) { first, _ in first } }
        let claims = faults.reduce(into: [:]) { $0.merge($1.claims) { first, _ in first } }
        let token = try TestToken.minted(
            header: TestToken.header(header) + faults.map(\.afterHeader).joined(),
            claims: TestToken.claims(claims) + faults.map(\.afterClaims).joined()
        )
        return faults.reversed().reduce(token) { $1.respell?($0) ?? $0 }
    }

    private static func withSignature(_ segment: String, _ token: String) -> String {
        token.split(separator: ".").prefix(2).joined(separator: ".") + ".\(segment)"
    }
}
