//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL
package import OpenSSLSignature

extension RSAKeyPair {
    /// Encodes the private key as unencrypted PKCS #8 in PEM form (RFC 7468 §10).
    ///
    /// - Returns: The bytes of the PEM text.
    /// - Throws: `OpenSSLError` if OpenSSL cannot encode it.
    package func privateKeyPEM() throws(OpenSSLError) -> [UInt8] {
        OpenSSLError.clearQueue()
        guard let file = MemoryFile() else { throw OpenSSLError.drainingQueue() }
        let isWritten = unsafe self.withPointer { key in
            unsafe file.withPointer { unsafe PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) == 1 }
        }
        guard isWritten else { throw OpenSSLError.drainingQueue() }
        return file.read()
    }

    /// Creates a self-signed certificate for the public key (RFC 5280 §4.1).
    ///
    /// - Parameters:
    ///   - name: The common name of subject and issuer, in ASCII.
    ///   - notBefore: The start of its validity, in seconds since 1970.
    ///   - notAfter: The end of its validity, in seconds since 1970.
    /// - Returns: The certificate in PEM form.
    /// - Throws: `OpenSSLError` if OpenSSL cannot create it.
    package func certificatePEM(name: String, notBefore: Int, notAfter: Int) throws(OpenSSLError) -> [UInt8] {
        OpenSSLError.clearQueue()
        guard let file = MemoryFile(), let certificate = unsafe X509_new() else { throw OpenSSLError.drainingQueue() }
        defer { unsafe X509_free(certificate) }
        let isWritten = unsafe self.withPointer { key in
            let subject = unsafe X509_get_subject_name(certificate)
            // Versions are counted from zero, so 2 is version 3.
            return unsafe X509_set_version(certificate, 2) == 1
                && ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) == 1
                && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, name, -1, -1, 0) == 1
                && X509_set_issuer_name(certificate, subject) == 1
                && ASN1_TIME_set(X509_getm_notBefore(certificate), notBefore) != nil
                && ASN1_TIME_set(X509_getm_notAfter(certificate), notAfter) != nil
                && X509_set_pubkey(certificate, key) == 1
                && X509_sign(certificate, key, EVP_sha256()) != 0
                && file.withPointer { unsafe PEM_write_bio_X509($0, certificate) == 1 }
        }
        guard isWritten else { throw OpenSSLError.drainingQueue() }
        return file.read()
    }
}
