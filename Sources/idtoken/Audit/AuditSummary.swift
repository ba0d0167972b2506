//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// How many records got each verdict, and how many each code, caller and audience.
struct AuditSummary: Sendable {
    /// How many different names are counted separately; others are counted together, so that memory stays bounded.
    private static let mostNames = 1_000
    /// How many names are shown.
    private static let mostShown = 20

    /// Counts by name; names are compared byte by byte, because names that only look alike are different callers.
    private struct Tally: Sendable {
        var counts: [ExactString: Int] = [:]
        var others = 0

        mutating func add(_ name: String) {
            self.add(ExactString(name), 1)
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
            for (name, count) in other.counts { self.add(name, count) }
            self.others += other.others
        }

        /// The largest first; equal ones by name.
        func lines(_ title: String) -> [String] {
            guard !self.counts.isEmpty else { return [] }
            let sorted = self.counts.sorted { ($1.value, $0.key.string) < ($0.value, $1.key.string) }
            let hidden = sorted.dropFirst(AuditSummary.mostShown).reduce(self.others) { $0 + $1.value }
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
    private var verdicts: [AuditRow.Verdict: Int] = [:]
    private var codes = Tally()
    private var callers = Tally()
    private var audiences = Tally()

    mutating func count(_ row: AuditRow) {
        self.recordCount += 1
        self.verdicts[row.verdict, default: 0] += 1
        self.codes.add(row.code.isEmpty ? row.verdict.rawValue : row.code)
        if !row.caller.isEmpty { self.callers.add(row.caller) }
        for audience in row.audiences { self.audiences.add(audience) }
    }

    mutating func merge(_ other: AuditSummary) {
        self.recordCount += other.recordCount
        self.verdicts.merge(other.verdicts, uniquingKeysWith: +)
        self.codes.merge(other.codes)
        self.callers.merge(other.callers)
        self.audiences.merge(other.audiences)
    }

    /// Whether every record that contains a credential was verified.
    var isClean: Bool {
        self.verdicts.allSatisfy { $0.key == .verified || $0.key == .none || $0.value == 0 }
    }

    /// The summary in words.
    ///
    /// - Parameter remarks: The rules by which the records were judged.
    /// - Returns: Some lines.
    func text(remarks: [String]) -> String {
        let counts = AuditRow.Verdict.allCases
            .compactMap { verdict -> String? in
                guard let count = self.verdicts[verdict], count > 0 else { return nil }
                return "\(count) \(verdict == .none ? "without a credential" : verdict.rawValue)"
            }
        let records = "\(self.recordCount) record\(self.recordCount == 1 ? "" : "s")"
        return
            ([counts.isEmpty ? records : "\(records): \(counts.joined(separator: ", "))"] + remarks
            + self.codes.lines("code") + self.callers.lines("caller, where the signature held")
            + self.audiences.lines("audience, where the signature held"))
            .joined(separator: "\n")
    }
}
#endif
