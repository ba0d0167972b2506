//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The charts of a report, on one time axis.
struct ReportCharts {
    let report: AuditReport

    var section: HTML {
        let timeline = self.report.timeline
        guard let span = timeline.span else {
            let why =
                self.report.totals.total == 0
                ? "There is nothing to draw, because no token was found."
                : "There is nothing to draw, because the time of no use is known."
            return "<section id=\"time\"><h2>Callers over time</h2><p>\(why)</p></section>"
        }
        let axis = TimeAxis(span: span)
        let validity = ValidityChart(report: self.report, history: self.report.history, axis: axis)
        return """
            <section id="time"><h2>Callers over time</h2>
            <p>Each bar counts the uses of tokens in \(ReportInterval.words(span.width)); each lane has a scale of its \
            own.\(self.absent(span))</p>
            <ul class="legend"><li>\(Self.swatch("verified"))above the line: verified</li><li>\
            \(Self.swatch("rejected"))below the line: rejected</li><li>\(Self.swatch("undecided"))below the line, \
            striped: undecided</li></ul>
            \(axis.labels)
            \(CallerChart(report: self.report, axis: axis).lanes)
            \(self.keys(validity))
            \(axis.labels)
            </section>
            \(self.tokens(validity, axis))
            """
    }

    /// The uses that are not drawn, in words.
    private func absent(_ span: CallerTimeline.Span) -> String {
        var text = ""
        if self.report.timeline.timelessCount > 0 {
            text += " \(self.report.timeline.timelessCount.of("use")) without a known time are not drawn."
        }
        if let before = span.before {
            text += " \(before.count.of("use")) long before the others, from \(before.time.utcText), are not drawn."
        }
        if let after = span.after {
            text += " \(after.count.of("use")) long after the others, until \(after.time.utcText), are not drawn."
        }
        return text
    }

    private func keys(_ validity: ValidityChart) -> HTML {
        let lanes = validity.keyLanes
        guard !lanes.isEmpty else {
            return "<h3>Keys</h3><p>The keys are not from an archive, so it is not known when they were published.</p>"
        }
        return """
            <h3>Keys in the archive</h3>
            <p>A bar reaches from the first to the last sighting of a key. Where the bar of the archive is interrupted, \
            there was no sighting on a day or more, and tokens of unknown keys cannot be decided.</p>
            \(lanes)
            """
    }

    private func tokens(_ validity: ValidityChart, _ axis: TimeAxis) -> HTML {
        let lanes = validity.tokenLanes
        guard !lanes.isEmpty else { return "" }
        return """
            <section id="lives"><h2>Use and validity of the tokens that stand out</h2>
            <ul class="legend"><li>\(Self.swatch("bar valid"))thin: from issue to expiry</li><li>\
            \(Self.swatch("bar verified"))from the first to the last use, verified at least once</li><li>\
            \(Self.swatch("bar rejected"))rejected, or after expiry</li><li>\(Self.swatch("bar undecided"))undecided</li></ul>
            \(axis.labels)
            \(lanes)
            \(axis.labels)
            </section>
            """
    }

    private static func swatch(_ kind: String) -> HTML {
        kind.contains(" ")
            ? "<svg aria-hidden=\"true\"><line class=\"\(kind)\" x1=\"5\" x2=\"17\" y1=\"6\" y2=\"6\"/></svg>"
            : "<svg aria-hidden=\"true\"><rect class=\"\(kind)\" x=\"1\" y=\"1\" width=\"20\" height=\"10\"/></svg>"
    }
}
#endif
