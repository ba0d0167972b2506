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

/// Our signatures and answers beside those of the command `openssl`.
@Suite(
    "Differential: the command openssl",
    .enabled(if: OpenSSLCommand.isPresent, "there is no command openssl to compare with")
)
struct OpenSSLCommandTests {
    private static let kinds = [
        ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
        ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2049"],
        ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
        ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_keygen_pubexp:3"],
    ]

    /// Makes `key.pem` and `public.pem`.
    private static func makeKey(_ openSSL: borrowing OpenSSLCommand, _ kind: [String]) throws -> RSAKeyPair {
        try openSSL.run(["genpkey", "-out", "key.pem"] + kind)
        try openSSL.run(["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"])
        return try RSAKeyPair(privateKeyPEM: openSSL.read("key.pem"))
    }

    private static func commandHolds(
        _ openSSL: borrowing OpenSSLCommand,
        _ signature: [UInt8],
        over message: [UInt8]
    ) throws -> Bool {
        try openSSL.write(message, to: "message")
        try openSSL.write(signature, to: "signature")
        return try openSSL.succeeds(
            ["dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message"]
        )
    }

    @Test("both make the same signatures and believe each other", arguments: Self.kinds)
    func agreement(kind: [String]) throws {
        let openSSL = try OpenSSLCommand()
        let pair = try Self.makeKey(openSSL, kind)
        let key = try pair.publicKey()
        var generator = FixedGenerator(seed: 1)
        for length in [0, 1, 64, 1_000] {
            let message = generator.bytes(length)
            let ours = try pair.sign(message)
            #expect(try Self.commandHolds(openSSL, ours, over: message))

            try openSSL.run(["dgst", "-sha256", "-sign", "key.pem", "-out", "theirs", "message"])
            let theirs = try openSSL.read("theirs")
            #expect(key.accepts(theirs, over: message))
            #expect(ours == theirs)
        }
    }

    @Test("both refuse what was tampered with")
    func tampering() throws {
        let openSSL = try OpenSSLCommand()
        let pair = try Self.makeKey(openSSL, Self.kinds[0])
        let key = try pair.publicKey()
        let message = Array("header.payload".utf8)
        let signature = try pair.sign(message)
        #expect(try Self.commandHolds(openSSL, signature, over: message))

        var generator = FixedGenerator(seed: 2)
        for _ in 0..<8 {
            var changed = signature
            let index = Int.random(in: changed.indices, using: &generator)
            changed[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            #expect(try !Self.commandHolds(openSSL, changed, over: message))
            #expect(!key.accepts(changed, over: message))
        }
        for changed in [message + [0], message.dropLast(), []] {
            #expect(try !Self.commandHolds(openSSL, signature, over: changed))
            #expect(!key.accepts(signature, over: changed))
        }
        for cut in [signature.dropLast(), []] {
            #expect(try !Self.commandHolds(openSSL, cut, over: message))
            #expect(!key.accepts(cut, over: message))
        }
        // The command reads no more of the file than a signature's length; ours sees all of it.
        #expect(!key.accepts(signature + [0], over: message))
    }

    @Test(
        "signatures of other algorithms by the same key are refused",
        arguments: [
            ["-sha1"], ["-sha384"], ["-sha512"],
            ["-sha256", "-sigopt", "rsa_padding_mode:pss"],
            ["-sha256", "-sigopt", "rsa_padding_mode:x931"],
        ]
    )
    func otherAlgorithms(options: [String]) throws {
        let openSSL = try OpenSSLCommand()
        let pair = try Self.makeKey(openSSL, Self.kinds[0])
        let message = Array("header.payload".utf8)
        try openSSL.write(message, to: "message")
        try openSSL.run(["dgst"] + options + ["-sign", "key.pem", "-out", "theirs", "message"])
        let theirs = try openSSL.read("theirs")
        #expect(theirs.count == 256)
        #expect(try !pair.publicKey().accepts(theirs, over: message))
    }

    @Test(
        "certificates of the command give the key, or say that it is no RSA key",
        arguments: [
            (["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], true),
            (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], false),
            (["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"], false),
        ]
    )
    func certificates(kind: [String], isRSA: Bool) throws {
        let openSSL = try OpenSSLCommand()
        let pair = try Self.makeKey(openSSL, kind)
        try openSSL.run(["req", "-x509", "-new", "-key", "key.pem", "-subj", "/CN=test", "-out", "crt.pem"])
        let certificate = try openSSL.read("crt.pem")
        if isRSA {
            #expect(try RSAPublicKey(certificatePEM: certificate).modulus == pair.publicKey().modulus)
        } else {
            let error = #expect(throws: RSAKeyError.self) { try RSAPublicKey(certificatePEM: certificate) }
            // Told so, not only refused: a key for RSASSA-PSS alone has the numbers of an RSA key.
            if case .notRSA? = error {} else { Issue.record("\(String(describing: error))") }
            #expect(throws: RSAKeyError.self) { try pair.publicKey() }
        }
    }
}
