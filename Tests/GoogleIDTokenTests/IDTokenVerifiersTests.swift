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

@Suite("several verifiers")
struct IDTokenVerifiersTests {
    private static let now = Date(timeIntervalSince1970: TestToken.now)

    private let assertions: Assertions
    private let verifiers: IDTokenVerifiers

    init() throws {
        self.assertions = try Assertions()
        self.verifiers = try IDTokenVerifiers(
            try self.assertions.verifier(),
            try IDTokenVerifier(
                audience: TestToken.audience,
                callers: .anyGoogleIdentity,
                keys: .document(try TestToken.keyDocument)
            )
        )
    }

    private func code(_ headers: [(name: String, value: String)]) async -> VerificationError.Code? {
        do throws(VerificationError) {
            _ = try await self.verifiers.verify(headers: headers, at: Self.now)
            return nil
        } catch {
            return error.code
        }
    }

    private static func stripped() throws -> String {
        "\(try TestToken.minted().split(separator: ".").prefix(2).joined(separator: ".")).SIGNATURE_REMOVED_BY_GOOGLE"
    }

    @Test("the header chooses the verifier")
    func chosen() async throws {
        let bearer = "Bearer \(try TestToken.minted())"
        let service = try await self.verifiers.verify(headers: ["authorization": bearer], at: Self.now)
        #expect(service.email == TestToken.email)
        #expect(service.credentialHeader == .authorization)
        let assertion = try self.assertions.signed()
        for headers in [
            [(name: Assertions.header, value: assertion)],
            [(name: "Authorization", value: "Basic dTpw"), (name: Assertions.header, value: assertion)],
            [
                (name: "X-Serverless-Authorization", value: "bearer \(try Self.stripped())"),
                (name: Assertions.header, value: assertion),
            ],
        ] {
            let user = try await self.verifiers.verify(headers: headers, at: Self.now)
            #expect(user.subject == Assertions.subject)
            #expect(
                try self.verifiers.verifyWithoutFetching(headers: headers, at: Self.now).email == "user@example.com"
            )
        }
    }

    @Test("tokens for both verifiers are ambiguous, whichever is valid")
    func ambiguous() async throws {
        let bearer = "Bearer \(try TestToken.minted())"
        let assertion = try self.assertions.signed()
        for (token, other) in [
            (bearer, assertion), (bearer, "x"), ("Bearer x", assertion), ("Bearer a, Bearer b", assertion),
        ] {
            for name in ["Authorization", "X-Serverless-Authorization"] {
                #expect(await self.code([(name, token), (Assertions.header, other)]) == .credentialsAmbiguous)
            }
        }
        #expect(
            await self.code([
                ("X-Serverless-Authorization", "Bearer \(try Self.stripped())"), ("Authorization", bearer),
            ])
                == .signatureRemoved
        )
    }

    @Test("a rejected token is not tried with the other verifier")
    func notTried() async throws {
        let assertion = try self.assertions.signed()
        #expect(await self.code([("Authorization", "Bearer \(assertion)")]) == .algorithmUnsupported)
        #expect(await self.code([(Assertions.header, try TestToken.minted())]) == .algorithmUnsupported)
        #expect(
            await self.code([(Assertions.header, assertion), (Assertions.header, assertion)]) == .credentialsAmbiguous
        )
    }

    @Test("a request without a token")
    func missing() async throws {
        for headers in [[], [("Authorization", "Basic dTpw")], [(Assertions.header, " ")]]
            as [[(name: String, value: String)]]
        {
            #expect(await self.code(headers) == .credentialsMissing)
        }
    }

    @Test("a token that is bound to a certificate")
    func bound() async throws {
        let fingerprint = [UInt8](repeating: 7, count: 32)
        let bound = try self.assertions.signed(["cnf": #"{"x5t#S256":"\#(Base64URL.encode(fingerprint))"}"#])
        #expect(await self.code([(Assertions.header, bound)]) == .confirmationFailed)
        let own = self.verifiers.withClientCertificate(ClientCertificate(sha256: fingerprint))
        _ = try await own.verify(headers: [Assertions.header: bound], at: Self.now)
    }

    @Test("verifiers that read the same header, or none")
    func configuration() throws {
        let google = try IDTokenVerifier(audience: "https://a.example", callers: .anyGoogleIdentity)
        let firebase = try IDTokenVerifier(trusting: .firebase(project: "p"), callers: .anyCaller)
        let agents = try IDTokenVerifier(trusting: .agentIdentity(project: "1"), audience: "a", callers: .anyCaller)
        let proxy = try self.assertions.verifier()
        for verifiers in [[], [google, firebase], [google, google], [agents, proxy, google], [proxy, proxy]] {
            do throws(IDTokenVerifier.ConfigurationError) {
                _ = try IDTokenVerifiers(verifiers)
                Issue.record("they are accepted")
            } catch {
                #expect(error.code == .verifiersAmbiguous)
            }
        }
        #expect(try IDTokenVerifiers(proxy, firebase).verifiers.count == 2)
    }

    @Test("keys of all verifiers are fetched, and the first failure is thrown")
    func warmUp() async throws {
        let good = try LoopbackServer(.text(String(decoding: try TestToken.keyDocument, as: UTF8.self)))
        let first = try IDTokenVerifier(
            trusting: .identityAwareProxy,
            audience: .exactly(Assertions.audience),
            callers: .anyCaller,
            keys: .remote("http://127.0.0.1:1/")
        )
        let second = try IDTokenVerifier(audience: "a", callers: .anyGoogleIdentity, keys: .remote(good.url()))
        let verifiers = try IDTokenVerifiers(first, second)
        let error = await #expect(throws: VerificationError.self) { try await verifiers.warmUp() }
        #expect(error?.code == .keysUnavailable)
        #expect(second.health.keyCount == 1)
    }
}
