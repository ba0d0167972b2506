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

@Suite("Policy for removed signatures")
struct RemovedSignaturePolicyTests {
    private static let now = Date(timeIntervalSince1970: TestToken.now)

    private static func verifier(
        _ policy: RemovedSignaturePolicy,
        callers: CallerPolicy = .anyGoogleIdentity
    ) throws -> IDTokenVerifier {
        var configuration = IDTokenVerifier.Configuration()
        configuration.removedSignature = policy
        return try IDTokenVerifier(
            audience: TestToken.audience,
            callers: callers,
            keys: .document(TestToken.keyDocument),
            configuration: configuration
        )
    }

    /// A token whose signature is removed.
    private static func removed(header: String = TestToken.header(), claims: String = TestToken.claims()) -> String {
        [header, claims].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
            + ".SIGNATURE_REMOVED_BY_GOOGLE"
    }

    private static func error(
        _ verifier: IDTokenVerifier,
        serverless: String? = nil,
        authorization: String? = nil
    ) async -> VerificationError? {
        let fields = [("X-Serverless-Authorization", serverless), ("Authorization", authorization)]
        let headers = fields.compactMap { name, token in token.map { (name: name, value: "Bearer \($0)") } }
        return await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: headers, at: Self.now)
        }
    }

    @Test(
        "reject: a removed signature in either header, and what to do",
        arguments: [CredentialHeader.xServerlessAuthorization, .authorization]
    )
    func reject(header: CredentialHeader) async throws {
        let headers = [header.rawValue: "Bearer \(Self.removed())"]
        let verifier = try Self.verifier(.reject)
        let error = await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: headers, at: Self.now)
        }
        #expect(error?.code == .signatureRemoved)
        #expect(error?.explanation.hasPrefix(header.rawValue) == true)
        #expect(error?.explanation.contains(".verifyAuthorizationInstead") == true)
    }

    @Test("reject: a token in Authorization does not help")
    func rejectWithAuthorization() async throws {
        let error = await Self.error(
            try Self.verifier(.reject),
            serverless: Self.removed(),
            authorization: try TestToken.minted()
        )
        #expect(error?.code == .signatureRemoved)
    }

    @Test("[24] a token without a request is rejected under every policy", arguments: RemovedSignaturePolicy.allCases)
    func withoutRequest(policy: RemovedSignaturePolicy) async throws {
        let verifier = try Self.verifier(policy)
        let error = await #expect(throws: VerificationError.self) {
            try await verifier.verify(token: Self.removed(), at: Self.now)
        }
        #expect(error?.code == .signatureRemoved)
    }

    @Test("verifyAuthorizationInstead: the token in Authorization is verified")
    func authorizationInstead() async throws {
        let headers = [
            (name: "X-Serverless-Authorization", value: "Bearer \(Self.removed())"),
            (name: "Authorization", value: "Bearer \(try TestToken.minted())"),
        ]
        let caller = try await Self.verifier(.verifyAuthorizationInstead).verify(headers: headers, at: Self.now)
        #expect(caller.assurance == .signature)
        #expect(caller.credentialHeader == .authorization)
        #expect(caller.keyID == TestToken.keyID)
    }

    @Test("verifyAuthorizationInstead: a signed token in X-Serverless-Authorization still comes first")
    func signedServerlessFirst() async throws {
        let verifier = try Self.verifier(.verifyAuthorizationInstead)
        let headers = ["X-Serverless-Authorization": "Bearer \(try TestToken.minted())", "Authorization": "Basic b"]
        #expect(try await verifier.verify(headers: headers, at: Self.now).credentialHeader == .xServerlessAuthorization)
        let expired = try TestToken.minted(claims: TestToken.claims(["exp": "\(TestToken.issuedAt)"]))
        let error = await Self.error(verifier, serverless: expired, authorization: try TestToken.minted())
        #expect(error?.code == .tokenExpired)
    }

    @Test(
        "verifyAuthorizationInstead: the token in Authorization must verify in full",
        arguments: [
            (["aud": #""other""#], .audienceMismatch), (["iss": #""other""#], .issuerMismatch),
            (["exp": "\(TestToken.issuedAt)"], .tokenExpired), (["sub": nil], .claimsMalformed),
        ] as [([String: String?], VerificationError.Code)]
    )
    func authorizationInFull(changes: [String: String?], code: VerificationError.Code) async throws {
        let token = try TestToken.minted(claims: TestToken.claims(changes))
        let verifier = try Self.verifier(.verifyAuthorizationInstead)
        #expect(await Self.error(verifier, serverless: Self.removed(), authorization: token)?.code == code)
    }

    @Test("verifyAuthorizationInstead: without a second token, or with its signature removed as well")
    func noSecondToken() async throws {
        let verifier = try Self.verifier(.verifyAuthorizationInstead)
        let alone = await Self.error(verifier, serverless: Self.removed())
        #expect(alone?.code == .signatureRemoved)
        #expect(alone?.explanation.hasPrefix("X-Serverless-Authorization") == true)
        let both = await Self.error(verifier, serverless: Self.removed(), authorization: Self.removed())
        #expect(both?.code == .signatureRemoved)
        #expect(both?.explanation.hasPrefix("Authorization") == true)
        let authorization = await Self.error(verifier, authorization: Self.removed())
        #expect(authorization?.code == .signatureRemoved)
    }

    @Test("verifyAuthorizationInstead: what is wrong with the second header is told")
    func secondHeader() async throws {
        let verifier = try Self.verifier(.verifyAuthorizationInstead)
        for (token, code) in [("a b", VerificationError.Code.credentialsMalformed), ("a.b", .tokenMalformed)] {
            #expect(await Self.error(verifier, serverless: Self.removed(), authorization: token)?.code == code)
        }
    }

    @Test(
        "trusting Cloud Run: the claims are believed, and the result says why",
        arguments: [
            (.trustCloudRun, .xServerlessAuthorization), (.trustCloudRunInEitherHeader, .xServerlessAuthorization),
            (.trustCloudRunInEitherHeader, .authorization),
        ] as [(RemovedSignaturePolicy, CredentialHeader)]
    )
    func trust(policy: RemovedSignaturePolicy, header: CredentialHeader) async throws {
        let headers = [header.rawValue: "Bearer \(Self.removed())"]
        let caller = try await Self.verifier(policy).verify(headers: headers, at: Self.now)
        #expect(caller.assurance == .cloudRunIAM)
        #expect(caller.credentialHeader == header)
        #expect(caller.keyID == nil)
        #expect(caller.email == TestToken.email)
    }

    @Test("trustCloudRun: a mark in Authorization, which Cloud Run leaves as it is, proves nothing")
    func markInAuthorization() async throws {
        let error = await Self.error(try Self.verifier(.trustCloudRun), authorization: Self.removed())
        #expect(error?.code == .signatureRemoved)
        #expect(error?.explanation.contains("trustCloudRunInEitherHeader") == true)
    }

    @Test(
        "the explanation claims nothing about the mark, and names the dangerous remedy last",
        arguments: [
            (.xServerlessAuthorization, "have the caller send its token in Authorization instead"),
            (.authorization, "have the caller request a token of its own"),
        ] as [(CredentialHeader, String)]
    )
    func explanation(header: CredentialHeader, easiest: String) async throws {
        let explanation = VerificationError.signatureRemoved(in: header, under: .reject).explanation
        #expect(explanation.contains("the mark that Cloud Run writes after"))
        let easiest = try #require(explanation.firstRange(of: easiest))
        let dangerous = try #require(explanation.firstRange(of: ".trustCloudRun"))
        #expect(easiest.upperBound < dangerous.lowerBound)
        if let other = explanation.firstRange(of: ".verifyAuthorizationInstead") {
            #expect(easiest.upperBound < other.lowerBound)
            #expect(other.upperBound < dangerous.lowerBound)
        }
        let danger = try #require(explanation.firstRange(of: "anyone can write that mark"))
        #expect(dangerous.upperBound < danger.lowerBound)
        #expect(explanation.contains("the invoker check is enabled and neither allUsers nor allAuthenticatedUsers"))
    }

    @Test("the explanation does not recommend the policy that the verifier has")
    func explanationUnderPolicy() async throws {
        let rejecting = await Self.error(try Self.verifier(.reject), serverless: Self.removed())
        #expect(rejecting?.explanation.contains("set Configuration.removedSignature to .verifyAuthorization") == true)
        let reading = await Self.error(try Self.verifier(.verifyAuthorizationInstead), serverless: Self.removed())
        #expect(reading?.code == .signatureRemoved)
        #expect(reading?.explanation.contains("verifyAuthorizationInstead") == false)
        #expect(reading?.explanation.contains("the request has no token in Authorization") == true)
    }

    @Test(
        "trustCloudRun: every rule about claims still holds",
        arguments: [
            (["aud": #""other""#], .audienceMismatch), (["iss": #""other""#], .issuerMismatch),
            (["exp": "\(TestToken.issuedAt)"], .tokenExpired), (["iat": "\(TestToken.expiresAt)"], .issuedInFuture),
            (["nbf": "\(TestToken.expiresAt)"], .tokenNotYetValid), (["exp": "1e10"], .lifetimeTooLong),
            (["sub": nil], .claimsMalformed), (["email": nil], .emailMissing),
            (["email_verified": nil], .emailNotVerified), (["email": #""other""#], .callerNotAllowed),
        ] as [([String: String?], VerificationError.Code)]
    )
    func trustedClaims(changes: [String: String?], code: VerificationError.Code) async throws {
        let verifier = try Self.verifier(.trustCloudRun, callers: .serviceAccounts(TestToken.email))
        let token = Self.removed(claims: TestToken.claims(changes))
        let error = await Self.error(verifier, serverless: token)
        #expect(error?.code == code)
        // Claims would stand in quotes; nobody has signed these.
        #expect(error?.explanation.contains("\"") == false)
    }

    @Test("trustCloudRun: what a further policy says quotes nothing that nobody has signed")
    func trustedNarrowed() async throws {
        let policy = CallerPolicy.serviceAccounts("other@project.iam.gserviceaccount.com")
        let trusted = try await Self.verifier(.trustCloudRun)
            .verify(headers: ["X-Serverless-Authorization": "Bearer \(Self.removed())"], at: Self.now)
        let unsigned = #expect(throws: VerificationError.self) { try policy.check(trusted) }
        #expect(unsigned?.code == .callerNotAllowed)
        #expect(unsigned?.explanation.contains(TestToken.email) == false)
        #expect(unsigned?.explanation.contains("verified") == false)
        let signed = try await Self.verifier(.trustCloudRun).verify(token: TestToken.minted(), at: Self.now)
        let genuine = #expect(throws: VerificationError.self) { try policy.check(signed) }
        #expect(genuine?.explanation.contains(TestToken.email) == true)
    }

    @Test("trustCloudRun: the header's rules still hold")
    func trustedHeader() async throws {
        let verifier = try Self.verifier(.trustCloudRun)
        let none = Self.removed(header: TestToken.header(["alg": #""none""#]))
        #expect(await Self.error(verifier, serverless: none)?.code == .algorithmUnsupported)
        let critical = Self.removed(header: TestToken.header(["crit": "[]"]))
        #expect(await Self.error(verifier, serverless: critical)?.code == .headerUnsupported)
    }

    @Test("trusted in either header: a mark in Authorization does not pass beside X-Serverless-Authorization")
    func trustedSecond() async throws {
        let verifier = try Self.verifier(.trustCloudRunInEitherHeader)
        let forged = try TestToken.minted().dropLast(4) + "AAAA"
        let error = await Self.error(verifier, serverless: String(forged), authorization: Self.removed())
        #expect(error?.code == .signatureInvalid)
    }

    @Test("a signature that is there is checked under every policy", arguments: RemovedSignaturePolicy.allCases)
    func signed(policy: RemovedSignaturePolicy) async throws {
        let verifier = try Self.verifier(policy)
        let token = try TestToken.minted()
        let caller = try await verifier.verify(headers: ["Authorization": "Bearer \(token)"], at: Self.now)
        #expect(caller.assurance == .signature)
        let forged = String(token.dropLast(4) + "AAAA")
        #expect(await Self.error(verifier, authorization: forged)?.code == .signatureInvalid)
    }
}
