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

        /// A number that is different for most keys.
        fileprivate var fingerprint: UInt64 {
            UInt64(bitPattern: Int64(self.moment.hashValue)) ^ self.hash.words.0
        }
    }

    /// A row, and its text without the number and the place of the record.
    struct Known: Sendable {
        let row: AuditRow
        let rest: [UInt8]
    }

    private static let mostRows = 512
    private var rows: [Key: Known] = [:]
    /// Fingerprints of recent tokens: the row of a token is kept once the token occurs a second time.
    private var lately = [UInt64](repeating: 0, count: 1 << 12)

    subscript(key: Key) -> Known? {
        self.rows[key]
    }

    mutating func note(_ key: Key, _ row: AuditRow, rest: ArraySlice<UInt8>) {
        let fingerprint = key.fingerprint
        let slot = Int(truncatingIfNeeded: fingerprint) & (self.lately.count - 1)
        guard self.lately[slot] == fingerprint else {
            self.lately[slot] = fingerprint
            return
        }
        if self.rows.count >= Self.mostRows { self.rows.removeAll(keepingCapacity: true) }
        self.rows[key] = Known(row: row, rest: Array(rest))
    }
}
#endif
