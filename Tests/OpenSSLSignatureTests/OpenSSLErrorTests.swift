//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import COpenSSL
internal import OpenSSLSigning
internal import TestSupport
internal import Testing

@testable internal import OpenSSLSignature

/// The error queue belongs to the thread, so no test here suspends.
@Suite("OpenSSL error")
struct OpenSSLErrorTests {
    /// Leaves an error behind, as a careless neighbour on the same thread would.
    private static func pollute() {
        let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "no such algorithm", nil)
        unsafe EVP_PKEY_CTX_free(context)
    }

    /// What is left in the queue.
    private static var leftovers: [String] {
        OpenSSLError.drainingQueue().reasons
    }

    @Test("draining takes all reasons, oldest first, and leaves none")
    func draining() {
        OpenSSLError.clearQueue()
        #expect(Self.leftovers == [])
        Self.pollute()
        _ = unsafe BIO_new_mem_buf(nil, -1)
        let reasons = Self.leftovers
        #expect(reasons.count == 2)
        #expect(reasons.first?.contains("unsupported") == true)
        #expect(reasons.last?.contains("null") == true)
        #expect(Self.leftovers == [])
    }

    @Test("clearing leaves none")
    func clearing() {
        Self.pollute()
        OpenSSLError.clearQueue()
        #expect(Self.leftovers == [])
    }

    @Test("the description joins the reasons")
    func description() {
        #expect(OpenSSLError(reasons: []).description == "OpenSSL gave no reason")
        #expect(OpenSSLError(reasons: ["one", "two"]).description == "one; two")
    }

    @Test("an error that was there before spoils no success")
    func successAfterFailure() throws {
        let key = try TestToken.key.publicKey()
        let signature = try TestToken.key.sign([1])
        Self.pollute()
        try key.verify(signature, over: [1])
        #expect(Self.leftovers == [])
        Self.pollute()
        _ = try RSAPublicKey(modulus: key.modulus, exponent: key.exponent)
        #expect(Self.leftovers == [])
        Self.pollute()
        _ = try RSAPublicKey(certificatePEM: Array(KnownKey.rsaCertificate.utf8))
        #expect(Self.leftovers == [])
        Self.pollute()
        _ = try TestToken.key.sign([1])
        #expect(Self.leftovers == [])
    }

    @Test("an error that was there before is not taken for this one's")
    func failureAfterFailure() throws {
        let key = try TestToken.key.publicKey()
        let wrong = try TestToken.key.sign([2])
        OpenSSLError.clearQueue()
        let alone = #expect(throws: OpenSSLError.self) { try key.verify(wrong, over: [1]) }
        Self.pollute()
        let after = #expect(throws: OpenSSLError.self) { try key.verify(wrong, over: [1]) }
        #expect(alone?.reasons == after?.reasons)
        #expect(alone?.reasons.isEmpty == false)
    }

    @Test("a refused signature leaves nothing behind")
    func failureThenSuccess() throws {
        let key = try TestToken.key.publicKey()
        let right = try TestToken.key.sign([1])
        let wrong = try TestToken.key.sign([2])
        OpenSSLError.clearQueue()
        #expect(throws: OpenSSLError.self) { try key.verify(wrong, over: [1]) }
        #expect(Self.leftovers == [])
        try key.verify(right, over: [1])
        #expect(Self.leftovers == [])
    }

    @Test(
        "a refused key leaves nothing behind",
        arguments: [
            Named("garbage", "garbage"),
            Named("a key on a curve", KnownKey.ecCertificate),
            Named("a cut certificate", String(KnownKey.rsaCertificate.dropLast(40))),
        ]
    )
    func refusedKey(pem: Named<String>) {
        let pem = pem.value
        OpenSSLError.clearQueue()
        #expect(throws: RSAKeyError.self) { try RSAPublicKey(certificatePEM: Array(pem.utf8)) }
        #expect(Self.leftovers == [])
        #expect(throws: RSAKeyError.self) { try RSAPublicKey(modulus: [], exponent: []) }
        #expect(Self.leftovers == [])
        #expect(throws: OpenSSLError.self) { try RSAKeyPair(privateKeyPEM: Array(pem.utf8)) }
        #expect(Self.leftovers == [])
    }
}
