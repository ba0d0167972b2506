//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

extension RSAPublicKey {
    /// Creates a key from its modulus and exponent.
    ///
    /// - Parameters:
    ///   - modulus: The modulus, big-endian.
    ///   - exponent: The public exponent, big-endian.
    /// - Throws: ``RSAKeyError`` if OpenSSL rejects them.
    package convenience init(modulus: [UInt8], exponent: [UInt8]) throws(RSAKeyError) {
        OpenSSLError.clearQueue()
        guard let pointer = unsafe Self.makeKey(modulus: modulus, exponent: exponent) else {
            throw .refused(OpenSSLError.drainingQueue())
        }
        unsafe try self.init(takingOwnershipOf: pointer)
    }

    /// Creates a key from a certificate.
    ///
    /// The certificate's signature and dates are not checked: Google's certificates are self-signed with SHA-1. The
    /// trust comes from the HTTPS server that publishes them.
    ///
    /// - Parameter pem: The certificate in PEM form (RFC 7468).
    /// - Throws: ``RSAKeyError`` if there is no certificate, or its key is not an RSA key.
    package convenience init(certificatePEM pem: [UInt8]) throws(RSAKeyError) {
        OpenSSLError.clearQueue()
        let certificate = unsafe pem.withUnsafeBufferPointer { pem -> OpaquePointer? in
            guard let length = Int32(exactly: pem.count), let bio = unsafe BIO_new_mem_buf(pem.baseAddress, length)
            else { return nil }
            defer { unsafe BIO_free(bio) }
            // Without a callback, OpenSSL asks for a pass phrase on the terminal, or reads a line from standard input,
            // if the PEM headers say that the body is encrypted.
            return unsafe PEM_read_bio_X509(bio, nil, { _, _, _, _ in -1 }, nil)
        }
        guard let certificate = unsafe certificate else {
            OpenSSLError.clearQueue()
            throw .notCertificate
        }
        defer { unsafe X509_free(certificate) }
        guard let pointer = unsafe X509_get_pubkey(certificate) else {
            throw .refused(OpenSSLError.drainingQueue())
        }
        unsafe try self.init(takingOwnershipOf: pointer)
    }

    private static func makeKey(modulus: [UInt8], exponent: [UInt8]) -> OpaquePointer? {
        guard
            let parameters = RSAParameters(modulus: modulus, exponent: exponent),
            let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        return unsafe parameters.withPointer { parameters in
            var pointer: OpaquePointer?
            guard
                unsafe EVP_PKEY_fromdata_init(context) == 1,
                unsafe EVP_PKEY_fromdata(context, &pointer, COPENSSL_PUBLIC_KEY, parameters) == 1
            else { return nil }
            return unsafe pointer
        }
    }
}

/// The modulus and exponent of an RSA public key as OpenSSL's parameters.
@safe private struct RSAParameters: ~Copyable {
    private let pointer: UnsafeMutablePointer<OSSL_PARAM>

    init?(modulus: [UInt8], exponent: [UInt8]) {
        guard
            let modulus = BigNumber(modulus),
            let exponent = BigNumber(exponent),
            let builder = unsafe OSSL_PARAM_BLD_new()
        else { return nil }
        defer { unsafe OSSL_PARAM_BLD_free(builder) }
        // The builder keeps pointers to the numbers until it creates the parameters, so both are borrowed until then.
        let pointer = unsafe modulus.withPointer { modulus in
            unsafe exponent.withPointer { exponent -> UnsafeMutablePointer<OSSL_PARAM>? in
                guard
                    unsafe OSSL_PARAM_BLD_push_BN(builder, COPENSSL_RSA_MODULUS, modulus) == 1,
                    unsafe OSSL_PARAM_BLD_push_BN(builder, COPENSSL_RSA_EXPONENT, exponent) == 1
                else { return nil }
                return unsafe OSSL_PARAM_BLD_to_param(builder)
            }
        }
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe OSSL_PARAM_free(self.pointer)
    }

    /// Calls a closure with the parameters; a property could outlive them, since a value may end after its last use.
    borrowing func withPointer<Result>(_ body: (UnsafeMutablePointer<OSSL_PARAM>) -> Result) -> Result {
        unsafe body(self.pointer)
    }
}

/// An integer of any size.
@safe private struct BigNumber: ~Copyable {
    private let pointer: OpaquePointer

    init?(_ bigEndian: [UInt8]) {
        guard
            let length = Int32(exactly: bigEndian.count),
            let pointer = unsafe bigEndian.withUnsafeBufferPointer({ unsafe BN_bin2bn($0.baseAddress, length, nil) })
        else { return nil }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe BN_free(self.pointer)
    }

    /// Calls a closure with the number.
    borrowing func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        unsafe body(self.pointer)
    }
}
