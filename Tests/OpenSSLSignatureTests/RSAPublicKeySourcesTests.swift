//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Glibc
internal import OpenSSLSignature
internal import OpenSSLSigning
internal import TestSupport
internal import Testing

@Suite("RSA public key from numbers and certificates")
struct RSAPublicKeySourcesTests {
    private static let pem = KnownKey.rsaCertificate
    private static let privateKeyLabels = Self.pem.replacing("CERTIFICATE", with: "PRIVATE KEY")
    /// A certificate whose PEM headers say that its body is encrypted (RFC 1421 §4.6).
    private static let encryptedPEM = Self.pem.replacing(
        "-----BEGIN CERTIFICATE-----\n",
        with: """
            -----BEGIN CERTIFICATE-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF


            """
    )

    private static func key(_ pem: String) throws(RSAKeyError) -> RSAPublicKey {
        try RSAPublicKey(certificatePEM: Array(pem.utf8))
    }

    private static func isNotCertificate(_ error: RSAKeyError?) -> Bool {
        if case .notCertificate = error { true } else { false }
    }

    private static func isNotRSA(_ error: RSAKeyError?) -> Bool {
        if case .notRSA = error { true } else { false }
    }

    @Test("a key from its numbers has these numbers and verifies")
    func numbers() throws {
        let original = try TestToken.key.publicKey()
        let key = try RSAPublicKey(modulus: original.modulus, exponent: original.exponent)
        #expect(key.modulus == original.modulus)
        #expect(key.exponent == original.exponent)
        #expect(key.bitCount == 2_048)
        try key.verify(try TestToken.key.sign([1, 2, 3]), over: [1, 2, 3])
    }

    @Test("leading zeros are not part of a number")
    func leadingZeros() throws {
        let original = try TestToken.key.publicKey()
        let key = try RSAPublicKey(modulus: [0, 0] + original.modulus, exponent: [0] + original.exponent)
        #expect(key.modulus == original.modulus)
        #expect(key.exponent == original.exponent)
        #expect(key.byteCount == original.byteCount)
    }

    @Test(
        "numbers that are none are refused",
        arguments: [([], [1, 0, 1]), ([], []), ([0], [3]), ([0, 0, 0], [0])] as [([UInt8], [UInt8])]
    )
    func noNumbers(modulus: [UInt8], exponent: [UInt8]) {
        #expect(throws: RSAKeyError.self) { try RSAPublicKey(modulus: modulus, exponent: exponent) }
    }

    @Test(
        "numbers that are no RSA key vouch for nothing",
        arguments: [
            (Array(repeating: 0xFF, count: 255) + [0xFE], [1, 0, 1]),
            (Array(repeating: 0xFF, count: 256), [1]),
            (Array(repeating: 0xFF, count: 256), [2]),
            (Array(repeating: 0x80, count: 256), Array(repeating: 0xFF, count: 300)),
            ([3], [3]),
            ([1], [1, 0, 1]),
        ] as [([UInt8], [UInt8])]
    )
    func senselessNumbers(modulus: [UInt8], exponent: [UInt8]) {
        #expect(throws: (any Error).self) {
            let key = try RSAPublicKey(modulus: modulus, exponent: exponent)
            let signature = [UInt8](repeating: 0x55, count: key.byteCount)
            try key.verify(signature, over: [1, 2, 3])
        }
    }

    @Test("a certificate gives its key")
    func certificate() throws {
        let key = try Self.key(Self.pem)
        #expect(key.bitCount == 2_048)
        #expect(key.exponent == [1, 0, 1])
        try key.verify(KnownKey.rsaCertificateSignature, over: KnownKey.message)
    }

    @Test(
        "text around a certificate does not matter",
        arguments: [
            Named("a line break at the end", Self.pem + "\n"),
            Named("words before", "subject=CN = test\n\n" + Self.pem),
            Named("words behind", Self.pem + "\ntrailing bytes"),
            Named("another certificate behind", Self.pem + "\n" + KnownKey.ecCertificate),
            Named("line breaks of two characters", Self.pem.replacing("\n", with: "\r\n")),
        ]
    )
    func surroundings(pem: Named<String>) throws {
        try #require(pem.value != Self.pem)
        #expect(try Self.key(pem.value).modulus == Self.key(Self.pem).modulus)
    }

    @Test("a certificate of another kind of key is told apart")
    func elliptic() {
        let error = #expect(throws: RSAKeyError.self) { try Self.key(KnownKey.ecCertificate) }
        #expect(Self.isNotRSA(error))
    }

    @Test(
        "what is no certificate is told",
        arguments: [
            Named("nothing", ""),
            Named("a space", " "),
            Named("words", "no certificate"),
            Named("a zero byte", "\0"),
            Named("a first line", "-----BEGIN CERTIFICATE-----"),
            Named("an empty body", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"),
            Named("a body that is no DER", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
            Named("a body that is no base64", "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----"),
            Named("a cut body", String(Self.pem.prefix(500))),
            Named("a cut last line", String(Self.pem.dropLast(5))),
            Named("another last line", Self.pem.replacing("END CERTIFICATE", with: "END CERTIFICATF")),
            Named("a changed length", Self.pem.replacing("MIIDATCCAemg", with: "MIIDATCCAemf")),
            Named("a zero byte in the body", Self.pem.replacing("MIIDATCCAemg", with: "MIIDATCCAem\0")),
            Named("labels of a private key", Self.privateKeyLabels),
            Named("an encrypted body", Self.encryptedPEM),
        ]
    )
    func garbage(pem: Named<String>) throws {
        try #require(pem.value != Self.pem)
        let error = #expect(throws: RSAKeyError.self) { try Self.key(pem.value) }
        #expect(Self.isNotCertificate(error))
    }

    @Test("a pass phrase is never asked for, at the terminal or on standard input")
    func passPhrase() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [0, 0]
            let line = Array("mine\n".utf8)
            guard
                unsafe pipe(&ends) == 0,
                unsafe write(ends[1], line, line.count) == line.count,
                dup2(ends[0], 0) == 0
            else { exit(2) }
            // Without a terminal OpenSSL would turn to standard input.
            _ = setsid()
            _ = try? Self.key(Self.encryptedPEM)
            var first: UInt8 = 0
            exit(unsafe read(0, &first, 1) == 1 && first == line[0] ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }
}
