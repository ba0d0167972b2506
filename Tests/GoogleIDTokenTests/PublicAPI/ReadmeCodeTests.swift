//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation
import GoogleIDToken
import TestSupport
import Testing

/// What a package that depends on this one can write, with nothing but its public interface.
@Suite("code of the README")
struct ReadmeCodeTests {
    /// A request as a framework hands it over.
    private struct Request {
        let headers: [(name: String, value: String)]
    }

    private struct MyClaims: Decodable {
        let email: String
        let exp: Date
    }

    /// Runs a test with a file of keys.
    private static func withKeyFile(_ body: (String) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "google-keys-\(UUID().uuidString).json")
        try Data(try TestToken.keyDocument).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(url.path(percentEncoded: false))
    }

    /// A token that is valid now.
    private static func token(issuedAt: Int) throws -> String {
        try TestToken.minted(claims: TestToken.claims(["iat": "\(issuedAt)", "exp": "\(issuedAt + 3_600)"]))
    }

    @Test("the first lines of the README, with headers as pairs")
    func firstLines() async throws {
        try await Self.withKeyFile { path in
            let issuedAt = Int(Date().timeIntervalSince1970)
            let token = try Self.token(issuedAt: issuedAt)
            let request = Request(headers: [("Host", "service.example.com"), ("authorization", "Bearer \(token)")])

            let verifier = try IDTokenVerifier(
                audience: TestToken.audience,
                callers: .serviceAccounts(TestToken.email),
                keys: .file(path)
            )
            let caller = try await verifier.verify(headers: request.headers)

            #expect((caller.email ?? caller.subject) == TestToken.email)
            #expect(caller.subject == TestToken.subject)
            #expect(caller.expiresAt == Date(timeIntervalSince1970: Double(issuedAt + 3_600)))
            let claims = try caller.claims(as: MyClaims.self)
            #expect(claims.email == TestToken.email)
            #expect(claims.exp == caller.expiresAt)
        }
    }

    @Test("Google's keys need no word, and are fetched only when they are needed")
    func googlesKeys() throws {
        let verifier = try IDTokenVerifier(
            audience: "https://profiles-123456.europe-west1.run.app",
            callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com")
        )
        #expect(verifier.health.keyCount == 0)
        #expect(!verifier.health.isUsable)
    }

    @Test("headers as a dictionary, and a token alone, as of another time")
    func otherForms() async throws {
        try await Self.withKeyFile { path in
            let verifier = try IDTokenVerifier(
                audiences: ["https://other.example.com", TestToken.audience],
                callers: .union(.subjects(TestToken.subject), .hostedDomain("example.com")),
                keys: .file(path)
            )
            let token = try TestToken.minted()
            let time = Date(timeIntervalSince1970: TestToken.now)
            let headers: [String: String] = ["X-Serverless-Authorization": "Bearer \(token)"]
            let inHeaders = try await verifier.verify(headers: headers, at: time)
            #expect(inHeaders.email == TestToken.email)
            #expect(inHeaders.credentialHeader == .xServerlessAuthorization)
            let alone = try await verifier.verify(token: token, at: time)
            #expect(alone.claim("sub")?.stringValue == TestToken.subject)
            #expect(alone.assurance == .signature)
            let withoutFetching = try verifier.verifyWithoutFetching(headers: headers, at: time)
            #expect(withoutFetching.audiences == [TestToken.audience])
        }
    }

    @Test("an error is of one type, and answers a request")
    func errors() async throws {
        try await Self.withKeyFile { path in
            var configuration = IDTokenVerifier.Configuration()
            configuration.clockSkew = .seconds(0)
            configuration.removedSignature = .verifyAuthorizationInstead
            let verifier = try IDTokenVerifier(
                audience: TestToken.audience,
                callers: .serviceAccounts("other@project.iam.gserviceaccount.com"),
                keys: .file(path),
                configuration: configuration
            )
            let token = try Self.token(issuedAt: Int(Date().timeIntervalSince1970) - 1)
            do throws(VerificationError) {
                _ = try await verifier.verify(headers: ["Authorization": "Bearer \(token)"])
                Issue.record("accepted")
            } catch {
                let status =
                    switch error.disposition {
                    case .rejected: 401
                    case .forbidden: 403
                    case .undecided: 503
                    case .cancelled: 499
                    }
                #expect(status == 403)
                #expect(error.code == .callerNotAllowed)
                #expect(error.code.rawValue == "caller_not_allowed")
                #expect(error.explanation.contains(TestToken.email))
                #expect(error.retryAfter == nil)
            }
        }
    }

    @Test("a verifier that cannot be made says why")
    func configurationErrors() {
        let noAudience = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try IDTokenVerifier(audience: "", callers: .anyGoogleIdentity)
        }
        #expect(noAudience?.code == .audienceMissing)
        let noKeys = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try IDTokenVerifier(
                audience: "a",
                callers: .anyGoogleIdentity,
                keys: .file("/nonexistent/google-keys.json")
            )
        }
        #expect(noKeys?.code == .keysUnreadable)
    }

    @Test("a verifier with Google's own keys is made without any traffic")
    func googleKeys() throws {
        let verifier = try IDTokenVerifier(audience: TestToken.audience, callers: .subjects(TestToken.subject))
        #expect(verifier.health.keyCount == 0)
        let token = try TestToken.minted()
        let error = #expect(throws: VerificationError.self) { try verifier.verifyWithoutFetching(token: token) }
        #expect(error?.disposition == .undecided)
    }
}
