//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

extension RSAPublicKey {
    private static let maximumBitCount = 8192
    /// In bytes: OpenSSL rejects longer exponents with a large modulus, and long exponents make verification slow.
    private static let maximumExponentSize = 8

    /// Reads the members of a JSON Web Key (RFC 7518 §6.3.1).
    convenience init(webKey object: [IDTokenJSON.Member]) throws(UnusableKey) {
        guard let modulus = Self.unsignedInteger(object["n"]), let exponent = Self.unsignedInteger(object["e"]) else {
            throw UnusableKey(reason: "its modulus (n) or exponent (e) is not encoded as RFC 7518 §6.3.1 requires")
        }
        // The sizes are checked before OpenSSL computes with the numbers, which may be huge.
        guard modulus.count <= Self.maximumBitCount / 8 else { throw .outsideLimits }
        guard exponent.count <= Self.maximumExponentSize else { throw .badNumbers }
        do throws(RSAKeyError) {
            try self.init(modulus: modulus, exponent: exponent)
        } catch {
            throw UnusableKey(error)
        }
        try self.checkLimits()
    }

    /// Reads the certificate of a document that maps key IDs to certificates.
    convenience init(publishedPEM pem: String) throws(UnusableKey) {
        do throws(RSAKeyError) {
            try self.init(certificatePEM: Array(pem.utf8))
        } catch {
            throw UnusableKey(error)
        }
        try self.checkLimits()
    }

    /// Checks the sizes that RS256 requires (RFC 7518 §3.3) and that limit the cost of a verification.
    private func checkLimits() throws(UnusableKey) {
        guard 2048...Self.maximumBitCount ~= self.bitCount else { throw .outsideLimits }
        guard
            self.modulus.isOdd, self.exponent.isOdd, self.exponent != [1],
            self.exponent.count <= Self.maximumExponentSize
        else { throw .badNumbers }
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

    fileprivate init(_ error: RSAKeyError) {
        self.reason =
            switch error {
            case .notCertificate: "it is not a certificate in PEM form"
            case .notRSA: "it is not an RSA key"
            case .refused(let error): "OpenSSL rejects it (\(error))"
            }
    }
}

extension [UInt8] {
    /// Whether the octets are an odd number in big-endian order.
    fileprivate var isOdd: Bool {
        self.last.map { $0 & 1 == 1 } ?? false
    }
}
