//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL
package import OpenSSLSignature

/// A key pair on the curve P-256 that creates ES256 signatures: ECDSA with SHA-256 (RFC 7518 §3.4).
///
/// It is for tests and stand-ins. The verifier does not depend on this target and therefore cannot sign.
@safe package final class ECKeyPair: Sendable {
    // Sendable: the key is never changed after `init`, and OpenSSL counts references to it atomically.
    private nonisolated(unsafe) let pointer: OpaquePointer

    /// Generates a key.
    ///
    /// - Throws: `OpenSSLError` if OpenSSL cannot generate one.
    package init() throws(OpenSSLError) {
        OpenSSLError.clearQueue()
        guard let pointer = unsafe COPENSSL_generate_p256() else { throw OpenSSLError.drainingQueue() }
        unsafe self.pointer = pointer
    }

    /// Parses a private key.
    ///
    /// - Parameter pem: The unencrypted key in PEM form (RFC 7468 §10).
    /// - Throws: `OpenSSLError` if the text contains no private key, and `ECKeyError` if it is not one on P-256.
    package init(privateKeyPEM pem: [UInt8]) throws {
        unsafe self.pointer = try PrivateKeyPEM.read(pem)
        _ = try self.publicKey()
    }

    deinit {
        unsafe EVP_PKEY_free(self.pointer)
    }

    /// Returns the public key that verifies the signatures of this key pair.
    ///
    /// - Throws: `OpenSSLError` if OpenSSL cannot write the key, and `ECKeyError` if it cannot be read again.
    package func publicKey() throws -> ECPublicKey {
        try ECPublicKey(publicKeyPEM: try self.publicKeyPEM())
    }

    /// Encodes the public key as a SubjectPublicKeyInfo in PEM form (RFC 7468 §13).
    ///
    /// - Throws: `OpenSSLError` if OpenSSL cannot encode it.
    package func publicKeyPEM() throws(OpenSSLError) -> [UInt8] {
        OpenSSLError.clearQueue()
        guard let file = MemoryFile() else { throw OpenSSLError.drainingQueue() }
        let isWritten = unsafe file.withPointer { unsafe PEM_write_bio_PUBKEY($0, self.pointer) == 1 }
        guard isWritten else { throw OpenSSLError.drainingQueue() }
        return file.read()
    }

    /// Signs a message.
    ///
    /// - Parameter message: The bytes to sign.
    /// - Returns: The signature in the fixed form r ‖ s of 64 bytes.
    /// - Throws: `OpenSSLError` if OpenSSL cannot sign.
    package func sign(_ message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        OpenSSLError.clearQueue()
        guard let context = unsafe EVP_MD_CTX_new() else { throw OpenSSLError.drainingQueue() }
        defer { unsafe EVP_MD_CTX_free(context) }
        var length = unsafe Int(EVP_PKEY_get_size(self.pointer))
        var der = [UInt8](repeating: 0, count: length)
        guard
            unsafe EVP_DigestSignInit(context, nil, EVP_sha256(), nil, self.pointer) == 1,
            unsafe EVP_DigestSign(context, &der, &length, message, message.count) == 1,
            let signature = Self.fixedForm(Array(der.prefix(length)))
        else { throw OpenSSLError.drainingQueue() }
        return signature
    }

    /// Converts DER that OpenSSL wrote to the fixed form r ‖ s.
    private static func fixedForm(_ der: [UInt8]) -> [UInt8]? {
        var signature = [UInt8](repeating: 0, count: ECDSASignature.byteCount)
        let isConverted = unsafe der.withUnsafeBufferPointer { der -> Bool in
            var start = der.baseAddress
            guard let parsed = unsafe d2i_ECDSA_SIG(nil, &start, der.count) else { return false }
            defer { unsafe ECDSA_SIG_free(parsed) }
            return unsafe signature.withUnsafeMutableBufferPointer { signature in
                guard let base = signature.baseAddress else { return false }
                return unsafe BN_bn2binpad(ECDSA_SIG_get0_r(parsed), base, 32) == 32
                    && BN_bn2binpad(ECDSA_SIG_get0_s(parsed), base + 32, 32) == 32
            }
        }
        return isConverted ? signature : nil
    }
}
