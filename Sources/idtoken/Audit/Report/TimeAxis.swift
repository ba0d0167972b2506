//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The time axis that all charts of a report share.
struct TimeAxis {
    let span: CallerTimeline.Span

    private static let mostTicks = 10.0
    /// In seconds: up to a day, and then days.
    private static let steps =
        [1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200]
        + [1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1_820, 3_640, 36_400, 364_000].map { $0 * 86_400 }

    private var length: Double { max(self.span.upper - self.span.lower, 1) }

    /// Where a time is, in percent of the width; times outside are moved to the nearer end.
    func position(_ time: Double) -> Double {
        let part = min(max((time - self.span.lower) / self.length, 0), 1)
        return (part * 100_000).rounded() / 1_000
    }

    /// Whether any part of a stretch of time is on the axis.
    func shows(from start: Double, to end: Double) -> Bool {
        start < self.span.upper && end >= self.span.lower
    }

    private var step: Int {
        Self.steps.first { self.length / Double($0) <= Self.mostTicks } ?? Self.steps[Self.steps.count - 1]
    }

    /// The times that are named, in seconds since 1970.
    private var ticks: [Double] {
        let step = self.step
        guard let first = ReportInterval.number(of: self.span.lower - 1, width: step) else { return [] }
        return (1...Int(Self.mostTicks) + 1)
            .map { ReportInterval.start(of: first + $0, width: step) }
            .filter { $0 < self.span.upper }
    }

    /// Lines across a lane at the times that are named.
    var grid: HTML {
        self.ticks
            .map { tick -> HTML in
                let x = self.percent(tick)
                return "<line class=\"grid\" x1=\"\(x)\" x2=\"\(x)\" y1=\"0\" y2=\"100%\"/>"
            }
            .joined
    }

    /// The names of the times.
    var labels: HTML {
        // A name at an end would not fit.
        let texts = self.ticks.filter { 5...95 ~= self.position($0) }.enumerated()
            .map { index, tick -> HTML in
                let parity = index % 2 == 0 ? "even" : "odd"
                return """
                    <text class="\(parity)" x="\(self.percent(tick))" y="14" text-anchor="middle">\(self.name(tick))\
                    </text>
                    """
            }
            .joined
        return """
            <div class="lane axis"><div class="name">Time (UTC)</div><svg height="20" aria-hidden="true">\(texts)</svg>\
            </div>
            """
    }

    private func name(_ time: Double) -> String {
        let text = time.utcText
        return switch self.step {
        case ..<60: String(text.dropFirst(11).prefix(8))
        case ..<86_400: "\(text.dropFirst(5).prefix(5)) \(text.dropFirst(11).prefix(5))"
        default: String(text.prefix(10))
        }
    }

    /// The place of a time as an attribute of SVG.
    func percent(_ time: Double) -> String {
        "\(self.position(time))%"
    }
}
#endif
