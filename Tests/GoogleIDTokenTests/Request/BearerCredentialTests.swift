//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

@Suite("Bearer credential")
struct BearerCredentialTests {
    private static func token(_ value: String, maximumSize: Int = 1_024) throws(VerificationError) -> String {
        let token = try BearerCredential.token(in: value, of: .authorization, maximumSize: maximumSize)
        try BearerCredential.check(token, of: .authorization)
        return String(token)
    }

    private static func code(_ value: String) -> VerificationError.Code? {
        #expect(throws: VerificationError.self) { try Self.token(value) }?.code
    }

    @Test(
        "[57] the scheme comes in any case, with any number of spaces after it",
        arguments: [
            "Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "bEaReR a.b.c", "Bearer  a.b.c", "Bearer      a.b.c",
            "Bearer a.b.c ", "Bearer a.b.c \t ", " Bearer a.b.c", "\t Bearer a.b.c",
        ]
    )
    func accepted(value: String) throws {
        #expect(try Self.token(value) == "a.b.c")
    }

    @Test(
        "[59] a token of RFC 6750's characters comes through as it is",
        arguments: [
            "a", "0", "-", ".", "_", "~", "+", "/", "a=", "a==", "a=====", "..", "a.b.c.d", "abcXYZ019-._~+/==",
            "bearer", "Bearer", "eyJ.eyJ.SIGNATURE_REMOVED_BY_GOOGLE",
        ]
    )
    func tokens(token: String) throws {
        #expect(try Self.token("Bearer \(token)") == token)
    }

    @Test("[59] of all ASCII characters just RFC 6750's are taken")
    func alphabet() {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/"
        let taken = (0...0x7F as ClosedRange<UInt8>)
            .filter { (try? Self.token("Bearer a\(Unicode.Scalar($0))a")) != nil }
        #expect(taken == alphabet.utf8.sorted())
    }

    @Test(
        "[59] what is no b64token is malformed",
        arguments: [
            "Bearer", "Bearer ", "Bearer   ", "bearer\t", "Bearer a b", "Bearer a  b", "Bearer a\tb", "Bearer\ta",
            "Bearer \ta", "Bearer =", "Bearer ==a", "Bearer a=b", "Bearer \"a\"", "Bearer a\0", "Bearer a\n",
            "Bearer a\r\nX: y", "Bearer é", "Bearer a\u{301}", "Bearer ａ", "Bearer a;b", "Bearer a:b", "Bearer a%20b",
            "Bearer a\u{7F}", "Bearer \u{A0}a", "Bearer a\u{200B}", "Bearer token=a.b.c ", "Bearer Bearer a",
            "Bearer <a>",
        ]
    )
    func malformed(value: String) {
        #expect(Self.code(value) == .credentialsMalformed)
    }

    @Test(
        "[63] another scheme is no credential",
        arguments: [
            "", " ", "\t", "Basic dXNlcjpwYXNz", "Basic", "Digest username=\"a\"", "Negotiate a", "Bear a", "Bearera",
            "Bearer:a", "Bearer=a", "XBearer a", "Bearers a", "a.b.c", "Token a.b.c", "\"Bearer\" a", "Ｂearer a",
            "Bearer\u{A0}a", "Bearer\na", "Bearer\0 a", "JWT a.b.c", ", Bearer a", "Digest a=\"b\", c=\"d\"",
        ]
    )
    func otherSchemes(value: String) {
        #expect(Self.code(value) == .credentialsMissing)
    }

    @Test(
        "[58] two credentials joined by a comma",
        arguments: [
            "Bearer a, Bearer b", "Bearer a,Bearer b", "Bearer a , Bearer b", "Bearer a,b", "Bearer a,", "Bearer ,a",
            "Bearer ,", "Bearer a, Basic b", "Basic b, Bearer a", "Basic b,Bearer a", "Basic b,\t bearer a",
            "Digest a=\"b\", c=\"d\", BEARER a", "Basic b, Bearer", "Bearer, Bearer a",
        ]
    )
    func ambiguous(value: String) {
        #expect(Self.code(value) == .credentialsAmbiguous)
    }

    @Test("the longest token is taken, and one byte more is not", arguments: [1, 100, 1_024])
    func size(size: Int) throws {
        let token = String(repeating: "a", count: size)
        #expect(try Self.token("Bearer \(token)", maximumSize: size) == token)
        let error = #expect(throws: VerificationError.self) { try Self.token("Bearer \(token)a", maximumSize: size) }
        #expect(error?.code == .tokenTooLarge)
    }

    @Test("what is too long is not looked at", arguments: [",", " ", "\0", "é", "a, Bearer "])
    func sizeFirst(part: String) {
        #expect(Self.code("Bearer a" + String(repeating: part, count: 1_024)) == .tokenTooLarge)
    }

    @Test("the error names the header, and nothing of its value", arguments: CredentialHeader.allCases)
    func explanation(header: CredentialHeader) {
        for value in ["Bearer secret secret", "Bearer secret, Bearer secret", "Basic secret", "secret"] {
            let error = #expect(throws: VerificationError.self) {
                try BearerCredential.check(
                    BearerCredential.token(in: value, of: header, maximumSize: 1_024),
                    of: header
                )
            }
            #expect(error?.explanation.contains(header.rawValue) == true)
            #expect(error.map { "\($0)".contains("secret") } == false)
        }
    }
}
