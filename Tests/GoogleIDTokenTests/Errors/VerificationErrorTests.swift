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

@Suite("Verification error")
struct VerificationErrorTests {
    private static let secret = "hunter2hunter2"

    /// An error for each code that a credential can bring about, with the headers that do.
    private static func errors() async throws -> [(error: VerificationError, headers: [(name: String, value: String)])]
    {
        let key = KeySource.document(try TestToken.keyDocument)
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(TestToken.email),
            keys: key
        )
        var errors: [(error: VerificationError, headers: [(name: String, value: String)])] = []
        for headers in try Self.wrongHeaders() {
            do throws(VerificationError) {
                _ = try await verifier.verify(headers: headers, at: Date(timeIntervalSince1970: TestToken.now))
                Issue.record("accepted")
            } catch {
                errors.append((error, headers))
            }
        }
        let token = try TestToken.minted()
        let unreachable = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .remote("http://127.0.0.1:1/")
        )
        do throws(VerificationError) {
            _ = try unreachable.verifyWithoutFetching(token: token)
        } catch {
            errors.append((error, [("Authorization", "Bearer \(token)")]))
        }
        return errors
    }

    private static func wrongHeaders() throws -> [[(name: String, value: String)]] {
        let secret = "\"\(Self.secret)\""
        func minted(_ header: [String: String?] = [:], claims: [String: String?] = [:]) throws -> String {
            let header = TestToken.header(header.merging(["x": secret]) { first, _ in first })
            return try TestToken.minted(header: header, claims: TestToken.claims(claims))
        }
        let valid = try minted()
        let signed = valid.split(separator: ".").prefix(2).joined(separator: ".")
        let tokens = [
            valid + String(repeating: "A", count: 16_384), String(valid.dropLast(400)),
            signed + ".SIGNATURE_REMOVED_BY_GOOGLE",
            try TestToken.minted(header: "[\(secret)]"), try minted(["alg": secret]),
            try minted(["crit": "[\(secret)]"]),
            try minted(["typ": secret]), try minted(["kid": "[\(secret)]"]), try minted(["kid": secret]),
            signed + ".AAAA",
            try minted(claims: ["sub": "[\(secret)]"]), try minted(claims: ["exp": secret]),
            try minted(claims: ["iss": secret]), try minted(claims: ["aud": secret]),
            try minted(claims: ["exp": "\(TestToken.issuedAt)"]), try minted(claims: ["iat": "\(TestToken.expiresAt)"]),
            try minted(claims: ["nbf": "\(TestToken.expiresAt)"]), try minted(claims: ["exp": "1e10"]),
            try minted(claims: ["email": nil]), try minted(claims: ["email_verified": secret]),
            try minted(claims: ["email": secret]), try minted(claims: ["cnf": secret]),
        ]
        let values = ["Basic \(valid)", "Bearer \(valid), Bearer \(valid)", "Bearer \(valid) \(valid)"]
        return (values + tokens.map { "Bearer \($0)" }).map { [("Authorization", $0)] }
    }

    @Test("what follows from each code")
    func dispositions() {
        let expected: [VerificationError.Disposition: Set<VerificationError.Code>] = [
            .rejected: [
                .credentialsMissing, .credentialsAmbiguous, .credentialsMalformed, .tokenTooLarge, .tokenMalformed,
                .signatureRemoved, .headerMalformed, .algorithmUnsupported, .headerUnsupported, .keyIDMissing,
                .keyUnknown, .signatureInvalid, .claimsMalformed, .issuerMismatch, .audienceMismatch, .tokenExpired,
                .issuedInFuture, .tokenNotYetValid, .lifetimeTooLong, .confirmationFailed,
            ],
            .forbidden: [.emailMissing, .emailNotVerified, .callerNotAllowed],
            .undecided: [.keysUnavailable],
            .cancelled: [.cancelled],
        ]
        let actual = Dictionary(grouping: VerificationError.Code.allCases) { VerificationError($0, "").disposition }
        #expect(actual.mapValues { Set($0) } == expected)
    }

    @Test("codes are few, and fit for a metric's label")
    func codes() {
        let names = VerificationError.Code.allCases.map(\.rawValue)
        #expect(names.count == 25)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil })
    }

    @Test("every code but that of a cancelled task is brought about here, each with an explanation in one line")
    func explanations() async throws {
        let errors = try await Self.errors().map(\.error) + [.cancelled]
        #expect(Set(errors.map(\.code)) == Set(VerificationError.Code.allCases))
        for error in errors {
            #expect(error.explanation.utf8.count > 20, "\(error.code)")
            #expect(error.explanation.utf8.count < 700, "\(error.code)")
            #expect(error.explanation.utf8.allSatisfy { $0 >= UInt8(ascii: " ") }, "\(error.code)")
            #expect("\(error)" == "\(error.code.rawValue): \(error.explanation)")
        }
    }

    @Test("[66] an error holds no bytes of a token")
    func noTokenBytes() async throws {
        for (error, headers) in try await Self.errors() {
            let credential = Array(try #require(headers.first).value.utf8.dropFirst("Bearer ".utf8.count))
            // Google's word for a removed signature is no secret.
            let pieces = Set(credential.windows(of: 10))
                .subtracting(
                    Array("SIGNATURE_REMOVED_BY_GOOGLE".utf8).windows(of: 10)
                )
            #expect(pieces.count > 200)
            let text = "\(error) \(error.underlying.map { "\($0)" } ?? "")"
            #expect(pieces.isDisjoint(with: Array(text.utf8).windows(of: 10)), "\(error.code)")
        }
    }

    @Test("[66] what a token says stands in an error only once its signature held")
    func noUnverifiedContent() async throws {
        let named = try await Self.errors()
            .filter { "\($0.error) \($0.error.underlying.map { "\($0)" } ?? "")".contains(Self.secret) }
            .map(\.error.code)
        #expect(Set(named) == [.issuerMismatch, .audienceMismatch, .callerNotAllowed])
    }

    @Test("errors are equal if their codes are")
    func equality() {
        #expect(VerificationError(.tokenExpired, "a") == VerificationError(.tokenExpired, "b", retryAfter: .seconds(1)))
        #expect(VerificationError(.tokenExpired, "a") != VerificationError(.issuedInFuture, "a"))
    }

    @Test("the time until keys are asked for again is told with keys_unavailable, and with nothing else")
    func retryAfter() async throws {
        for (error, _) in try await Self.errors() where error.code != .keysUnavailable {
            #expect(error.retryAfter == nil)
        }
        let error = VerificationError.keysUnavailable("the server is down", retryAfter: .seconds(7.5))
        #expect(error.retryAfter == .seconds(7.5))
        #expect(error.explanation.contains("the server is down; the next fetch can start in 8 s"))
    }
}

extension [UInt8] {
    /// All runs of so many bytes.
    fileprivate func windows(of count: Int) -> [[UInt8]] {
        self.count < count ? [] : (0...(self.count - count)).map { Array(self[$0..<($0 + count)]) }
    }
}
