//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature
internal import OpenSSLSigning
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Compact token")
struct CompactTokenTests {
    private static func parse(_ text: String, maximumSize: Int = 16_384) throws(VerificationError) -> CompactToken {
        try CompactToken(parsing: text, maximumSize: maximumSize)
    }

    private static func error(_ text: String, maximumSize: Int = 16_384) -> VerificationError? {
        #expect(throws: VerificationError.self) { try Self.parse(text, maximumSize: maximumSize) }
    }

    @Test("a minted token comes apart into what was put in")
    func parts() throws {
        let token = try Self.parse(TestToken.minted())
        #expect(token.header == Array(TestToken.header().utf8))
        #expect(token.payload == Array(TestToken.claims().utf8))
        #expect(token.signature.count == 256)
        #expect(!token.isSignatureRemoved)
        try token.verifySignature(with: .rsa(TestToken.key.publicKey()))
    }

    @Test("the smallest token has a byte a segment")
    func smallest() throws {
        let token = try Self.parse("AA.AQ.Ag")
        #expect(token.header == [0])
        #expect(token.payload == [1])
        #expect(token.signature == [2])
    }

    @Test(
        "[1] other than three non-empty segments",
        arguments: [
            "", ".", "..", "...", "AA", "AA.", ".AA", "AA.AA", "AA..", ".AA.", "..AA", "AA.AA.", "AA..AA", ".AA.AA",
            "AA.AA.AA.", ".AA.AA.AA", "AA..AA.AA", "AA.AA.AA.AA", "AA.AA.AA.AA.AA", "AA,AA,AA", "AA\u{3002}AA.AA",
        ]
    )
    func segments(text: String) {
        #expect(Self.error(text)?.code == .tokenMalformed)
    }

    @Test(
        "[2] a segment that is not base64url, in each place",
        arguments: [
            "AA==", "AA=", "A+AA", "A/AA", "AA\n", "\nAA", " AA", "AA ", "A AA", "AA\r\n", "A", "AAAAA", "AA\0", "ÄAA",
            "AA%3D", "\u{FEFF}AA", "\"AA\"",
        ]
    )
    func characters(segment: String) {
        for text in ["\(segment).AA.AA", "AA.\(segment).AA", "AA.AA.\(segment)"] {
            #expect(Self.error(text)?.code == .tokenMalformed)
        }
    }

    @Test(
        "[3] bits that are left over and not zero, in each place",
        arguments: ["AB", "Af", "A_", "AAB", "AAD", "AA_"]
    )
    func leftOverBits(segment: String) {
        for text in ["\(segment).AA.AA", "AA.\(segment).AA", "AA.AA.\(segment)"] {
            #expect(Self.error(text)?.code == .tokenMalformed)
        }
    }

    @Test("the longest token is taken, and one byte more is not")
    func size() throws {
        let text = try TestToken.minted()
        let size = text.utf8.count
        #expect(try Self.parse(text, maximumSize: size).signature.count == 256)
        #expect(Self.error(text, maximumSize: size - 1)?.code == .tokenTooLarge)
    }

    @Test("the size is told before anything else, and in bytes")
    func sizeFirst() {
        #expect(Self.error(String(repeating: ".", count: 1_025), maximumSize: 1_024)?.code == .tokenTooLarge)
        #expect(Self.error(String(repeating: ".", count: 1_024), maximumSize: 1_024)?.code == .tokenMalformed)
        #expect(Self.error(String(repeating: "ä", count: 513), maximumSize: 1_024)?.code == .tokenTooLarge)
        #expect(Self.error(String(repeating: "ä", count: 512), maximumSize: 1_024)?.code == .tokenMalformed)
    }

    @Test("an access token is named as one")
    func accessToken() {
        for text in ["ya29.a0AfH6SMBx", "ya29.c.b0Aaekm1K.x.y"] {
            let error = Self.error(text)
            #expect(error?.code == .tokenMalformed)
            #expect(error?.explanation.contains("access token") == true)
        }
        #expect(Self.error("ya28.a0AfH6SMBx")?.explanation.contains("access token") == false)
    }

    @Test("Google's word for a removed signature is recognised, byte by byte")
    func removedSignature() throws {
        #expect(CompactToken.removedSignature == "SIGNATURE_REMOVED_BY_GOOGLE")
        let token = try Self.parse("AA.AA.SIGNATURE_REMOVED_BY_GOOGLE")
        #expect(token.isSignatureRemoved)
        #expect(token.signature.count == 20)
    }

    @Test(
        "what only resembles that word is a signature",
        arguments: [
            "SIGNATURE_REMOVED_BY_GOOGLA", "signature_removed_by_google", "SIGNATURE-REMOVED-BY-GOOGLE",
            "SIGNATURE_REMOVED_BY_GOOGLEA", "XSIGNATURE_REMOVED_BY_GOOGLE", "SIGNATURE_REMOVED_BY_GOOGLEAAAA",
            "SIGNATURE_REMOVED_BY_GOOG", "signature_removed_by_googlE",
        ]
    )
    func nearlyRemovedSignature(segment: String) {
        // Some of them are no base64url, which is as good.
        let token = try? Self.parse("AA.AA.\(segment)")
        #expect(token?.isSignatureRemoved != true)
    }

    @Test("the word counts in the third segment only")
    func removedSignatureElsewhere() throws {
        let word = CompactToken.removedSignature
        #expect(try Self.parse("\(word).\(word).AA").isSignatureRemoved == false)
    }

    @Test("[10] a respelling of the same header is not what was signed")
    func signedBytes() throws {
        let parts = try TestToken.minted().split(separator: ".")
        let header = " " + TestToken.header()
        let respelled = Base64URL.encode(Array(header.utf8)) + ".\(parts[1]).\(parts[2])"
        let token = try Self.parse(respelled)
        let error = #expect(throws: VerificationError.self) {
            try token.verifySignature(with: .rsa(TestToken.key.publicKey()))
        }
        #expect(error?.code == .signatureInvalid)
        #expect(error?.underlying is OpenSSLError)
    }

    @Test("[10] a signature over the token's payload alone, or without the dot, does not hold", arguments: 0..<4)
    func otherSignedBytes(choice: Int) throws {
        let header = Base64URL.encode(Array(TestToken.header().utf8))
        let claims = Base64URL.encode(Array(TestToken.claims().utf8))
        let signed = [claims, header + claims, "\(header).\(claims).", TestToken.header() + "." + TestToken.claims()]
        let signature = Base64URL.encode(try TestToken.key.sign(Array(signed[choice].utf8)))
        let token = try Self.parse("\(header).\(claims).\(signature)")
        let error = #expect(throws: VerificationError.self) {
            try token.verifySignature(with: .rsa(TestToken.key.publicKey()))
        }
        #expect(error?.code == .signatureInvalid)
    }

    @Test("[20] a signature of another length than the modulus", arguments: [1, 20, 128, 255, 257, 512])
    func signatureLengths(length: Int) throws {
        let valid = try TestToken.minted()
        let signature = try Self.parse(valid).signature
        let changed = Array((signature + signature).prefix(length))
        let signed = valid.split(separator: ".").prefix(2).joined(separator: ".")
        let token = try Self.parse(signed + "." + Base64URL.encode(changed))
        let error = #expect(throws: VerificationError.self) {
            try token.verifySignature(with: .rsa(TestToken.key.publicKey()))
        }
        #expect(error?.code == .signatureInvalid)
    }
}
