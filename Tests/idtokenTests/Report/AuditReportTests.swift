//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing
@testable internal import idtoken

/// The gathering of what a report shows, row by row.
@Suite("Report of an audit: bounded memory, size and time")
struct AuditReportTests {
    private static let start = 1_790_812_800.0

    private static func row(
        _ number: Int,
        _ verdict: AuditRow.Verdict = .verified,
        at time: Double? = Self.start,
        caller: String = "a@example.com"
    ) -> ReportedUse {
        ReportedUse(Self.auditRow(number, verdict, at: time, caller: caller))
    }

    private static func auditRow(
        _ number: Int,
        _ verdict: AuditRow.Verdict = .verified,
        at time: Double? = Self.start,
        caller: String = "a@example.com"
    ) -> AuditRow {
        var row = AuditRow(verdict: verdict, code: verdict == .verified ? "" : "token_expired", caller: caller)
        // Digests are spread evenly, as those of SHA-256.
        row.token = (UInt64(number) &* 0x9E37_79B9_7F4A_7C15).digits
        row.issuedAt = Self.start
        row.expiresAt = Self.start + 3_600
        row.capturedAt = time
        return row
    }

    private static func page(_ report: AuditReport) -> String {
        let ending = AuditEnding(status: 0, isStatusKept: true, earlyEnd: nil, summary: "")
        let evidence = ReportEvidence(
            version: "0",
            arguments: [],
            startedAt: 0,
            endedAt: 1,
            inputs: [],
            keys: nil,
            ending: ending
        )
        return ReportPage(report: report, evidence: evidence).parts.map(\.text).joined()
    }

    @Test("of many tokens the suspicious ones are kept, and a token that was dropped is marked when it comes again")
    func keepsSuspiciousTokens() {
        var report = AuditReport(history: nil)
        report.add(Self.row(1, .rejected, at: Self.start + 90_000))
        for number in 2...50_001 { report.add(Self.row(number)) }
        #expect(report.tokens.count == 50_001)
        #expect(report.tokens.mostSuspicious(20_000).count <= 8_192)
        #expect(report.tokens.mostSuspicious(20_000).first?.lateness == 86_400)
        #expect(report.tokens.mostSuspicious(20_000).allSatisfy { !$0.hasEarlierUses })
        for number in 2...50_001 { report.add(Self.row(number)) }
        #expect((50_001...50_030).contains(report.tokens.count))
        #expect(report.tokens.mostSuspicious(20_000).contains { $0.hasEarlierUses })
        #expect(report.tokens.mostSuspicious(20_000).first?.uses.total == 1)
        #expect(report.totals.verified == 100_000)
        #expect(Self.page(report).contains("less suspicious ones are not listed"))
    }

    @Test("a page of the longest hostile names stays under 5 MB, and says what it leaves out")
    func pageIsBounded() {
        var report = AuditReport(history: nil)
        for number in 0..<8_000 {
            let name = "\(number)" + String(repeating: "\"\u{202E}", count: 4_000)
            var row = Self.auditRow(number, .rejected, at: Self.start + Double(number) * 5_000, caller: name)
            row.keyID = name
            row.explanation = name
            row.code = "code\(number)"
            row.peer = name
            report.add(ReportedUse(row))
            report.addUnreadable(AuditReport.Unreadable(place: name, reason: name))
        }
        let page = Self.page(report)
        #expect(page.utf8.count < 5_000_000)
        for text in [
            "less suspicious ones are not listed", "of other callers are counted together", "more places not listed",
            "with other key IDs are counted together",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.contains("\u{202E}"))
    }

    @Test(
        "the intervals are as wide as the range of times needs",
        arguments: [
            (0.0, 1), (100.0, 1), (600.0, 5), (86_400.0, 900), (3_628_800.0, 21_600), (943_488_000.0, 31_449_600),
        ] as [(Double, Int)]
    )
    func intervals(_ range: Double, _ width: Int) throws {
        var report = AuditReport(history: nil)
        for number in 0...5_000 { report.add(Self.row(number, at: Self.start + range * Double(number) / 5_000)) }
        let span = try #require(report.timeline.span)
        #expect(span.width == width)
        let bars = report.timeline.bars(in: span).values.joined()
        #expect(bars.reduce(0) { $0 + $1.counts.total } == 5_001)
        #expect(bars.count <= 181)
        #expect(bars.allSatisfy { span.lower <= $0.start && $0.start < span.upper })
    }

    @Test("a few uses that are years away from all others are not drawn but told")
    func remoteUses() throws {
        var report = AuditReport(history: nil)
        for number in 0..<1_000 { report.add(Self.row(number, at: Self.start + Double(number) * 600)) }
        report.add(Self.row(2_000, at: 0))
        report.add(Self.row(2_001, at: 253_402_300_799))
        let span = try #require(report.timeline.span)
        #expect(span.before?.count == 1)
        #expect(span.after?.count == 1)
        #expect(span.upper - span.lower < 8 * 86_400)
        let page = Self.page(report)
        #expect(page.contains("1 use long before the others, from 1970-01-01"))
        #expect(page.contains("1 use long after the others, until 9999-12-31"))
    }

    @Test(
        "a time that is none is counted as unknown",
        arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300, 253_402_300_800]
    )
    func strangeTimes(_ time: Double) {
        var report = AuditReport(history: nil)
        report.add(Self.row(1, at: time))
        var row = Self.auditRow(2)
        row.issuedAt = time
        row.expiresAt = time
        report.add(ReportedUse(row))
        #expect(report.timeline.timelessCount == 1)
        #expect(report.totals.first == Self.start)
        #expect(Self.page(report).contains("1 use without a known time"))
    }

    @Test("callers with few uses are counted together if there are very many, and none is lost")
    func manyCallers() throws {
        var report = AuditReport(history: nil)
        for number in 0..<90_000 {
            let caller = number % 3 == 0 ? "a@example.com" : "caller\(number % 4_000)@example.com"
            report.add(Self.row(number, at: Self.start + Double(number) * 40, caller: caller))
        }
        let span = try #require(report.timeline.span)
        let bars = report.timeline.bars(in: span)
        #expect(bars.values.joined().reduce(0) { $0 + $1.counts.total } == 90_000)
        let page = Self.page(report)
        #expect(page.contains("All other callers") || page.contains("other callers<small>"))
    }

    @Test(
        "the reasons name the lateness in two units",
        arguments: [(59.0, "59 s"), (61.0, "1 min 1 s"), (90_061.0, "1 d 1 h")]
    )
    func durations(_ seconds: Double, _ words: String) {
        #expect(seconds.durationWords == words)
    }

    @Test("long names that begin alike stay different, and short ones are kept whole")
    func boundedNames() {
        let long = String(repeating: "x", count: 5_000)
        #expect((long + "1").boundedForReport != (long + "2").boundedForReport)
        #expect(long.boundedForReport.utf8.count < 300)
        #expect("a@example.com".boundedForReport == "a@example.com")
    }
}
#endif
