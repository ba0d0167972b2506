//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSLTLS
package import OpenSSLSignature

/// A certificate authority that exists only in this process, and the certificate of a server that it has issued.
///
/// Its keys are made when it is, and are never written anywhere.
@safe package final class TLSCertificateAuthority: Sendable {
    /// The certificate of the authority in PEM form, for clients that are to trust it.
    package let certificatePEM: [UInt8]
    // Sendable: nothing changes the context after `init`, and OpenSSL counts references to it atomically.
    private nonisolated(unsafe) let context: OpaquePointer

    /// Makes an authority, and a certificate for a server.
    ///
    /// - Parameters:
    ///   - name: The common name of the authority, in ASCII.
    ///   - hosts: The host names and IP addresses of the server, as OpenSSL writes them, such as `DNS:example.com`.
    ///   - notBefore: The start of its validity, in seconds since 1970.
    ///   - notAfter: The end of its validity, in seconds since 1970.
    /// - Throws: `OpenSSLError` if OpenSSL cannot make it.
    package init(name: String, hosts: [String], notBefore: Int, notAfter: Int) throws(OpenSSLError) {
        OpenSSLError.clearQueue()
        let validity = (notBefore, notAfter)
        guard
            let authority = IssuedCertificate(
                name: name,
                serial: 1,
                extensions: [
                    (NID_basic_constraints, "critical,CA:TRUE"), (NID_key_usage, "critical,keyCertSign"),
                    (NID_subject_key_identifier, "hash"),
                ],
                validity: validity,
                issuer: nil
            ),
            let server = IssuedCertificate(
                name: "server",
                serial: 2,
                extensions: [
                    (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
                    (NID_ext_key_usage, "serverAuth"), (NID_subject_alt_name, hosts.joined(separator: ",")),
                    (NID_authority_key_identifier, "keyid"),
                ],
                validity: validity,
                issuer: authority
            ),
            let pem = authority.pem,
            let context = unsafe SSL_CTX_new(TLS_server_method())
        else { throw OpenSSLError.drainingQueue() }
        guard
            unsafe COPENSSLTLS_use_modern_versions(context) == 1
                && SSL_CTX_use_certificate(context, server.certificate) == 1
                && SSL_CTX_use_PrivateKey(context, server.key) == 1
        else {
            unsafe SSL_CTX_free(context)
            throw OpenSSLError.drainingQueue()
        }
        unsafe self.context = context
        self.certificatePEM = pem
    }

    deinit {
        unsafe SSL_CTX_free(self.context)
    }

    /// Makes a connection of the server.
    ///
    /// - Returns: The connection, on which nothing has been received.
    /// - Throws: `OpenSSLError` if OpenSSL cannot make it.
    package func connection() throws(OpenSSLError) -> TLSServerConnection {
        try unsafe TLSServerConnection(self.context)
    }
}

/// A certificate with its key.
@safe private final class IssuedCertificate {
    let key: OpaquePointer
    let certificate: OpaquePointer

    /// - Parameters:
    ///   - name: The common name.
    ///   - serial: The serial number.
    ///   - extensions: Numbers and values of extensions, as OpenSSL's configuration files have them.
    ///   - validity: The first and the last second.
    ///   - issuer: Who signs it, or nil if it signs itself.
    init?(
        name: String,
        serial: Int,
        extensions: [(number: Int32, value: String)],
        validity: (notBefore: Int, notAfter: Int),
        issuer: IssuedCertificate?
    ) {
        guard let key = unsafe COPENSSLTLS_generate_p256() else { return nil }
        guard let certificate = unsafe X509_new() else {
            unsafe EVP_PKEY_free(key)
            return nil
        }
        unsafe self.key = key
        unsafe self.certificate = certificate
        let subject = unsafe X509_get_subject_name(certificate)
        let signer = unsafe issuer?.key ?? key
        let signerCertificate = unsafe issuer?.certificate ?? certificate
        guard
            // Versions are counted from zero, so 2 is version 3.
            unsafe X509_set_version(certificate, 2) == 1
                && ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial) == 1
                && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, name, -1, -1, 0) == 1
                && X509_set_issuer_name(certificate, X509_get_subject_name(signerCertificate)) == 1
                && ASN1_TIME_set(X509_getm_notBefore(certificate), validity.notBefore) != nil
                && ASN1_TIME_set(X509_getm_notAfter(certificate), validity.notAfter) != nil
                && X509_set_pubkey(certificate, key) == 1
        else { return nil }
        var context = unsafe X509V3_CTX()
        unsafe X509V3_set_ctx(&context, signerCertificate, certificate, nil, nil, 0)
        for (number, value) in extensions {
            guard let one = unsafe X509V3_EXT_conf_nid(nil, &context, number, value) else { return nil }
            defer { unsafe X509_EXTENSION_free(one) }
            guard unsafe X509_add_ext(certificate, one, -1) == 1 else { return nil }
        }
        guard unsafe X509_sign(certificate, signer, EVP_sha256()) != 0 else { return nil }
    }

    deinit {
        unsafe X509_free(self.certificate)
        unsafe EVP_PKEY_free(self.key)
    }

    /// The certificate in PEM form, or nil if OpenSSL cannot write it.
    var pem: [UInt8]? {
        guard let file = unsafe BIO_new(BIO_s_mem()) else { return nil }
        defer { unsafe BIO_free(file) }
        guard unsafe PEM_write_bio_X509(file, self.certificate) == 1 else { return nil }
        return unsafe readAll(file)
    }
}

/// Returns and removes what is in a memory buffer of OpenSSL.
func readAll(_ file: OpaquePointer) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: unsafe BIO_ctrl_pending(file))
    var count = 0
    guard unsafe BIO_read_ex(file, &bytes, bytes.count, &count) == 1 else { return [] }
    return Array(bytes.prefix(count))
}
