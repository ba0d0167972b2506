//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// SHA-256 (FIPS 180-4) of single messages; for many messages, ``SHA256Digest`` takes about two thirds of the time.
package enum SHA256 {
    /// Hashes a message.
    ///
    /// - Parameter message: The bytes.
    /// - Returns: The digest, or nil if OpenSSL cannot allocate memory.
    package static func digest(_ message: Span<UInt8>) -> SHA256Hash? {
        guard let digest = try? SHA256Digest(), let hash = digest.hash(message) else { return nil }
        return SHA256Hash(hash)
    }
}

/// A SHA-256 digest that can be compared and used as a dictionary key.
package struct SHA256Hash: Hashable, Sendable {
    /// The digest as four big-endian integers.
    package let words: (UInt64, UInt64, UInt64, UInt64)

    package init(_ bytes: InlineArray<32, UInt8>) {
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
