//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// What a report takes from the row of a token.
struct ReportedUse: Sendable {
    let verdict: AuditRow.Verdict
    let code: String
    let caller: String
    let keyID: String
    let peer: String
    let explanation: String
    /// In seconds since 1970.
    let capturedAt: Double?
    let issuedAt: Double?
    let expiresAt: Double?
    /// The first 64 bits of the token's SHA-256; nil only if OpenSSL has no SHA-256.
    let digest: UInt64?

    init(_ row: AuditRow) {
        self.verdict = row.verdict
        self.code = row.code
        self.caller = row.caller
        self.keyID = row.keyID
        self.peer = row.peer
        self.explanation = row.explanation
        self.capturedAt = row.capturedAt
        self.issuedAt = row.issuedAt
        self.expiresAt = row.expiresAt
        self.digest = UInt64(row.token, radix: 16)
    }
}

/// What the report of an audit shows, gathered row by row.
///
/// Only counts are kept, never rows, so that memory does not grow with the input.
struct AuditReport: Sendable {
    /// A place of the input that could not be read, or a line of the key archive.
    struct Unreadable: Sendable {
        /// The file and the line.
        let place: String
        let reason: String

        init(place: String, reason: String) {
            self.place = place
            self.reason = reason
        }

        init(_ damaged: ArchivedKeys.DamagedPlace) {
            self.init(place: damaged.place, reason: damaged.reason)
        }
    }

    private static let mostNames = 5_000
    private static let mostKeys = 1_000
    static let mostUnreadable = 1_000

    let history: KeyHistory?
    private(set) var totals = UseCounts()
    private(set) var callers = NamedUses(limit: Self.mostNames)
    private(set) var keys: NamedUses
    private(set) var codes = NamedUses(limit: Self.mostKeys)
    private(set) var peers = NamedUses(limit: Self.mostNames)
    private(set) var tokens = TokenUses()
    private(set) var timeline = CallerTimeline()
    private(set) var unreadable: [Unreadable] = []
    private(set) var unreadableCount = 0

    /// - Parameter history: The keys of the archive, if they are from one; they are always counted apart.
    init(history: KeyHistory?) {
        self.history = history
        let keys = history?.keys ?? []
        self.keys = NamedUses(limit: Self.mostKeys + keys.count)
        for key in keys { _ = self.keys.place(of: key.id) }
    }

    /// Adds the use of a token.
    ///
    /// - Parameter use: The use.
    mutating func add(_ use: ReportedUse) {
        let verdict = use.verdict
        // Another year than 1 to 9999 is no time.
        let captured = use.capturedAt.flatMap { DaySet.day(of: $0) == nil ? nil : $0 }
        let isLate = if let captured, let expiresAt = use.expiresAt { captured >= expiresAt } else { false }
        self.totals.add(verdict, at: captured, afterExpiry: isLate)
        let caller = self.callers.place(of: use.caller)
        self.callers.add(verdict, at: captured, afterExpiry: isLate, to: caller)
        self.timeline.add(caller: caller, verdict, at: captured)
        let key = self.keys.place(of: use.keyID)
        self.keys.add(verdict, at: captured, afterExpiry: isLate, to: key)
        let code = self.codes.place(of: use.code.isEmpty ? verdict.rawValue : use.code, remark: use.explanation)
        self.codes.add(verdict, at: captured, afterExpiry: isLate, to: code)
        guard let digest = use.digest else { return }
        let peer = use.peer.isEmpty ? nil : self.number(ofPeer: use.peer)
        self.tokens.update(digest) { token in
            token.uses.add(verdict, at: captured, afterExpiry: isLate)
            token.issuedAt = use.issuedAt ?? token.issuedAt
            token.expiresAt = use.expiresAt ?? token.expiresAt
            token.caller = caller
            token.key = key
            if verdict != .verified || token.code == 0 { token.code = code }
            if let peer { token.note(peer: peer) }
        }
    }

    /// Counts places that could not be read and are not named.
    mutating func addUnreadable(count: Int) {
        self.unreadableCount += count
    }

    /// Adds something that could not be read.
    mutating func addUnreadable(_ item: Unreadable) {
        self.unreadableCount += 1
        guard self.unreadable.count < Self.mostUnreadable else { return }
        self.unreadable.append(
            Unreadable(place: item.place.boundedForReport, reason: item.reason.boundedForReport)
        )
    }

    /// A number for a sender: its place in the list, or a negative one that is the same for the same sender.
    private mutating func number(ofPeer peer: String) -> Int32 {
        let place = self.peers.place(of: peer)
        guard place == NamedUses.others else { return Int32(clamping: place) }
        return -1 - Int32(truncatingIfNeeded: ExactString(peer).hashValue & 0x7FFF_FFFE)
    }
}

#endif
