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

@Suite("Tokens that are bound to a certificate")
struct ConfirmationTests {
    private static let now = Date(timeIntervalSince1970: TestToken.now)

    @Test("a certificate is known by its SHA-256, or by its encoding")
    func certificate() throws {
        let abc = try #require(ClientCertificate(der: Array("abc".utf8)))
        #expect(Base64URL.encode(abc.sha256) == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
        for count in [0, 20, 31, 33, 64] {
            #expect(ClientCertificate(sha256: [UInt8](repeating: 0, count: count)) == nil)
        }
        #expect(ClientCertificate(der: []) == nil)
    }

    @Test("the certificate is compared for every request, also if the token is cached")
    func cached() async throws {
        let own = try #require(ClientCertificate(der: [1]))
        let other = try #require(ClientCertificate(der: [2]))
        let token = try TestToken.minted(
            claims: TestToken.claims(["cnf": #"{"x5t#S256":"\#(Base64URL.encode(own.sha256))"}"#])
        )
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(TestToken.email),
            keys: .document(try TestToken.keyDocument)
        )
        for _ in 0..<3 {
            _ = try await verifier.withClientCertificate(own).verify(token: token, at: Self.now)
            for certificate in [nil, other] {
                let error = await #expect(throws: VerificationError.self) {
                    try await verifier.withClientCertificate(certificate).verify(token: token, at: Self.now)
                }
                #expect(error?.code == .confirmationFailed)
                #expect(error?.disposition == .rejected)
                #expect(error?.explanation.contains("client certificate") == true)
                #expect(error?.httpResponse(realm: "r").status == 401)
            }
        }
        #expect(verifier.cache?.count == 1)
        let back = verifier.withClientCertificate(own).withClientCertificate(nil)
        #expect(throws: VerificationError.self) { try back.verifyWithoutFetching(token: token, at: Self.now) }
    }
}
