//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// How many tokens got each verdict, code, caller and audience, and what was not judged.
struct AuditSummary: Sendable {
    /// How many different names are counted separately; others are counted together, so that memory stays bounded.
    private static let mostNames = 1_000
    /// How many names are shown.
    private static let mostShown = 20

    /// Counts by name; names are compared byte by byte, because names that only look alike are different callers.
    private struct Tally: Sendable {
        private(set) var counts: [ExactString: Int] = [:]
        private var others = 0
        /// The latest name, and how often it came without another between; logs repeat most names.
        private var latest: (name: ExactString, count: Int)?

        mutating func add(_ name: String) {
            let name = ExactString(name)
            if let latest, latest.name == name {
                self.latest?.count += 1
            } else {
                self.countLatest()
                self.latest = (name, 1)
            }
        }

        private mutating func countLatest() {
            if let latest { self.add(latest.name, latest.count) }
            self.latest = nil
        }

        private mutating func add(_ name: ExactString, _ count: Int) {
            if let known = self.counts[name] {
                self.counts[name] = known + count
            } else if self.counts.count < AuditSummary.mostNames {
                self.counts[name] = count
            } else {
                self.others += count
            }
        }

        mutating func merge(_ other: Tally) {
            if let latest = other.latest { self.add(latest.name, latest.count) }
            for (name, count) in other.counts { self.add(name, count) }
            self.others += other.others
        }

        /// The largest first; equal ones by name.
        func lines(_ title: String) -> [String] {
            var tally = self
            tally.countLatest()
            guard !tally.counts.isEmpty else { return [] }
            let sorted = tally.counts.sorted { ($1.value, $0.key.string) < ($0.value, $1.key.string) }
            let hidden = sorted.dropFirst(AuditSummary.mostShown).reduce(tally.others) { $0 + $1.value }
            return ["by \(title):"]
                + sorted.prefix(AuditSummary.mostShown).map { Self.line($0.value, $0.key.string.printable) }
                + (hidden > 0 ? [Self.line(hidden, "others")] : [])
        }

        private static func line(_ count: Int, _ name: String) -> String {
            let digits = String(count)
            return String(repeating: " ", count: max(10 - digits.utf8.count, 0)) + digits + "  " + name
        }
    }

    private(set) var recordCount = 0
    private(set) var tokenCount = 0
    /// Records that contain no token.
    private var emptyCount = 0
    /// Records that have nothing in the place that `--field` names.
    private var withoutCredentialCount = 0
    /// Records with tokens and without a time.
    private var timelessCount = 0
    /// Places that could not be read as what they are.
    private(set) var flawCount = 0
    private var verdicts: [AuditRow.Verdict: Int] = [:]
    private var codes = Tally()
    private var callers = Tally()
    private var audiences = Tally()

    /// Counts a record, apart from its rows.
    mutating func count(_ record: CapturedRecord, hasField: Bool) {
        self.recordCount += 1
        if record.flaw != nil { self.flawCount += 1 }
        if hasField, !record.hasCredential { self.withoutCredentialCount += 1 }
        if record.tokens.isEmpty {
            self.emptyCount += 1
        } else if case .unknown = record.time {
            self.timelessCount += 1
        }
    }

    mutating func count(_ row: AuditRow) {
        self.tokenCount += 1
        self.verdicts[row.verdict, default: 0] += 1
        self.codes.add(row.code.isEmpty ? row.verdict.rawValue : row.code)
        if !row.caller.isEmpty { self.callers.add(row.caller) }
        for audience in row.audiences { self.audiences.add(audience) }
    }

    mutating func merge(_ other: AuditSummary) {
        self.recordCount += other.recordCount
        self.tokenCount += other.tokenCount
        self.emptyCount += other.emptyCount
        self.withoutCredentialCount += other.withoutCredentialCount
        self.timelessCount += other.timelessCount
        self.flawCount += other.flawCount
        self.verdicts.merge(other.verdicts, uniquingKeysWith: +)
        self.codes.merge(other.codes)
        self.callers.merge(other.callers)
        self.audiences.merge(other.audiences)
    }

    /// The exit status of a run that came to the end of its input, or nil if every token was verified.
    ///
    /// - Parameter hasDamagedKeys: Whether some lines of the key archive could not be read.
    /// - Returns: The status.
    func status(hasDamagedKeys: Bool) -> CommandFailure.Status? {
        if self.verdicts[.rejected, default: 0] > 0 { return .rejected }
        if self.verdicts[.undecided, default: 0] > 0 || self.flawCount > 0 || hasDamagedKeys { return .undecided }
        return self.tokenCount == 0 ? .tokenMissing : nil
    }

    /// The summary in words.
    ///
    /// - Parameter remarks: The rules by which the tokens were judged.
    /// - Returns: Some lines.
    func text(remarks: [String]) -> String {
        let counts = AuditRow.Verdict.allCases.compactMap { verdict in
            self.verdicts[verdict].map { "\($0) \(verdict.rawValue)" }
        }
        let tokens = "\(Self.counted(self.tokenCount, "token")) in \(Self.counted(self.recordCount, "record"))"
        let others = [
            (self.emptyCount, "without a token"),
            (self.withoutCredentialCount, "without a credential at --field"),
            (self.timelessCount, "with tokens and without a time"),
        ]
        .filter { $0.0 > 0 }.map { "\(Self.counted($0, "record")) \($1)" }
        let flaws = self.flawCount > 0 ? ["\(Self.counted(self.flawCount, "place")) could not be read"] : []
        return
            ([counts.isEmpty ? tokens : "\(tokens): \(counts.joined(separator: ", "))"] + others + flaws + remarks
            + self.codes.lines("code") + self.callers.lines("caller, where the signature held")
            + self.audiences.lines("audience, where the signature held"))
            .joined(separator: "\n")
    }

    private static func counted(_ count: Int, _ name: String) -> String {
        "\(count) \(name)\(count == 1 ? "" : "s")"
    }
}
#endif
