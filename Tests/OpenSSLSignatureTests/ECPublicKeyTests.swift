//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSigning
internal import TestSupport
internal import Testing

@testable internal import OpenSSLSignature

@Suite("Public key on the curve P-256")
struct ECPublicKeyTests {
    private static let message = Array("message".utf8)

    private static func verify(_ signature: [UInt8], by key: ECPublicKey, over message: [UInt8] = Self.message) throws {
        try key.verify(signature.span, over: message.span)
    }

    @Test("a signature verifies, again and again, and a changed one or another message does not")
    func verifies() throws {
        let pair = try ECKeyPair()
        let key = try pair.publicKey()
        for _ in 0..<20 {
            let signature = try pair.sign(Self.message)
            #expect(signature.count == 64)
            try Self.verify(signature, by: key)
            for index in [0, 31, 32, 63] {
                var changed = signature
                changed[index] ^= 1
                #expect(throws: OpenSSLError.self) { try Self.verify(changed, by: key) }
            }
            #expect(throws: OpenSSLError.self) { try Self.verify(signature, by: key, over: Self.message + [0]) }
            #expect(throws: OpenSSLError.self) { try Self.verify(signature, by: ECKeyPair().publicKey()) }
        }
    }

    @Test("a signature in DER, or of zeros, is none")
    func otherForms() throws {
        let pair = try ECKeyPair()
        let key = try pair.publicKey()
        let signature = try pair.sign(Self.message)
        guard let der = ECDSASignature.der(signature.span) else {
            Issue.record("the signature has no DER form")
            return
        }
        let forms = [
            (0..<der.count).map { der.bytes[$0] }, [UInt8](repeating: 0, count: 64), Array(signature.prefix(63)),
            signature + [0], [0] + signature, [0] + signature.prefix(32) + [0] + signature.suffix(32), [],
        ]
        for form in forms { #expect(throws: OpenSSLError.self) { try Self.verify(form, by: key) } }
    }

    @Test("many tasks over one key get the right answers")
    func concurrency() async throws {
        let pair = try ECKeyPair()
        let key = try pair.publicKey()
        let signature = try pair.sign(Self.message)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    (0..<50).count { _ in (try? Self.verify(signature, by: key)) == nil }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test("coordinates make the same key as the PEM form")
    func sources() throws {
        let pair = try ECKeyPair()
        let key = try pair.publicKey()
        let again = try ECPublicKey(x: key.x, y: key.y)
        #expect(key.isSame(as: again))
        #expect(try !key.isSame(as: ECKeyPair().publicKey()))
        try Self.verify(try pair.sign(Self.message), by: again)
    }

    @Test("two points with the same x are different keys")
    func sameX() throws {
        // The base point of the curve, and its negative (SEC 2 §2.4.2).
        let x = Self.bytes("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")
        let y = Self.bytes("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
        let negative = Self.bytes("b01cbd1c01e58065711814b583f061e9d431cca994cea1313449bf97c840ae0a")
        #expect(try !ECPublicKey(x: x, y: y).isSame(as: ECPublicKey(x: x, y: negative)))
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    @Test("[23] coordinates that are not on the curve, or have another length")
    func notOnCurve() throws {
        let key = try ECKeyPair().publicKey()
        var changed = key.y
        changed[31] ^= 1
        let zeros = [UInt8](repeating: 0, count: 32)
        let ones = [UInt8](repeating: 0xFF, count: 32)
        let pairs: [([UInt8], [UInt8])] = [
            (key.x, changed), (key.y, key.x), (zeros, zeros), (ones, ones), (key.x, ones), ([], []),
            (Array(key.x.dropFirst()), key.y), ([0] + key.x, key.y), (key.x, key.y + [0]),
        ]
        for (x, y) in pairs {
            let error = #expect(throws: ECKeyError.self) { try ECPublicKey(x: x, y: y) }
            guard case .notOnCurve? = error else {
                Issue.record("another error")
                continue
            }
        }
    }

    @Test("PEM texts that hold no key on the named curve P-256")
    func otherKeys() throws {
        let commands: [(String, [String])] = [
            ("another curve", ["ecparam", "-genkey", "-noout", "-name", "secp384r1"]),
            ("a curve of the same size", ["ecparam", "-genkey", "-noout", "-name", "secp256k1"]),
            (
                "a curve that is described and not named",
                ["ecparam", "-genkey", "-noout", "-name", "prime256v1", "-param_enc", "explicit"]
            ),
            ("an Edwards curve", ["genpkey", "-algorithm", "ED25519"]),
        ]
        for (name, arguments) in commands {
            let pem = try OpenSSLCommand.publicKey(of: arguments)
            let error = #expect(throws: ECKeyError.self) { try ECPublicKey(publicKeyPEM: pem) }
            guard case .otherCurve? = error else {
                Issue.record("\(name) is not told as another curve: \(String(describing: error))")
                continue
            }
        }
        let named = try OpenSSLCommand.publicKey(of: ["ecparam", "-genkey", "-noout", "-name", "prime256v1"])
        _ = try ECPublicKey(publicKeyPEM: named)
    }

    @Test("texts that hold no public key", arguments: ["", "x", KnownKey.ecCertificate, KnownKey.rsaCertificate])
    func noKey(pem: String) {
        let error = #expect(throws: ECKeyError.self) { try ECPublicKey(publicKeyPEM: Array(pem.utf8)) }
        guard case .notPublicKey? = error else {
            Issue.record("another error")
            return
        }
    }
}
