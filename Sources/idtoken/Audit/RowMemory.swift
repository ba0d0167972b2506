//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import OpenSSLSignature

/// Rows of tokens that occur repeatedly: a log contains one token many times, because callers use a token for an hour.
struct RowMemory: Sendable {
    /// A token, and the time at which it is judged.
    struct Key: Hashable, Sendable {
        let hash: SHA256Hash
        let moment: JudgementTime.Moment
        /// Whether the token was cut, which makes another verdict of a signature that is too short.
        let isCut: Bool

        /// A number that is different for most keys.
        fileprivate var fingerprint: UInt64 {
            self.moment.fingerprint ^ self.hash.words.0
        }

        func hash(into hasher: inout Hasher) {
            // The digest of the token is as good as random.
            hasher.combine(self.fingerprint)
        }
    }

    private static let mostRows = 512
    private var rows: [Key: AuditRow] = [:]
    /// Fingerprints of recent tokens: the row of a token is kept once the token occurs a second time.
    private var lately = [UInt64](repeating: 0, count: 1 << 12)

    subscript(key: Key) -> AuditRow? {
        self.rows.isEmpty ? nil : self.rows[key]
    }

    /// Notes what is known of a token, whatever record it stands in.
    mutating func note(_ key: Key, _ row: AuditRow) {
        let fingerprint = key.fingerprint
        let slot = Int(truncatingIfNeeded: fingerprint) & (self.lately.count - 1)
        guard self.lately[slot] == fingerprint else {
            self.lately[slot] = fingerprint
            return
        }
        if self.rows.count >= Self.mostRows { self.rows.removeAll(keepingCapacity: true) }
        self.rows[key] = row
    }
}
#endif
