//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL
package import OpenSSLSignature

/// An RSA key pair that creates RS256 signatures: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).
///
/// It is for the calling side, tests and stand-ins. The verifier does not depend on this target and therefore cannot sign.
@safe package final class RSAKeyPair: Sendable {
    // Sendable: the key is never changed after `init`, and OpenSSL counts references to it atomically.
    private nonisolated(unsafe) let pointer: OpaquePointer

    /// Generates a key.
    ///
    /// - Parameter bitCount: The length of the modulus in bits.
    /// - Throws: `OpenSSLError` if OpenSSL rejects that length.
    package init(bitCount: Int) throws(OpenSSLError) {
        OpenSSLError.clearQueue()
        guard let bits = UInt32(exactly: bitCount), let pointer = unsafe COPENSSL_generate_rsa(bits) else {
            throw OpenSSLError.drainingQueue()
        }
        unsafe self.pointer = pointer
    }

    /// Parses a private key.
    ///
    /// - Parameter pem: The unencrypted key in PEM form (RFC 7468 §10).
    /// - Throws: `OpenSSLError` if the text contains no private key.
    package init(privateKeyPEM pem: [UInt8]) throws(OpenSSLError) {
        unsafe self.pointer = try PrivateKeyPEM.read(pem)
    }

    deinit {
        unsafe EVP_PKEY_free(self.pointer)
    }

    /// Calls a closure with the key; a property could outlive it.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        unsafe body(self.pointer)
    }

    /// OpenSSL's name of the key's algorithm, such as `RSA`, `EC` or `ML-DSA-65`; a key of another algorithm than `RSA` cannot
    /// create RS256 signatures.
    package var algorithmName: String {
        guard let name = unsafe EVP_PKEY_get0_type_name(self.pointer) else { return "unknown" }
        return unsafe String(cString: name)
    }

    /// The length of the modulus in bits.
    package var bitCount: Int {
        unsafe Int(EVP_PKEY_get_bits(self.pointer))
    }

    /// Returns the public key that verifies the signatures of this key pair.
    ///
    /// - Throws: `RSAKeyError` if the key is not an RSA key.
    package func publicKey() throws(RSAKeyError) -> RSAPublicKey {
        unsafe EVP_PKEY_up_ref(self.pointer)
        return try unsafe RSAPublicKey(takingOwnershipOf: self.pointer)
    }

    /// Signs a message.
    ///
    /// - Parameter message: The bytes to sign.
    /// - Returns: A signature as long as the modulus.
    /// - Throws: `OpenSSLError` if OpenSSL cannot sign with this key.
    package func sign(_ message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        OpenSSLError.clearQueue()
        guard let context = unsafe EVP_MD_CTX_new() else { throw OpenSSLError.drainingQueue() }
        defer { unsafe EVP_MD_CTX_free(context) }
        var length = unsafe Int(EVP_PKEY_get_size(self.pointer))
        var signature = [UInt8](repeating: 0, count: length)
        guard
            unsafe EVP_DigestSignInit(context, nil, EVP_sha256(), nil, self.pointer) == 1,
            unsafe EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        else { throw OpenSSLError.drainingQueue() }
        return Array(signature.prefix(length))
    }
}
