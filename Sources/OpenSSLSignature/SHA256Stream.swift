//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

/// The SHA-256 of a message that comes in pieces, such as a file that is read.
@safe package final class SHA256Stream {
    private let context: OpaquePointer
    private var hasFailed = false

    /// - Throws: ``OpenSSLError`` if OpenSSL has no SHA-256.
    package init() throws(OpenSSLError) {
        OpenSSLError.clearQueue()
        guard let context = unsafe EVP_MD_CTX_new() else { throw OpenSSLError.drainingQueue() }
        guard unsafe EVP_DigestInit_ex2(context, EVP_sha256(), nil) == 1 else {
            unsafe EVP_MD_CTX_free(context)
            throw OpenSSLError.drainingQueue()
        }
        unsafe self.context = context
    }

    deinit {
        unsafe EVP_MD_CTX_free(self.context)
    }

    /// Adds the next piece.
    package func add(_ piece: Span<UInt8>) {
        let result = unsafe piece.withUnsafeBufferPointer { piece in
            unsafe EVP_DigestUpdate(self.context, piece.baseAddress, piece.count)
        }
        if result != 1 { self.hasFailed = true }
    }

    /// Ends the message; no piece may be added afterwards.
    ///
    /// - Returns: The digest, or nil if OpenSSL failed.
    package func finish() -> SHA256Hash? {
        var hash = InlineArray<32, UInt8>(repeating: 0)
        var output = hash.mutableSpan
        let result = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe EVP_DigestFinal_ex(self.context, output.baseAddress, nil)
        }
        return result == 1 && !self.hasFailed ? SHA256Hash(hash) : nil
    }
}
