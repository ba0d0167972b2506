//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The SHA-256 of a message that comes in pieces, such as a file that is read.
package final class SHA256Stream {
    private let digest: SHA256Digest
    private var hasFailed = false

    /// - Throws: ``OpenSSLError`` if OpenSSL has no SHA-256.
    package init() throws(OpenSSLError) {
        self.digest = try SHA256Digest()
    }

    /// Adds the next piece.
    package func add(_ piece: Span<UInt8>) {
        if !self.digest.add(piece) { self.hasFailed = true }
    }

    /// Ends the message; no piece may be added afterwards.
    ///
    /// - Returns: The digest, or nil if OpenSSL failed.
    package func finish() -> SHA256Hash? {
        guard let hash = self.digest.finish(), !self.hasFailed else { return nil }
        return SHA256Hash(hash)
    }
}
