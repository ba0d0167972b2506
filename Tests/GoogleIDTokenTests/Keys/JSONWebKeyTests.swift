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

@Suite("JSON web key")
struct JSONWebKeyTests {
    private static func read(_ json: String) throws -> KeySet.Key {
        try JSONWebKey.read(try JSONReader.read(Array(json.utf8), duplicateNames: .keep), algorithm: .rs256)
    }

    private static func read(_ changes: [String: String?]) throws -> KeySet.Key {
        try Self.read(try TestToken.webKey(changes))
    }

    private static func reason(_ changes: [String: String?]) -> String? {
        #expect(throws: UnusableKey.self) { try Self.read(changes) }?.reason
    }

    /// The JSON of an odd number of so many bits.
    private static func number(bitCount: Int) -> String {
        let count = (bitCount + 7) / 8
        var bytes = [UInt8](repeating: 0xFF, count: count)
        bytes[0] = UInt8(truncatingIfNeeded: 0xFF >> (count * 8 - bitCount))
        return "\"\(Base64URL.encode(bytes))\""
    }

    @Test("Google's form of a key is read, and it verifies")
    func valid() throws {
        let key = try Self.read([:])
        #expect(key.id == TestToken.keyID)
        #expect(key.bitCount == 2_048)
        let message = KnownKey.message
        let signature = try TestToken.key.sign(message)
        try key.publicKey.verify(signature.span, over: message.span)
    }

    @Test("what may be absent, and what is not understood")
    func optionalMembers() throws {
        let changes: [String: String?] = [
            "use": nil, "alg": nil, "x5c": #"["AA"]"#, "x5t": "1", "x": "{}", "KTY": #""EC""#, "d": "null",
        ]
        #expect(try Self.read(changes).id == TestToken.keyID)
    }

