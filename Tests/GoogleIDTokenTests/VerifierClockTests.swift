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

@Suite("The clock of a verifier")
struct VerifierClockTests {
    /// A verifier by whose clock it is a time after the token was issued.
    private static func code(after seconds: Int, at date: Date? = nil) async throws -> VerificationError.Code? {
        var configuration = IDTokenVerifier.Configuration()
        configuration.now = { Date(timeIntervalSince1970: Double(TestToken.issuedAt + seconds)) }
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .document(try TestToken.keyDocument),
            configuration: configuration
        )
        let token = try TestToken.minted()
        let headers = ["Authorization": "Bearer \(token)"]
        // Three times, since the cache has the token from the second time on.
        var codes: Set<VerificationError.Code?> = []
        for _ in 1...3 {
            let result = await Result { () async throws(VerificationError) in
                try await verifier.verify(headers: headers, at: date)
            }
            codes.insert(result.failure?.code)
            let other = Result { () throws(VerificationError) in
                try verifier.verifyWithoutFetching(token: token, at: date)
            }
            codes.insert(other.failure?.code)
        }
        #expect(codes.count == 1)
        return codes.first ?? nil
    }

    @Test("a token expires by the verifier's clock")
    func expires() async throws {
        #expect(try await Self.code(after: 0) == nil)
        #expect(try await Self.code(after: TestToken.expiresAt - TestToken.issuedAt + 29) == nil)
        #expect(try await Self.code(after: TestToken.expiresAt - TestToken.issuedAt + 30) == .tokenExpired)
        #expect(try await Self.code(after: -31) == .issuedInFuture)
    }

    @Test("the time of a call has precedence")
    func timeOfCall() async throws {
        #expect(try await Self.code(after: 1_000_000, at: TestToken.date) == nil)
        #expect(try await Self.code(after: 0, at: TestToken.date.addingTimeInterval(1_000_000)) == .tokenExpired)
    }

    @Test("by default it is this machine's clock")
    func machine() throws {
        let before = Date()
        let now = IDTokenVerifier.Configuration().now()
        #expect(before <= now)
        #expect(now <= Date())
    }
}

extension Result {
    /// The error of a failure.
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }

    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
