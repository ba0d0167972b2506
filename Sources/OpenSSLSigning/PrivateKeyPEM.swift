//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import COpenSSL
internal import OpenSSLSignature

/// Private keys in PEM form (RFC 7468 §10).
enum PrivateKeyPEM {
    /// Reads a private key of any kind, whose owner is the caller.
    ///
    /// - Parameter pem: The unencrypted key.
    /// - Returns: The key.
    /// - Throws: `OpenSSLError` if the text contains no private key.
    static func read(_ pem: [UInt8]) throws(OpenSSLError) -> OpaquePointer {
        OpenSSLError.clearQueue()
        let pointer = unsafe pem.withUnsafeBufferPointer { pem -> OpaquePointer? in
            guard let length = Int32(exactly: pem.count), let bio = unsafe BIO_new_mem_buf(pem.baseAddress, length)
            else { return nil }
            defer { unsafe BIO_free(bio) }
            // Without a callback, OpenSSL asks for the pass phrase of an encrypted key on the terminal.
            return unsafe PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil)
        }
        guard let pointer = unsafe pointer else { throw OpenSSLError.drainingQueue() }
        return unsafe pointer
    }
}
