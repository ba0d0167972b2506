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

/// Verification of tokens inside their own validity, whenever that was.
@Suite("ID token verifier, in a token's own time")
struct OwnTimeTests {
    private static func verify(_ changes: [String: String?]) throws -> VerifiedIDToken {
        let document = try KeyDocument(parsing: TestToken.keyDocument, for: .googleIDToken)
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .keySet(document.keySet)
        )
        return try verifier.verifyWithoutFetching(
            tokenInItsOwnTime: TestToken.minted(claims: TestToken.claims(changes))
        )
    }

    @Test("a token of the past is accepted, and so is one that becomes valid later than it is issued")
    func past() throws {
        #expect(try Self.verify([:]).subject == TestToken.subject)
        #expect(try Self.verify(["nbf": "\(TestToken.issuedAt + 600)"]).subject == TestToken.subject)
    }

    @Test(
        "everything else is checked",
        arguments: [
            (["aud": #""https://other.example""#], VerificationError.Code.audienceMismatch),
            (["exp": "\(TestToken.issuedAt - 100)"], .tokenExpired),
            (["exp": "\(TestToken.issuedAt + 100_000)"], .lifetimeTooLong),
            (["iat": nil], .claimsMalformed),
        ] as [([String: String?], VerificationError.Code)]
    )
    func others(_ changes: [String: String?], _ code: VerificationError.Code) {
        let error = #expect(throws: VerificationError.self) { try Self.verify(changes) }
        #expect(error?.code == code)
    }
}
