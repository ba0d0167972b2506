//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import GoogleIDToken
internal import GoogleIDTokenHummingbird
internal import HTTPTypes
internal import NIOHTTP1
internal import TestSupport
internal import Testing

/// Headers as NIO, Vapor and Hummingbird hand them over.
@Suite("Types of headers")
struct HTTPHeadersTests {
    private static var verifier: IDTokenVerifier {
        get throws {
            try IDTokenVerifier(
                audience: TestToken.audience,
                callers: .serviceAccounts(TestToken.email),
                keys: .document(try TestToken.keyDocument)
            )
        }
    }

    @Test("HTTPHeaders of NIO, which Vapor uses")
    func nio() async throws {
        let verifier = try Self.verifier
        let bearer = "Bearer \(try TestToken.minted())"
        var headers = HTTPHeaders([("Host", "service.example.com"), ("AUTHORIZATION", bearer)])
        let caller = try await verifier.verify(headers: headers, at: TestToken.date)
        #expect(caller.email == TestToken.email)
        #expect(caller.credentialHeader == .authorization)
        let withoutFetching = try verifier.verifyWithoutFetching(headers: headers, at: TestToken.date)
        #expect(withoutFetching.subject == TestToken.subject)

        headers.add(name: "authorization", value: bearer)
        let ambiguous = await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: headers, at: TestToken.date)
        }
        #expect(ambiguous?.code == .credentialsAmbiguous)

        headers.replaceOrAdd(name: "X-Serverless-Authorization", value: bearer)
        let preferred = try await verifier.verify(headers: headers, at: TestToken.date)
        #expect(preferred.credentialHeader == .xServerlessAuthorization)

        let missing = await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: HTTPHeaders(), at: TestToken.date)
        }
        #expect(missing?.code == .credentialsMissing)
    }

    @Test("HTTPFields of Hummingbird")
    func fields() async throws {
        let verifier = try Self.verifier
        let bearer = "Bearer \(try TestToken.minted())"
        var fields: HTTPFields = [.accept: "text/plain", .authorization: bearer]
        let caller = try await verifier.verify(headers: fields, at: TestToken.date)
        #expect(caller.email == TestToken.email)
        #expect(caller.credentialHeader == .authorization)

        fields.append(HTTPField(name: .authorization, value: bearer))
        let ambiguous = await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: fields, at: TestToken.date)
        }
        #expect(ambiguous?.code == .credentialsAmbiguous)

        let serverless = try #require(HTTPField.Name("x-serverless-AUTHORIZATION"))
        fields[serverless] = bearer
        let preferred = try await verifier.verify(headers: fields, at: TestToken.date)
        #expect(preferred.credentialHeader == .xServerlessAuthorization)

        let missing = await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: HTTPFields(), at: TestToken.date)
        }
        #expect(missing?.code == .credentialsMissing)
    }
}
#endif
