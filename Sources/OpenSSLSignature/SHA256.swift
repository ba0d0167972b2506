//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

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
    package func digest(_ message: Span<UInt8>) -> SHA256Hash? {
        guard let context = self.contexts.withLock({ $0.popLast() }) ?? DigestContext() else { return nil }
        defer {
            self.contexts.withLock { idle in
                if idle.count < Self.mostIdleContexts {
                    idle.append(context)
                }
            }
        }
        return context.digest.hash(message).map { SHA256Hash($0) }
    }
}

/// What SHA-256 makes of a message.
package struct SHA256Hash: Hashable, Sendable {
    let words: (UInt64, UInt64, UInt64, UInt64)

    fileprivate init(_ bytes: InlineArray<32, UInt8>) {
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
private final class DigestContext: @unchecked Sendable {
    // Sendable: it has one user at a time; the pool in `SHA256` hands it to one thread and takes it back.
    let digest: SHA256Digest

    init?() {
        guard let digest = try? SHA256Digest() else { return nil }
        self.digest = digest
    }
}
