//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

@Suite("Request headers")
struct RequestHeadersTests {
    private typealias Field = (name: String, value: String)

    private static let both: [Field] = [
        ("Authorization", "Bearer a"), ("X-Serverless-Authorization", "Bearer x"),
    ]

    private static func token(_ headers: RequestHeaders) throws(VerificationError) -> String {
        let token = try headers.token(
            in: headers.preferred(of: TrustProfile.googleIDToken.credentialHeaders),
            maximumSize: 1_024
        )
        try BearerCredential.check(token, of: headers.preferred(of: TrustProfile.googleIDToken.credentialHeaders))
        return String(token)
    }

    private static func code(_ fields: [(name: String, value: String)]) -> VerificationError.Code? {
        #expect(throws: VerificationError.self) { try Self.token(RequestHeaders(fields)) }?.code
    }

    @Test("Authorization is taken if it is alone")
    func authorization() throws {
        let fields: [Field] = [("Accept", "*/*"), ("Authorization", "Bearer a"), ("Host", "example.com")]
        let headers = RequestHeaders(fields)
        #expect(headers.preferred(of: TrustProfile.googleIDToken.credentialHeaders) == .authorization)
        #expect(try Self.token(headers) == "a")
    }

    @Test("X-Serverless-Authorization is preferred, in whatever order the two come")
    func preferred() throws {
        for fields in [Self.both, Self.both.reversed()] {
            let headers = RequestHeaders(fields)
            #expect(headers.preferred(of: TrustProfile.googleIDToken.credentialHeaders) == .xServerlessAuthorization)
            #expect(try Self.token(headers) == "x")
            #expect(try headers.token(in: .authorization, maximumSize: 1_024) == "a")
        }
    }

    @Test(
        "the other header is not looked at, however the preferred one fails",
        arguments: [
            ("", .credentialsMissing), ("Basic dXNlcg==", .credentialsMissing), ("Bearer", .credentialsMalformed),
            ("Bearer a b", .credentialsMalformed), ("Bearer a, Bearer b", .credentialsAmbiguous),
        ] as [(String, VerificationError.Code)]
    )
    func noFallingThrough(value: String, code: VerificationError.Code) {
        #expect(Self.code([("Authorization", "Bearer a"), ("X-Serverless-Authorization", value)]) == code)
    }

    @Test("what is wrong with the other header does not count")
    func otherIgnored() throws {
        let fields: [Field] = [
            ("X-Serverless-Authorization", "Bearer x"), ("Authorization", "Bearer a, Bearer b"),
            ("authorization", "Basic c"),
        ]
        #expect(try Self.token(RequestHeaders(fields)) == "x")
    }

    @Test("neither header, or others that resemble them")
    func missing() {
        let others: [Field] = [("Proxy-Authorization", "Bearer a"), ("Cookie", "Authorization=a"), ("", "Bearer a")]
        for fields in [[], others] {
            let error = #expect(throws: VerificationError.self) { try Self.token(RequestHeaders(fields)) }
            #expect(error?.code == .credentialsMissing)
            #expect(error?.explanation.contains("neither") == true)
        }
    }

    @Test("[58] a header that comes twice", arguments: ["Authorization", "X-Serverless-Authorization"])
    func repeated(name: String) {
        let error = #expect(throws: VerificationError.self) {
            try Self.token(RequestHeaders([(name, "Bearer a"), ("Host", "h"), (name.lowercased(), "Bearer a")]))
        }
        #expect(error?.code == .credentialsAmbiguous)
        #expect(error?.explanation.contains(name) == true)
        #expect(Self.code([(name, "Bearer a"), (name, "Basic b")]) == .credentialsAmbiguous)
        #expect(Self.code([(name, ""), (name, "Bearer a")]) == .credentialsAmbiguous)
        #expect(Self.code([(name, "Bearer a"), (name, "Bearer a"), (name, "Bearer a")]) == .credentialsAmbiguous)
    }

    @Test("a dictionary is read as a sequence is")
    func dictionary() throws {
        #expect(try Self.token(RequestHeaders(["authorization": "Bearer a", "Host": "h"])) == "a")
        let both = RequestHeaders(["AUTHORIZATION": "Bearer a", "x-serverless-authorization": "Bearer x"])
        #expect(try Self.token(both) == "x")
        let error = #expect(throws: VerificationError.self) { try Self.token(RequestHeaders([String: String]())) }
        #expect(error?.code == .credentialsMissing)
    }

    @Test("[58] a dictionary can have a name twice too, in two cases")
    func dictionaryRepeated() {
        let error = #expect(throws: VerificationError.self) {
            try Self.token(RequestHeaders(["Authorization": "Bearer a", "authorization": "Bearer a"]))
        }
        #expect(error?.code == .credentialsAmbiguous)
    }

    @Test("any sequence is read, once")
    func sequence() throws {
        var passes = 0
        let fields = AnySequence { () -> AnyIterator<Field> in
            passes += 1
            return AnyIterator(Self.both.makeIterator())
        }
        #expect(try Self.token(RequestHeaders(fields)) == "x")
        #expect(passes == 1)
    }

    @Test("the token that a request would be judged by is told without a verifier")
    func credential() throws {
        #expect(try IDTokenVerifier.credential(in: Self.both).token == "x")
        let error = #expect(throws: VerificationError.self) { try IDTokenVerifier.credential(in: [Field]()) }
        #expect(error?.code == .credentialsMissing)
    }
}
