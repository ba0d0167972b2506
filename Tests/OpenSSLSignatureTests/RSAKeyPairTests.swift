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

@Suite("RSA key pair")
struct RSAKeyPairTests {
    @Test("a fresh key has the length asked for", arguments: [1_024, 2_048, 3_072])
    func fresh(bits: Int) throws {
        let pair = try RSAKeyPair(bitCount: bits)
        let key = try pair.publicKey()
        #expect(key.bitCount == bits)
        let signature = try pair.sign([1, 2, 3])
        #expect(signature.count == bits / 8)
        try key.verify(signature, over: [1, 2, 3])
    }

    @Test("two fresh keys differ")
    func different() throws {
        #expect(try RSAKeyPair(bitCount: 1_024).publicKey().modulus != RSAKeyPair(bitCount: 1_024).publicKey().modulus)
    }

    @Test("an impossible length is refused", arguments: [-1, 0, 1, 511, .min, .max])
    func impossible(bits: Int) {
        #expect(throws: OpenSSLError.self) { try RSAKeyPair(bitCount: bits) }
    }

    @Test(
        "what is no private key is refused",
        arguments: [
            Named("nothing", ""), Named("garbage", "garbage"), Named("a certificate", KnownKey.rsaCertificate),
        ]
    )
    func garbage(pem: Named<String>) {
        #expect(throws: OpenSSLError.self) { try RSAKeyPair(privateKeyPEM: Array(pem.value.utf8)) }
    }

    @Test("the same message has the same signature, another message another")
    func deterministic() throws {
        let key = try TestToken.key
        #expect(try key.sign([1]) == key.sign([1]))
        #expect(try key.sign([1]) != key.sign([2]))
    }

    @Test("public keys outlive the pair and each other")
    func lifetimes() throws {
        var pair: RSAKeyPair? = try RSAKeyPair(bitCount: 2_048)
        let signature = try #require(try pair?.sign([7]))
        var first = try pair?.publicKey()
        let second = try #require(try pair?.publicKey())
        pair = nil
        try first?.verify(signature, over: [7])
        first = nil
        try second.verify(signature, over: [7])
    }

    @Test("a private key that is written as PEM and read back is the same key")
    func writesThePrivateKey() throws {
        let key = try RSAKeyPair(bitCount: 2_048)
        let again = try RSAKeyPair(privateKeyPEM: try key.privateKeyPEM())
        #expect(try again.publicKey().modulus == (try key.publicKey().modulus))
        #expect(String(decoding: try key.privateKeyPEM(), as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    }

    @Test("a certificate holds the public key of the pair that made it")
    func makesACertificate() throws {
        let key = try RSAKeyPair(bitCount: 2_048)
        let certificate = try key.certificatePEM(name: "test", notBefore: 1_700_000_000, notAfter: 1_800_000_000)
        #expect(try RSAPublicKey(certificatePEM: certificate).modulus == (try key.publicKey().modulus))
    }
}
