//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc

/// SHA-256 (FIPS 180-4) with a context for each thread, which is used again and again.
package enum SHA256 {
    /// Hashes a message.
    ///
    /// - Parameter message: The bytes.
    /// - Returns: The digest, or nil if OpenSSL has no memory for it.
    package static func digest(_ message: Span<UInt8>) -> SHA256Hash? {
        guard let context = DigestContext.ofThisThread() else { return nil }
        return context.digest.hash(message).map { SHA256Hash($0) }
    }
}

/// What SHA-256 makes of a message.
package struct SHA256Hash: Hashable, Sendable {
    let words: (UInt64, UInt64, UInt64, UInt64)

    init(_ bytes: InlineArray<32, UInt8>) {
        self.words = (Self.word(0, bytes), Self.word(8, bytes), Self.word(16, bytes), Self.word(24, bytes))
    }

    package static func == (left: SHA256Hash, right: SHA256Hash) -> Bool {
        left.words == right.words
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(self.words.0)
        hasher.combine(self.words.1)
        hasher.combine(self.words.2)
        hasher.combine(self.words.3)
    }

    private static func word(_ start: Int, _ bytes: InlineArray<32, UInt8>) -> UInt64 {
        var word: UInt64 = 0
        for index in start..<start + 8 { word = word << 8 | UInt64(bytes[index]) }
        return word
    }
}

/// A prepared OpenSSL context, for one message at a time.
private final class DigestContext {
    let digest: SHA256Digest

    /// Under which each thread keeps its context; nil if the process has no key left.
    private static let key: pthread_key_t? = {
        var key = pthread_key_t()
        let result = unsafe pthread_key_create(&key) { context in
            if let context = unsafe context { unsafe Unmanaged<DigestContext>.fromOpaque(context).release() }
        }
        return result == 0 ? key : nil
    }()

    private init?() {
        guard let digest = try? SHA256Digest() else { return nil }
        self.digest = digest
    }

    static func ofThisThread() -> DigestContext? {
        guard let key = self.key else { return DigestContext() }
        if let context = unsafe pthread_getspecific(key) {
            return unsafe Unmanaged<DigestContext>.fromOpaque(context).takeUnretainedValue()
        }
        guard let context = DigestContext() else { return nil }
        let kept = unsafe Unmanaged.passRetained(context)
        if unsafe pthread_setspecific(key, kept.toOpaque()) != 0 { unsafe kept.release() }
        return context
    }
}
