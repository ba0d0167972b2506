//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Verified ID token")
struct VerifiedIDTokenTests {
    /// Verifies the valid token with changed claims.
    private static func verified(_ changes: [String: String?] = [:]) throws -> VerifiedIDToken {
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .document(TestToken.keyDocument)
        )
        let token = try TestToken.minted(claims: TestToken.claims(changes))
        return try verifier.verifyWithoutFetching(token: token, at: Date(timeIntervalSince1970: TestToken.now))
    }

    @Test("the claims of a service account")
    func serviceAccount() throws {
        let caller = try Self.verified()
        #expect(caller.assurance == .signature)
        #expect(caller.credentialHeader == nil)
        #expect(caller.keyID == TestToken.keyID)
        #expect(caller.issuer == "https://accounts.google.com")
        #expect(caller.audiences == [TestToken.audience])
        #expect(caller.subject == TestToken.subject)
        #expect(caller.email == TestToken.email)
        #expect(caller.isEmailVerified)
        #expect(caller.hostedDomain == nil)
        #expect(caller.issuedAt == Date(timeIntervalSince1970: Double(TestToken.issuedAt)))
        #expect(caller.expiresAt == Date(timeIntervalSince1970: Double(TestToken.expiresAt)))
        #expect(caller.google == nil)
    }

    @Test("what a token need not carry")
    func absent() throws {
        let caller = try Self.verified(["email": nil, "email_verified": nil])
        #expect(caller.email == nil)
        #expect(!caller.isEmailVerified)
    }

    @Test("a user of a domain, with an address that is not verified")
    func user() throws {
        let caller = try Self.verified([
            "hd": #""example.com""#, "email_verified": "false", "iss": #""accounts.google.com""#,
        ])
        #expect(caller.hostedDomain == "example.com")
        #expect(caller.email == TestToken.email)
        #expect(!caller.isEmailVerified)
        #expect(caller.issuer == "accounts.google.com")
    }

    @Test("dates keep their fractions")
    func fractions() throws {
        let caller = try Self.verified(["iat": "1700000000.25", "exp": "17000001e2"])
        #expect(caller.issuedAt == Date(timeIntervalSince1970: 1_700_000_000.25))
        #expect(caller.expiresAt == Date(timeIntervalSince1970: 1_700_000_100))
    }

    @Test("any claim by its name, byte by byte")
    func claim() throws {
        let caller = try Self.verified(["azp": #""a""#, "é": "1", "x": "null", "y": "[1,{}]"])
        #expect(caller.claim("azp")?.stringValue == "a")
        #expect(caller.claim("iss")?.stringValue == "https://accounts.google.com")
        #expect(caller.claim("exp")?.integerValue == Int64(TestToken.expiresAt))
        #expect(caller.claim("\u{E9}")?.integerValue == 1)
        #expect(caller.claim("e\u{301}") == nil)
        #expect(caller.claim("x") == .null)
        #expect(caller.claim("y") == .array([.number("1"), .object([])]))
        #expect(caller.claim("AZP") == nil)
        #expect(caller.claim("") == nil)
    }

    @Test("all claims as they stand in the token")
    func allClaims() throws {
        let claims = TestToken.claims(["x": #"{"y":[1.50,null]}"#])
        let caller = try Self.verified(["x": #"{"y":[1.50,null]}"#])
        #expect(caller.allClaims.json == claims)
    }

    @Test("the claim google, in full and of another type")
    func google() throws {
        let json = #"{"compute_engine":{"instance_id":"1","project_number":2},"organization_number":3}"#
        let google = try #require(try Self.verified(["google": json]).google)
        #expect(google.computeEngine?.instanceID == "1")
        #expect(google.computeEngine?.projectNumber == 2)
        #expect(google.organizationNumber == 3)
        for json in ["null", "[]", #""compute_engine""#, "1", "true"] {
            #expect(try Self.verified(["google": json]).google == nil)
        }
    }

    @Test("all claims as a type of one's own, dates as seconds since 1970")
    func ownType() throws {
        struct OwnClaims: Decodable, Equatable {
            enum CodingKeys: String, CodingKey {
                case subject = "sub"
                case isVerified = "email_verified"
                case issuedAt = "iat"
                case expiresAt = "exp"
                case roles, nothing
            }

            let subject: String
            let isVerified: Bool
            let issuedAt: Date
            let expiresAt: Double
            let roles: [String: [Int]]
            let nothing: String?
        }
        let claims = try Self.verified(["roles": #"{"é\u0041":[1,2]}"#, "iat": "1700000000.5", "nothing": "null"])
            .claims(as: OwnClaims.self)
        let expected = OwnClaims(
            subject: TestToken.subject,
            isVerified: true,
            issuedAt: Date(timeIntervalSince1970: 1_700_000_000.5),
            expiresAt: Double(TestToken.expiresAt),
            roles: ["éA": [1, 2]],
            nothing: nil
        )
        #expect(claims == expected)
    }

    @Test("a type that the claims do not fit")
    func otherType() throws {
        struct OtherClaims: Decodable {
            let sub: Int
        }
        let caller = try Self.verified()
        #expect(throws: DecodingError.self) { try caller.claims(as: OtherClaims.self) }
        #expect(throws: DecodingError.self) { try caller.claims(as: [String].self) }
        #expect(throws: DecodingError.self) { try caller.claims(as: [String: String].self) }
    }

    @Test(
        "names that only Unicode spells differently are not merged: they are not decoded",
        arguments: [
            "{\"K\":1,\"\u{212A}\":2}", "{\"\u{E9}\":1,\"e\u{301}\":2}", #"[{"K":1,"\u212A":2}]"#,
            #"{"\u00E9":1,"e\u0301":2}"#, #"{"\u004B":1,"\u212A":2}"#,
            #"{"a":1,"\#(String(repeating: "\u{301}\u{323}", count: 40))":2}"#,
        ]
    )
    func equivalentNames(value: String) throws {
        let caller = try Self.verified(["x": value])
        #expect(throws: DecodingError.self) { try caller.claims(as: [String: Anything].self) }
        let object = caller.claim("x")?.arrayValue?.first ?? caller.claim("x")
        #expect(object?.objectValue?.count == 2)
    }

    @Test("names beyond ASCII that are not the same are decoded")
    func namesBeyondASCII() throws {
        let caller = try Self.verified(["\u{212A}": "1", "x": #"{"\u00e9":1,"e":2}"#])
        #expect(try caller.claims(as: [String: Anything].self)["\u{212A}"] != nil)
    }

    /// Takes any value for good.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }

    @Test("what vouches for a token has a name for logs")
    func assurances() {
        #expect(VerifiedIDToken.Assurance.allCases.map(\.rawValue) == ["signature", "cloudRunIAM"])
    }
}
