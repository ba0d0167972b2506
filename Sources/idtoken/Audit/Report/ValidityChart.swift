//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The lanes about keys and about single tokens, which have the same time axis as those of the callers.
struct ValidityChart {
    let report: AuditReport
    let history: KeyHistory?
    let axis: TimeAxis

    private static let mostKeys = 40
    private static let mostTokens = 30
    /// How many tokens are looked at for these; some have no time.
    private static let mostRanked = 2_000

    /// A lane with the days on which the archive saw keys, and one for each key; empty if the keys are no archive.
    var keyLanes: HTML {
        guard let history, let first = history.days.days.min(), let last = history.days.days.max() else { return "" }
        let gaps = history.days.gaps
        let drawn = gaps.filter { self.axis.shows(from: Self.start($0), to: Self.end($0)) }
        var lanes = self.lane(
            "<em>Archive</em>",
            remark: gaps.isEmpty
                ? "a sighting every day" : "gaps: \(gaps.prefix(3).map(DaySet.text).listed(of: gaps.count))",
            self.bar("seen", from: Self.start(first...last), to: Self.end(first...last))
                + drawn.map { gap -> HTML in
                    let bars = ["gap", "absent"].map { self.bar($0, from: Self.start(gap), to: Self.end(gap)) }
                    return "<g><title>no sighting: \(DaySet.text(gap))</title>\(bars.joined)</g>"
                }
                .joined
        )
        let shown = history.keys.filter { self.axis.shows(from: $0.firstSeen, to: $0.lastSeen) }
        for key in shown.prefix(Self.mostKeys) {
            let uses = self.report.keys[named: key.id]?.uses ?? UseCounts()
            let times = "\(key.firstSeen.utcText.prefix(16)) to \(key.lastSeen.utcText.prefix(16))"
            lanes += self.lane(
                "<code>\(outside: key.id.boundedForReport)</code>",
                remark: "\(times); \(key.isInConflict ? "in conflict, not used" : uses.words)",
                self.bar(key.isInConflict ? "conflict" : "seen", from: key.firstSeen, to: key.lastSeen)
            )
        }
        let hidden = history.keys.count - min(shown.count, Self.mostKeys)
        if hidden > 0 {
            lanes += "<p class=\"note\">\(hidden.of("key")) of the archive, mostly of other times, not drawn.</p>"
        }
        return lanes
    }

    private static func start(_ days: ClosedRange<Int>) -> Double {
        Double(days.lowerBound) * 86_400
    }

    private static func end(_ days: ClosedRange<Int>) -> Double {
        Double(days.upperBound + 1) * 86_400
    }

    /// A lane for each of the most suspicious tokens; empty if no token is suspicious or none has a time.
    var tokenLanes: HTML {
        self.report.tokens.mostSuspicious(Self.mostRanked).lazy
            .filter { $0.suspicion > 0 && self.isShown($0) }
            .prefix(Self.mostTokens)
            .map { self.lane(of: $0) }.joined
    }

    private func isShown(_ token: TokenUses.Entry) -> Bool {
        guard let first = token.uses.first, let last = token.uses.last else { return false }
        return self.axis.shows(from: first, to: last)
    }

    private func lane(of token: TokenUses.Entry) -> HTML {
        guard let first = token.uses.first, let last = token.uses.last else { return "" }
        var drawing: HTML = ""
        if let issuedAt = token.issuedAt, let expiresAt = token.expiresAt, issuedAt < expiresAt {
            drawing += self.bar("valid", from: issuedAt, to: expiresAt, y: 18)
        }
        let verdict = token.uses.verified > 0 ? "verified" : token.uses.rejected > 0 ? "rejected" : "undecided"
        if let expiresAt = token.expiresAt, token.uses.afterExpiry > 0 {
            if first < expiresAt { drawing += self.bar(verdict, from: first, to: expiresAt) }
            drawing += self.bar("late", from: max(first, expiresAt), to: last)
        } else {
            drawing += self.bar(verdict, from: first, to: last)
        }
        let caller = self.report.callers[token.caller].name
        return self.lane(
            "<code>\(token.digest.digits)</code> \(outside: caller)",
            remark: token.reasons(self.report).joined(separator: "; "),
            drawing
        )
    }

    private func lane(_ name: HTML, remark: String, _ drawing: HTML) -> HTML {
        """
        <div class="lane"><div class="name">\(name)<small>\(remark)</small></div>\
        <svg height="28" role="img" aria-label="\(remark)">\(self.axis.grid)\(drawing)</svg></div>

        """
    }

    /// A bar over a stretch of time; however short that is, the bar is as long as it is thick.
    private func bar(_ kind: String, from start: Double, to end: Double, y: Int = 10) -> HTML {
        guard self.axis.shows(from: start, to: end) else { return "" }
        return """
            <line class="bar \(kind)" x1="\(self.axis.percent(start))" \
            x2="\(self.axis.percent(end))" y1="\(y)" y2="\(y)"/>
            """
    }
}

extension HTML {
    fileprivate static func + (left: HTML, right: HTML) -> HTML {
        "\(left)\(right)"
    }
}

extension [String] {
    /// The texts with commas, and how many there are beside them.
    func listed(of total: Int) -> String {
        let more = total - self.count
        return self.joined(separator: ", ") + (more > 0 ? " and \(more.grouped) more" : "")
    }
}

extension UInt64 {
    /// The number in 16 hexadecimal digits.
    var digits: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension TokenUses.Entry {
    /// Why the token is listed, in words; empty if nothing about it is suspicious.
    func reasons(_ report: AuditReport) -> [String] {
        var reasons: [String] = []
        if self.uses.afterExpiry > 0 {
            reasons.append("\(self.uses.afterExpiry.of("use")) after expiry, by up to \(self.lateness.durationWords)")
        }
        let refused = [AuditRow.Verdict.rejected, .undecided].filter { self.uses[$0] > 0 }.map(\.rawValue)
        if !refused.isEmpty {
            reasons.append("\(refused.joined(separator: " and ")): \(report.codes[self.code].name)")
        }
        if self.hasManyPeers { reasons.append("\(self.peerCount)\(self.hasMorePeers ? " or more" : "") senders") }
        return reasons
    }
}

extension Double {
    /// So many seconds in words, in the two largest units.
    var durationWords: String {
        guard let seconds = Int(exactly: self.rounded()), seconds >= 0 else { return "many years" }
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3_600: return "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
        default: return "\((seconds / 86_400).grouped) d \(seconds / 3_600 % 24) h"
        }
    }
}
#endif
