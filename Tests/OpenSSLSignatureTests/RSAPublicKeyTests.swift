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

@Suite("RSA public key")
struct RSAPublicKeyTests {
    private static let message = Array("header.payload".utf8)
    private static let largeKey = Result { try RSAKeyPair(bitCount: 4_096) }

    @Test("a signature holds for its own message and key")
    func holds() throws {
        let key = try TestToken.key.publicKey()
        let signature = try TestToken.key.sign(Self.message)
        #expect(signature.count == key.byteCount)
        try key.verify(signature, over: Self.message)
        try key.verify(signature, over: Self.message)
    }

    @Test("sizes are those of the modulus", arguments: [2_048, 4_096])
    func sizes(bits: Int) throws {
        let pair = try bits == 2_048 ? TestToken.key : Self.largeKey.get()
        let key = try pair.publicKey()
        #expect(key.bitCount == bits)
        #expect(key.byteCount == bits / 8)
        #expect(key.modulus.count == bits / 8)
        #expect(key.modulus.first ?? 0 >= 0x80)
        #expect(key.exponent == [1, 0, 1])
        try key.verify(try pair.sign(Self.message), over: Self.message)
    }

    @Test("an empty message can be signed, and is not every message")
    func emptyMessage() throws {
        let key = try TestToken.key.publicKey()
        let signature = try TestToken.key.sign([])
        try key.verify(signature, over: [])
        #expect(throws: OpenSSLError.self) { try key.verify(signature, over: [0]) }
    }

    @Test("a signature of another length never reaches OpenSSL", arguments: [0, 1, 20, 255, 257, 512, 4_096])
    func lengths(count: Int) throws {
        let key = try TestToken.key.publicKey()
        let signature = try TestToken.key.sign(Self.message)
        let resized = Array((signature + Array(repeating: 0, count: 4_096)).prefix(count))
        let error = #expect(throws: OpenSSLError.self) {
            try key.verify(resized, over: Self.message)
        }
        #expect(error?.reasons == ["signature length differs from modulus length"])
    }

    @Test("a signature with a zero byte before it is too long")
    func leadingZero() throws {
        let signature = try TestToken.key.sign(Self.message)
        let key = try TestToken.key.publicKey()
        #expect(throws: OpenSSLError.self) { try key.verify([0] + signature, over: Self.message) }
    }

    @Test("one changed bit anywhere in the signature is found")
    func changedSignature() throws {
        let key = try TestToken.key.publicKey()
        let signature = try TestToken.key.sign(Self.message)
        for bit in 0..<(signature.count * 8) {
            var changed = signature
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: OpenSSLError.self, "bit \(bit)") {
                try key.verify(changed, over: Self.message)
            }
        }
        try key.verify(signature, over: Self.message)
    }

    @Test("one changed bit anywhere in the message is found")
    func changedMessage() throws {
        let key = try TestToken.key.publicKey()
        let signature = try TestToken.key.sign(Self.message)
        for bit in 0..<(Self.message.count * 8) {
            var changed = Self.message
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: OpenSSLError.self, "bit \(bit)") { try key.verify(signature, over: changed) }
        }
        #expect(throws: OpenSSLError.self) { try key.verify(signature, over: Self.message + [0]) }
        #expect(throws: OpenSSLError.self) {
            try key.verify(signature, over: Self.message.dropLast())
        }
    }

    @Test("numbers that are no signature of anything are refused", arguments: [0x00, 0x01, 0x7F, 0xFF] as [UInt8])
    func constants(byte: UInt8) throws {
        let key = try TestToken.key.publicKey()
        let signature = Array(repeating: byte, count: key.byteCount)
        let error = #expect(throws: OpenSSLError.self) { try key.verify(signature, over: Self.message) }
        #expect(error?.reasons.isEmpty == false)
    }

    @Test("a number and the same number plus the modulus are not both signatures")
    func addedModulus() throws {
        let key = try RSAPublicKey(certificatePEM: Array(KnownKey.rsaCertificate.utf8))
        var sum = KnownKey.rsaCertificateSignature
        var carry = 0
        for index in sum.indices.reversed() {
            let digit = Int(sum[index]) + Int(key.modulus[index]) + carry
            sum[index] = UInt8(digit & 0xFF)
            carry = digit >> 8
        }
        // Only then has the sum the length of a signature.
        #expect(carry == 0)
        #expect(throws: OpenSSLError.self) { try key.verify(sum, over: KnownKey.message) }
        try key.verify(KnownKey.rsaCertificateSignature, over: KnownKey.message)
    }

    @Test("a key does not vouch for another key's signature")
    func otherKey() throws {
        let other = try RSAPublicKey(certificatePEM: Array(KnownKey.rsaCertificate.utf8))
        let signature = try TestToken.key.sign(Self.message)
        #expect(throws: OpenSSLError.self) { try other.verify(signature, over: Self.message) }
    }

    @Test("a key is the same only with the same modulus and the same exponent")
    func same() throws {
        let key = try TestToken.key.publicKey()
        let other = try RSAPublicKey(certificatePEM: Array(KnownKey.rsaCertificate.utf8))
        #expect(key.isSame(as: key))
        #expect(key.isSame(as: try RSAPublicKey(modulus: key.modulus, exponent: key.exponent)))
        #expect(!key.isSame(as: try RSAPublicKey(modulus: key.modulus, exponent: [3])))
        #expect(!key.isSame(as: try RSAPublicKey(modulus: other.modulus, exponent: key.exponent)))
    }

    @Test("the public exponent 3 is computed with")
    func exponent3() throws {
        let key = try RSAPublicKey(modulus: KnownKey.exponent3Modulus, exponent: [3])
        #expect(key.exponent == [3])
        try key.verify(KnownKey.exponent3Signature, over: KnownKey.message)

        let other = try RSAPublicKey(modulus: KnownKey.exponent3Modulus, exponent: [1, 0, 1])
        #expect(throws: OpenSSLError.self) {
            try other.verify(KnownKey.exponent3Signature, over: KnownKey.message)
        }
    }
}
