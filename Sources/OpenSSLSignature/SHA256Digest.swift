//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL

/// Computes SHA-256 digests one after the other with a single OpenSSL context.
@safe package struct SHA256Digest: ~Copyable {
    private let context: OpaquePointer

    /// Creates the context.
    ///
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

    /// Returns the digest of a message, or nil if OpenSSL fails.
    ///
    /// - Parameter message: The message.
    /// - Returns: The 32 bytes.
    package borrowing func hash(_ message: Span<UInt8>) -> InlineArray<32, UInt8>? {
        // A nil type keeps the digest algorithm of the context.
        guard unsafe EVP_DigestInit_ex2(self.context, nil, nil) == 1, self.add(message) else { return nil }
        return self.finish()
    }

    /// Adds a piece of the message that began when the context was created.
    ///
    /// - Parameter piece: The next bytes.
    /// - Returns: Whether OpenSSL took them.
    borrowing func add(_ piece: Span<UInt8>) -> Bool {
        unsafe piece.withUnsafeBufferPointer { piece in
            unsafe EVP_DigestUpdate(self.context, piece.baseAddress, piece.count) == 1
        }
    }

    /// Ends the message.
    ///
    /// - Returns: The 32 bytes, or nil if OpenSSL fails.
    borrowing func finish() -> InlineArray<32, UInt8>? {
        var hash = InlineArray<32, UInt8>(repeating: 0)
        var output = hash.mutableSpan
        let result = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe EVP_DigestFinal_ex(self.context, output.baseAddress, nil)
        }
        return result == 1 ? hash : nil
    }
}
