//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

extension ECPublicKey {
    /// Reads a key in PEM form, as Identity-Aware Proxy publishes its keys.
    ///
    /// - Parameter pem: The SubjectPublicKeyInfo of RFC 5480 in PEM form (RFC 7468 §13).
    /// - Throws: ``ECKeyError`` if there is no public key, or it is not a point on the curve P-256.
    package convenience init(publicKeyPEM pem: [UInt8]) throws(ECKeyError) {
        OpenSSLError.clearQueue()
        let pointer = unsafe pem.withUnsafeBufferPointer { pem -> OpaquePointer? in
            guard let length = Int32(exactly: pem.count), let bio = unsafe BIO_new_mem_buf(pem.baseAddress, length)
            else { return nil }
            defer { unsafe BIO_free(bio) }
            // Without a callback, OpenSSL asks for a pass phrase on the terminal if the PEM headers say that the body is
            // encrypted.
            return unsafe PEM_read_bio_PUBKEY(bio, nil, { _, _, _, _ in -1 }, nil)
        }
        guard let pointer = unsafe pointer else {
            OpenSSLError.clearQueue()
            throw .notPublicKey
        }
        defer { unsafe EVP_PKEY_free(pointer) }
        guard unsafe EVP_PKEY_is_a(pointer, "EC") == 1, unsafe Self.isOnNamedCurve(pointer) else {
            OpenSSLError.clearQueue()
            throw .otherCurve
        }
        // The key is made anew from its point, so that nothing else that was read has an effect.
        try self.init(
            x: unsafe Self.coordinate(OSSL_PKEY_PARAM_EC_PUB_X, of: pointer),
            y: unsafe Self.coordinate(OSSL_PKEY_PARAM_EC_PUB_Y, of: pointer)
        )
    }

    /// Whether the key names the curve P-256, and does not describe a curve of its own (RFC 5480 §2.1.1).
    private static func isOnNamedCurve(_ pointer: OpaquePointer) -> Bool {
        unsafe Self.text(OSSL_PKEY_PARAM_GROUP_NAME, of: pointer) == Array(unsafe String(cString: COPENSSL_P256).utf8)
            && Self.text(OSSL_PKEY_PARAM_EC_ENCODING, of: pointer) == Array(OSSL_PKEY_EC_ENCODING_GROUP.utf8)
    }

    private static func text(_ name: String, of pointer: OpaquePointer) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        var count = 0
        let isRead = unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe EVP_PKEY_get_utf8_string_param(
                pointer,
                name,
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                bytes.count,
                &count
            ) == 1
        }
        guard isRead, count <= bytes.count else { return [] }
        return Array(bytes.prefix(count))
    }

    private static func coordinate(_ name: String, of pointer: OpaquePointer) -> [UInt8] {
        let integer = unsafe PublicKeyInteger.read(name, of: pointer)
        return [UInt8](repeating: 0, count: max(Self.coordinateByteCount - integer.count, 0)) + integer
    }
}
