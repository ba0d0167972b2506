//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import COpenSSL
private import POSIXLock

/// SHA-256 (FIPS 180-4) with contexts that are used again and again.
@safe package final class SHA256: Sendable {
    private let contexts = Lock<[DigestContext]>([])

    /// Contexts kept for reuse; more than this many are in use at once only while more threads hash.
    private static let mostIdleContexts = 64

    package init() {}

    /// Hashes a message.
    ///
    /// - Parameter message: The bytes.
    /// - Returns: The digest, or nil if OpenSSL has no memory for it.
    package func digest(_ message: Span<UInt8>) -> SHA256Digest? {
        guard let context = self.contexts.withLock({ $0.popLast() }) ?? DigestContext() else { return nil }
        defer {
            self.contexts.withLock { idle in
                if idle.count < Self.mostIdleContexts {
                    idle.append(context)
                }
            }
        }
        return context.digest(message)
    }
}

/// A digest of SHA-256.
package struct SHA256Digest: Hashable, Sendable {
    let words: (UInt64, UInt64, UInt64, UInt64)

    fileprivate init(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    package static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
        left.words == right.words
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(self.words.0)
        hasher.combine(self.words.1)
        hasher.combine(self.words.2)
        hasher.combine(self.words.3)
    }
}

/// A prepared OpenSSL context, for one message at a time.
@safe private final class DigestContext: @unchecked Sendable {
    // Sendable: it has one user at a time; the pool in `SHA256` hands it to one thread and takes it back.
    private let pointer: OpaquePointer

    init?() {
        OpenSSLError.clearQueue()
        guard let pointer = unsafe EVP_MD_CTX_new() else { return nil }
        unsafe self.pointer = pointer
        guard unsafe EVP_DigestInit_ex2(pointer, EVP_sha256(), nil) == 1 else {
            OpenSSLError.clearQueue()
            return nil
        }
    }

    deinit {
        unsafe EVP_MD_CTX_free(self.pointer)
    }

    func digest(_ message: Span<UInt8>) -> SHA256Digest? {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let isDone = unsafe message.withUnsafeBufferPointer { message in
            // A nil type keeps the digest that the context already has.
            guard
                unsafe EVP_DigestInit_ex2(self.pointer, nil, nil) == 1,
                unsafe EVP_DigestUpdate(self.pointer, message.baseAddress, message.count) == 1
            else { return false }
            return unsafe withUnsafeMutableBytes(of: &words) { words in
                unsafe EVP_DigestFinal_ex(self.pointer, words.bindMemory(to: UInt8.self).baseAddress, nil) == 1
            }
        }
        guard isDone else {
            OpenSSLError.clearQueue()
            return nil
        }
        return SHA256Digest(words)
    }
}
