//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// Why a published key is not used, in fixed words.
struct UnusableKey: Error {
    let reason: String

    /// Runs what may find a key unreadable.
    static func wrapping(
        _ make: () throws(RSAKeyError) -> RSAPublicKey
    ) throws(UnusableKey) -> RSAPublicKey {
        do throws(RSAKeyError) {
            return try make()
        } catch {
            switch error {
            case .notCertificate: throw UnusableKey(reason: "it is not a certificate in PEM form")
            case .notRSA: throw UnusableKey(reason: "it is not an RSA key")
            case .refused(let error): throw UnusableKey(reason: "OpenSSL refuses it (\(error))")
            }
        }
    }
}

/// A JSON Web Key (RFC 7517 §4) for RS256 signatures (RFC 7518 §6.3.1).
enum JSONWebKey {
    /// Reads a key.
    ///
    /// - Parameter json: The key as it stands in the set; equal names are kept in it.
    /// - Returns: The key with its key ID.
    /// - Throws: ``UnusableKey`` if it is not for checking RS256 signatures, or is written wrongly.
    static func read(_ json: JSONValue) throws(UnusableKey) -> KeySet.Key {
        guard case .object(let object) = json else { throw UnusableKey(reason: "it is not a JSON object") }
        guard Set(object.members.map { ExactString($0.name) }).count == object.members.count else {
            throw UnusableKey(reason: "it has a name twice")
        }
        guard let id = object["kid"]?.stringValue else { throw UnusableKey(reason: "it has no key ID (kid)") }
        guard object["kty"]?.stringValue?.isExactly("RSA") == true else {
            throw UnusableKey(reason: "its type (kty) is not RSA")
        }
        guard object["use"].map({ $0 == .string("sig") }) ?? true else {
            throw UnusableKey(reason: "its use is not sig")
        }
        guard object["key_ops"].map({ $0.arrayValue?.contains(.string("verify")) ?? false }) ?? true else {
            throw UnusableKey(reason: "its operations (key_ops) do not include verify")
        }
        guard object["alg"].map({ $0 == .string(TrustProfile.googleIDToken.algorithm) }) ?? true else {
            throw UnusableKey(reason: "its algorithm (alg) is not RS256")
        }
        guard let modulus = Self.unsignedInteger(object["n"]), let exponent = Self.unsignedInteger(object["e"]) else {
            throw UnusableKey(reason: "its modulus (n) or exponent (e) is not written as RFC 7518 §6.3.1 says")
        }
        // Before OpenSSL sees them, so that no monstrous number is computed with.
        guard modulus.count <= RSAPublicKey.maximumBitCount / 8 else { throw .outsideLimits }
        guard exponent.count <= RSAPublicKey.maximumExponentSize else { throw .badNumbers }
        let publicKey = try UnusableKey.wrapping { () throws(RSAKeyError) in
            try RSAPublicKey(modulus: modulus, exponent: exponent)
        }
        try publicKey.checkLimits()
        return KeySet.Key(id: id, publicKey: publicKey)
    }

    /// Reads a Base64urlUInt: as few octets as possible, the first of them not zero (RFC 7518 §2).
    private static func unsignedInteger(_ value: JSONValue?) -> [UInt8]? {
        guard let text = value?.stringValue, let bytes = Base64URL.decode(text.utf8.span) else { return nil }
        return bytes.first == 0 || bytes.isEmpty ? nil : bytes
    }
}

extension UnusableKey {
    fileprivate static let outsideLimits = UnusableKey(reason: "its modulus is not of 2048 to 8192 bits")
    fileprivate static let badNumbers = UnusableKey(
        reason: "its modulus or exponent is even, or its exponent is 1 or longer than 64 bits"
    )
}

extension RSAPublicKey {
    fileprivate static let maximumBitCount = 8192
    /// In bytes: OpenSSL takes no longer one with a large modulus, and a long one makes signatures costly to check.
    fileprivate static let maximumExponentSize = 8

    /// Checks the sizes that RS256 needs (RFC 7518 §3.3) and that keep the cost of a signature bounded.
    func checkLimits() throws(UnusableKey) {
        guard 2048...Self.maximumBitCount ~= self.bitCount else { throw .outsideLimits }
        guard
            self.modulus.isOdd, self.exponent.isOdd, self.exponent != [1],
            self.exponent.count <= Self.maximumExponentSize
        else { throw .badNumbers }
    }
}

extension [UInt8] {
    /// Whether the big-endian number of these octets is odd.
    fileprivate var isOdd: Bool {
        self.last.map { $0 & 1 == 1 } ?? false
    }
}
