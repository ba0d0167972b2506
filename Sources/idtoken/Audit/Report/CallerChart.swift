//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The lanes of the chart of callers: above the line what was verified, below it what was not.
struct CallerChart {
    let report: AuditReport
    let axis: TimeAxis

    private static let mostCallers = 12
    private static let heightAbove = 24.0
    private static let heightBelow = 16.0

    /// A lane of its own for each of the callers with the most uses, and one for all others.
    var lanes: HTML {
        let bars = self.report.timeline.bars(in: self.axis.span)
        let sums = bars.mapValues { $0.reduce(0) { $0 + $1.counts.total } }
        let apart = sums.keys.filter { $0 != NamedUses.others && !self.report.timeline.joined.contains($0) }
            .sorted { (sums[$1] ?? 0, $0) < (sums[$0] ?? 0, $1) }
        let shown = apart.prefix(Self.mostCallers)
        let others = bars.filter { !shown.contains($0.key) }
        var html = shown.map { self.lane(self.name(of: $0), bars[$0] ?? []) }.joined
        if !others.isEmpty {
            let count = others.keys.contains { self.report.timeline.joined.contains($0) || $0 == NamedUses.others }
            let callers = count ? "All other callers" : others.count.of("other caller")
            html += self.lane("\(callers)", Self.sum(Array(others.values)))
        }
        return html
    }

    private func name(of caller: Int) -> HTML {
        let name = self.report.callers[caller].name
        return name.isEmpty ? "<em>No verified caller</em>" : "\(outside: name)"
    }

    private static func sum(_ bars: [[CallerTimeline.Bar]]) -> [CallerTimeline.Bar] {
        Dictionary(bars.joined().map { ($0.start, $0) }) { left, right in
            var sum = left
            sum.counts.verified += right.counts.verified
            sum.counts.rejected += right.counts.rejected
            sum.counts.undecided += right.counts.undecided
            return sum
        }
        .values.sorted { $0.start < $1.start }
    }

    private func lane(_ name: HTML, _ bars: [CallerTimeline.Bar]) -> HTML {
        let most = bars.reduce(1) { max($0, $1.counts.verified, $1.counts.rejected + $1.counts.undecided) }
        let sum = Self.sum([bars])
            .reduce(into: UseCounts()) { sum, bar in
                sum.verified += bar.counts.verified
                sum.rejected += bar.counts.rejected
                sum.undecided += bar.counts.undecided
            }
        return """
            <div class="lane"><div class="name">\(name)<small>\(sum.words); at most \(most.grouped) a bar</small></div>\
            <svg height="44" role="img" aria-label="\(sum.words); at most \(most.grouped) in \
            \(ReportInterval.words(self.axis.span.width))">\(self.axis.grid)\
            <line class="base" x1="0" x2="100%" y1="25" y2="25"/>\(bars.map { self.bar($0, most: most) }.joined)</svg></div>

            """
    }

    private func bar(_ bar: CallerTimeline.Bar, most: Int) -> HTML {
        let counts = bar.counts
        let end = bar.start + Double(self.axis.span.width)
        let width = max(self.axis.position(end) - self.axis.position(bar.start), 0.05)
        // One of a thousand is still to be seen.
        let above = counts.verified == 0 ? 0 : max(Self.heightAbove * Double(counts.verified) / Double(most), 1.5)
        let rejected = counts.rejected == 0 ? 0 : max(Self.heightBelow * Double(counts.rejected) / Double(most), 3)
        let undecided = counts.undecided == 0 ? 0 : max(Self.heightBelow * Double(counts.undecided) / Double(most), 3)
        func part(_ kind: String, y: Double, height: Double) -> HTML {
            guard height > 0 else { return "" }
            return """
                <rect class="\(kind)" x="\(self.axis.percent(bar.start))" y="\(Self.rounded(y))" \
                width="\(Self.rounded(width))%" height="\(Self.rounded(height))"/>
                """
        }
        return """
            <g><title>\(bar.start.utcText) to \(end.utcText): \(counts.words)</title>\
            \(part("verified", y: 25 - above, height: above))\(part("rejected", y: 26, height: rejected))\
            \(part("undecided", y: 26 + rejected, height: undecided))</g>
            """
    }

    private static func rounded(_ number: Double) -> String {
        "\((number * 100).rounded() / 100)"
    }
}

extension UseCounts {
    /// The counts in words, without the verdicts that no use has.
    var words: String {
        let parts = AuditRow.Verdict.allCases.filter { self[$0] > 0 }.map { "\(self[$0].grouped) \($0)" }
        return parts.isEmpty ? "no uses" : parts.joined(separator: ", ")
    }
}
#endif
