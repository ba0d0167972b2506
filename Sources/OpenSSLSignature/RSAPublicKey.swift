//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

/// An RSA public key that verifies RS256 signatures: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).
@safe package final class RSAPublicKey: Sendable {
    // Sendable: the key is never changed after `init`, and OpenSSL counts references to it atomically.
    private nonisolated(unsafe) let pointer: OpaquePointer
    private let contexts: VerificationContextPool

    /// The length of the modulus in bits.
    package let bitCount: Int
    /// The length of the modulus, and of every signature, in bytes.
    package let byteCount: Int
    /// The public exponent, big-endian, without leading zeros.
    package let exponent: [UInt8]
    /// The modulus, big-endian, without leading zeros.
    package let modulus: [UInt8]

    /// Creates a key from an OpenSSL key.
    ///
    /// - Parameter pointer: The key; this object frees it, even if the initializer throws.
    /// - Throws: ``RSAKeyError`` if it is not an RSA key, or cannot verify.
    package init(takingOwnershipOf pointer: OpaquePointer) throws(RSAKeyError) {
        unsafe self.pointer = pointer
        let bits = unsafe Int(EVP_PKEY_get_bits(pointer))
        self.bitCount = bits
        self.byteCount = (bits + 7) / 8
        self.modulus = unsafe PublicKeyInteger.read(OSSL_PKEY_PARAM_RSA_N, of: pointer)
        self.exponent = unsafe PublicKeyInteger.read(OSSL_PKEY_PARAM_RSA_E, of: pointer)
        self.contexts = VerificationContextPool()
        guard unsafe EVP_PKEY_is_a(pointer, "RSA") == 1, !self.modulus.isEmpty, !self.exponent.isEmpty else {
            throw .notRSA
        }
        // The first context is created here, so that a key which OpenSSL rejects fails in the initializer.
        do {
            self.contexts.giveBack(unsafe try VerificationContext(key: pointer, isRSA: true))
        } catch {
            throw .refused(error)
        }
    }

    deinit {
        unsafe EVP_PKEY_free(self.pointer)
    }

    /// Whether both keys have the same modulus and exponent.
    package func isSame(as other: RSAPublicKey) -> Bool {
        self === other || self.modulus == other.modulus && self.exponent == other.exponent
    }

    /// Verifies the signature of a message.
    ///
    /// - Parameters:
    ///   - signature: The signature; its length must be ``byteCount``.
    ///   - message: The signed bytes.
    /// - Throws: ``OpenSSLError`` if the signature is invalid.
    package func verify(_ signature: Span<UInt8>, over message: Span<UInt8>) throws(OpenSSLError) {
        guard signature.count == self.byteCount else {
            throw OpenSSLError(reasons: ["signature length differs from modulus length"])
        }
        try self.contexts.verify(signature, over: message) { () throws(OpenSSLError) in
            unsafe try VerificationContext(key: self.pointer, isRSA: true)
        }
    }
}

/// The reason why bytes are not a usable RSA public key.
package enum RSAKeyError: Error, Sendable {
    /// The bytes do not contain a readable certificate.
    case notCertificate
    /// The key is not an RSA key.
    case notRSA
    /// OpenSSL rejects the key.
    case refused(OpenSSLError)
}
