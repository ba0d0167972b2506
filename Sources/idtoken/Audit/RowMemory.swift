//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import OpenSSLSignature

/// The rows of tokens that came again and again: logs hold one token many times, since callers keep theirs for an hour.
struct RowMemory: Sendable {
    /// A token, and the moment as of which it is judged.
    struct Key: Hashable, Sendable {
        let hash: SHA256Hash
        let moment: JudgementTime.Moment

        /// A number that tells most keys apart.
        fileprivate var fingerprint: UInt64 {
            UInt64(bitPattern: Int64(self.moment.hashValue)) ^ self.hash.words.0
        }
    }

    /// A row, and all of its text but the record's number and place.
    struct Known: Sendable {
        let row: AuditRow
        let rest: [UInt8]
    }

    private static let mostRows = 512
    private var rows: [Key: Known] = [:]
    /// What came lately: only what comes a second time is worth keeping.
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
