//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

/// A prepared OpenSSL context for one key and one verification at a time.
///
/// The preparation costs about half a verification, so contexts are reused.
@safe final class VerificationContext: @unchecked Sendable {
    // Sendable: it has one user at a time; `VerificationContextPool` hands it to one thread and takes it back.
    private let digest: SHA256Digest
    private let verification: OpaquePointer

    /// Creates a context.
    ///
    /// - Parameters:
    ///   - key: The key; it is borrowed, and the context keeps a reference of its own.
    ///   - isRSA: Whether it is an RSA key for RS256; otherwise it is a key on a curve for ES256.
    /// - Throws: ``OpenSSLError`` if OpenSSL rejects the key for that algorithm.
    init(key: OpaquePointer, isRSA: Bool) throws(OpenSSLError) {
        self.digest = try SHA256Digest()
        guard let verification = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else {
            throw OpenSSLError.drainingQueue()
        }
        unsafe self.verification = verification
        guard
            unsafe EVP_PKEY_verify_init(verification) == 1,
            unsafe !isRSA || EVP_PKEY_CTX_set_rsa_padding(verification, RSA_PKCS1_PADDING) == 1,
            unsafe EVP_PKEY_CTX_set_signature_md(verification, EVP_sha256()) == 1
        else { throw OpenSSLError.drainingQueue() }
    }

    deinit {
        unsafe EVP_PKEY_CTX_free(self.verification)
    }

    /// Verifies the signature of a message with the context's key.
    ///
    /// - Throws: ``OpenSSLError`` if the signature is invalid.
    func verify(_ signature: Span<UInt8>, over message: Span<UInt8>) throws(OpenSSLError) {
        OpenSSLError.clearQueue()
        guard let hash = self.digest.hash(message) else { throw OpenSSLError.drainingQueue() }
        let result = unsafe hash.span.withUnsafeBufferPointer { hash in
            unsafe signature.withUnsafeBufferPointer { signature in
                unsafe EVP_PKEY_verify(
                    self.verification,
                    signature.baseAddress,
                    signature.count,
                    hash.baseAddress,
                    hash.count
                )
            }
        }
        guard result == 1 else { throw OpenSSLError.drainingQueue() }
    }
}
