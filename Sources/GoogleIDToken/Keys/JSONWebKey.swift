//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// The reason why a published key cannot be used, as a fixed text.
struct UnusableKey: Error {
    let reason: String

    /// Converts the error of an RSA key into the reason.
    static func wrapping(
        _ make: () throws(RSAKeyError) -> RSAPublicKey
    ) throws(UnusableKey) -> RSAPublicKey {
        do throws(RSAKeyError) {
            return try make()
        } catch {
            switch error {
            case .notCertificate: throw UnusableKey(reason: "it is not a certificate in PEM form")
            case .notRSA: throw UnusableKey(reason: "it is not an RSA key")
            case .refused(let error): throw UnusableKey(reason: "OpenSSL rejects it (\(error))")
            }
        }
    }
}

/// A JSON Web Key (RFC 7517 §4) for RS256 signatures (RFC 7518 §6.3.1).
enum JSONWebKey {
    /// Parses a key.
    ///
    /// - Parameters:
    ///   - json: The key as it is written in the set, with duplicate names.
    ///   - algorithm: The only accepted algorithm.
    /// - Returns: The key with its key ID.
    /// - Throws: ``UnusableKey`` if the key is not for RS256 signatures, or is malformed.
    static func read(_ json: IDTokenJSON, algorithm: String) throws(UnusableKey) -> KeySet.Key {
        guard case .object(let object) = json else { throw UnusableKey(reason: "it is not a JSON object") }
        guard Set(object.map { ExactString($0.name) }).count == object.count else {
            throw UnusableKey(reason: "it has a duplicate name")
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
        guard object["alg"].map({ $0 == .string(algorithm) }) ?? true else {
            throw UnusableKey(reason: "its algorithm (alg) is not \(algorithm)")
        }
        guard let modulus = Self.unsignedInteger(object["n"]), let exponent = Self.unsignedInteger(object["e"]) else {
            throw UnusableKey(reason: "its modulus (n) or exponent (e) is not encoded as RFC 7518 §6.3.1 requires")
        }
        // The sizes are checked before OpenSSL computes with the numbers, which may be huge.
        guard modulus.count <= RSAPublicKey.maximumBitCount / 8 else { throw .outsideLimits }
        guard exponent.count <= RSAPublicKey.maximumExponentSize else { throw .badNumbers }
        let publicKey = try UnusableKey.wrapping { () throws(RSAKeyError) in
            try RSAPublicKey(modulus: modulus, exponent: exponent)
        }
        try publicKey.checkLimits()
        return KeySet.Key(id: id, publicKey: publicKey)
    }

    /// Decodes a Base64urlUInt, which must not have leading zero octets (RFC 7518 §2).
    private static func unsignedInteger(_ value: IDTokenJSON?) -> [UInt8]? {
        guard let text = value?.stringValue, let bytes = Base64URL.decode(text.utf8.span) else { return nil }
        return bytes.first == 0 || bytes.isEmpty ? nil : bytes
    }
}

extension UnusableKey {
    fileprivate static let outsideLimits = UnusableKey(reason: "its modulus does not have 2048 to 8192 bits")
    fileprivate static let badNumbers = UnusableKey(
        reason: "its modulus or exponent is even, or its exponent is 1 or longer than 64 bits"
    )
}

extension RSAPublicKey {
    fileprivate static let maximumBitCount = 8192
    /// In bytes: OpenSSL rejects longer exponents with a large modulus, and long exponents make verification slow.
    fileprivate static let maximumExponentSize = 8

    /// Checks the sizes that RS256 requires (RFC 7518 §3.3) and that limit the cost of a verification.
    func checkLimits() throws(UnusableKey) {
        guard 2048...Self.maximumBitCount ~= self.bitCount else { throw .outsideLimits }
        guard
            self.modulus.isOdd, self.exponent.isOdd, self.exponent != [1],
            self.exponent.count <= Self.maximumExponentSize
        else { throw .badNumbers }
    }
}

extension [UInt8] {
    /// Whether the octets are an odd number in big-endian order.
    fileprivate var isOdd: Bool {
        self.last.map { $0 & 1 == 1 } ?? false
    }
}