    @Test("what is no object", arguments: ["null", "true", "1", #""a""#, "[]", "[{}]"])
    func notObject(json: String) {
        let error = #expect(throws: UnusableKey.self) { try Self.read(json) }
        #expect(error?.reason == "it is not a JSON object")
    }

    @Test("[14] a name that comes twice", arguments: ["kid", "kty", "n", "e", "alg", "use", "x"])
    func duplicateNames(name: String) throws {
        let key = try TestToken.webKey(["x": "1"])
        let value = try #require(try JSONReader.read(Array(key.utf8)).objectValue?[name]?.json)
        let error = #expect(throws: UnusableKey.self) { try Self.read("{\"\(name)\":\(value),\(key.dropFirst())") }
        #expect(error?.reason == "it has a duplicate name")
    }

    @Test("names that only Swift holds for equal are two names")
    func exactNames() throws {
        #expect(try Self.read(["\u{E9}": "1", #"e\u0301"#: "2"]).id == TestToken.keyID)
    }

    @Test("a key ID that is absent or not text", arguments: [nil, "null", "1", "[]", #"["a"]"#] as [String?])
    func keyID(json: String?) {
        #expect(Self.reason(["kid": json]) == "it has no key ID (kid)")
    }

    @Test(
        "[13] another type of key",
        arguments: [nil, "null", "1", #""EC""#, #""oct""#, #""OKP""#, #""rsa""#, #""RSA ""#, #"["RSA"]"#] as [String?]
    )
    func keyType(json: String?) {
        #expect(Self.reason(["kty": json]) == "its type (kty) is not RSA")
    }

    @Test("[15] another use", arguments: ["null", #""enc""#, #""SIG""#, #""""#, #"["sig"]"#, "true"])
    func use(json: String) {
        #expect(Self.reason(["use": json]) == "its use is not sig")
    }

    @Test("[15] operations with verify among them", arguments: [#"["verify"]"#, #"["sign","verify"]"#])
    func operations(json: String) throws {
        #expect(try Self.read(["key_ops": json]).id == TestToken.keyID)
    }

    @Test(
        "[15] operations without verify",
        arguments: ["null", "[]", #"["sign"]"#, #""verify""#, #"["Verify"]"#, #"["encrypt","wrapKey"]"#, "[1]", "{}"]
    )
    func otherOperations(json: String) {
        #expect(Self.reason(["key_ops": json]) == "its operations (key_ops) do not include verify")
    }

    @Test(
        "[16] [40] another algorithm",
        arguments: ["null", #""RS512""#, #""RS384""#, #""PS256""#, #""rs256""#, #""RSA-OAEP""#, #""""#, "256", "[]"]
    )
    func algorithm(json: String) {
        #expect(Self.reason(["alg": json]) == "its algorithm (alg) is not RS256")
    }

    @Test(
        "[21] numbers that are not written as Base64urlUInt",
        arguments: [
            nil, "null", "65537", "[]", #""""#, #""AQAB=""#, #""AQAB\n""#, #"" AQAB""#, #""AQ+B""#, #""AQ/B""#, #""A""#,
            #""AQB""#, #""AAEAAQ""#, #""AA""#, #""0x10001""#, #""\u0000""#,
        ] as [String?]
    )
    func numbers(json: String?) {
        for name in ["n", "e"] {
            #expect(Self.reason([name: json])?.contains("modulus (n) or exponent (e)") == true)
        }
    }

    @Test("[21] a leading zero octet of the modulus, as some programs write it")
    func leadingZero() throws {
        let modulus = try TestToken.key.publicKey().modulus
        let reason = Self.reason(["n": "\"\(Base64URL.encode([0] + modulus))\""])
        #expect(reason?.contains("modulus (n) or exponent (e)") == true)
    }

    @Test("[19] [21] a modulus of other than 2048 to 8192 bits", arguments: [1, 8, 512, 1_023, 1_024, 2_040, 2_047])
    func shortModulus(bitCount: Int) {
        // OpenSSL has a word to say on the shortest.
        let reason = Self.reason(["n": Self.number(bitCount: bitCount)])
        #expect(
            reason == "its modulus does not have 2048 to 8192 bits" || reason?.hasPrefix("OpenSSL rejects it") == true
        )
    }

    @Test("[21] a modulus of more than 8192 bits", arguments: [8_193, 8_200, 16_384, 100_000])
    func longModulus(bitCount: Int) {
        #expect(Self.reason(["n": Self.number(bitCount: bitCount)]) == "its modulus does not have 2048 to 8192 bits")
    }

    @Test("[19] the shortest modulus, the longest, and some between", arguments: [2_048, 2_049, 3_072, 4_096, 8_192])
    func modulus(bitCount: Int) throws {
        #expect(try Self.read(["n": Self.number(bitCount: bitCount)]).bitCount == bitCount)
    }

    @Test(
        "[21] an exponent that is even, 1, or longer than 64 bits",
        arguments: [[1], [2], [4], [1, 0], [1, 0, 0], [0xFF, 0xFE], [1, 0, 0, 0, 0, 0, 0, 0, 1]] as [[UInt8]]
    )
    func badExponent(bytes: [UInt8]) {
        #expect(Self.reason(["e": "\"\(Base64URL.encode(bytes))\""]) == Self.badNumbers)
    }

    @Test("[44] a modulus that is even, as no product of odd primes is")
    func evenModulus() {
        let modulus = [UInt8](repeating: 0xFF, count: 255) + [0xFE]
        #expect(Self.reason(["n": "\"\(Base64URL.encode(modulus))\""]) == Self.badNumbers)
    }

    private static let badNumbers = "its modulus or exponent is even, or its exponent is 1 or longer than 64 bits"

    @Test("[21] odd exponents", arguments: [[3], [5], [17], [1, 1], [1, 0, 1]] as [[UInt8]])
    func exponent(bytes: [UInt8]) throws {
        let text = Base64URL.encode(bytes)
        #expect(try Self.read(["e": "\"\(text)\""]).webKeyMembers["e"] == .string(text))
    }

    @Test("a key whose exponent is 3 verifies")
    func exponentThree() throws {
        let modulus = "\"\(Base64URL.encode(KnownKey.exponent3Modulus))\""
        let key = try Self.read(["n": modulus, "e": #""Aw""#])
        let (signature, message) = (KnownKey.exponent3Signature, KnownKey.message)
        try key.publicKey.verify(signature.span, over: message.span)
    }

    @Test(
        "numbers that are no RSA key's verify nothing, and do no harm",
        arguments: [[3], [1, 0, 1], [UInt8](repeating: 0xFF, count: 8)] as [[UInt8]]
    )
    func nonsense(exponent: [UInt8]) throws {
        let modulus = [UInt8](repeating: 0xFF, count: 256)
        let json = Base64URL.encode(exponent)
        let key = try Self.read(["n": "\"\(Base64URL.encode(modulus))\"", "e": "\"\(json)\""])
        let message = KnownKey.message
        for byte in [0, 1, 0x7F, 0xFF] as [UInt8] {
            let signature = [UInt8](repeating: byte, count: 256)
            #expect(throws: OpenSSLError.self) { try key.publicKey.verify(signature.span, over: message.span) }
        }
    }
}
