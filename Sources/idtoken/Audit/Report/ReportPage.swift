//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import OpenSSLSignature

/// The page of a report: one HTML file that needs nothing else and may fetch nothing.
///
/// Its style and its script are the only ones that a browser accepts, because the page names their SHA-256 in its content
/// security policy (CSP Level 3 §6.7); script that came with a name would not run even if it were not escaped.
struct ReportPage {
    let report: AuditReport
    let evidence: ReportEvidence

    /// The page in parts; put together it would be in memory twice.
    var parts: [HTML] {
        let tables = ReportTables(report: self.report).all
        let style = ReportStyle.text + tables.map(\.table).map { Self.narrow($0) }.joined()
        let script = ReportScript.text
        let links = tables.map { table, _ -> HTML in "<li><a href=\"#\(table.id)\">\(table.title)</a></li>" }.joined
        let beginning: HTML = """
            \(own: ReportFile.beginning)
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy(style: style, script: script))">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="\(self.evidence.version)">
            <title>Audit of captured tokens</title>
            <style>\(own: style)</style>
            </head>
            <body>
            <svg class="definitions" aria-hidden="true"><defs><pattern id="stripes" width="4" height="4" \
            patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M1 0V4"/></pattern></defs></svg>
            <header><h1>Audit of captured tokens</h1>
            <p>\(self.headline)</p>
            \(self.alarms)</header>
            \(self.totals)
            <nav aria-label="Parts of this page"><ul><li><a href="#time">Callers over time</a></li>\(links)\
            <li><a href="#evidence">Evidence</a></li></ul></nav>
            <main>

            """
        let ending: HTML = """
            \(EvidenceSection(evidence: self.evidence, report: self.report).html)
            </main>
            <script>\(own: script)</script>
            </body>
            </html>

            """
        return [beginning, ReportCharts(report: self.report).section]
            + tables.flatMap { table, remark in table.section(remark: remark) } + [ending]
    }

    private static func narrow(_ table: ReportTable) -> String {
        "@media screen and (max-width: 50rem) {\n\(table.narrowStyle)\n}\n"
    }

    private static func policy(style: String, script: String) -> String {
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '\(self.source(style))'; "
            + "script-src '\(self.source(script))'"
    }

    /// The source expression that allows exactly this text; none if OpenSSL has no SHA-256, so that nothing is allowed.
    private static func source(_ text: String) -> String {
        guard let hash = SHA256.digest(text.utf8.span) else { return "none" }
        let words = [hash.words.0, hash.words.1, hash.words.2, hash.words.3]
        let bytes = words.flatMap { word in stride(from: 56, through: 0, by: -8).map { UInt8(word >> $0 & 0xFF) } }
        return "sha256-\(Data(bytes).base64EncodedString())"
    }

    private var headline: String {
        let totals = self.report.totals
        guard totals.total > 0 else { return "No token was found in \(self.evidence.inputs.count.of("file"))." }
        let times =
            if let first = totals.first, let last = totals.last {
                "captured from \(first.utcText) to \(last.utcText)"
            } else {
                "without a known time"
            }
        return "\(totals.total.of("use")) of \(self.report.tokens.count.of("different token")) in "
            + "\(self.evidence.inputs.count.of("file")), \(times)."
    }

    private var alarms: HTML {
        var html: HTML = ""
        if let earlyEnd = self.evidence.ending.earlyEnd {
            html += "<p class=\"alarm\"><strong>The run ended early:</strong> \(outside: earlyEnd)</p>\n"
        }
        if self.report.unreadableCount > 0 {
            html += """
                <p class="alarm"><strong>\(self.report.unreadableCount.of("place")) could not be read:</strong> tokens may \
                be missing, see <a href="#unreadable">What could not be read</a>.</p>

                """
        }
        return html
    }

    private var totals: HTML {
        let totals = self.report.totals
        let parts: [(kind: String, title: String, count: Int)] = [
            ("verified", "Verified", totals.verified), ("rejected", "Rejected", totals.rejected),
            ("undecided", "Undecided", totals.undecided), ("late", "Used after expiry", totals.afterExpiry),
        ]
        let items = parts.map { part -> HTML in
            "<div class=\"\(part.kind)\"><dt>\(part.title)</dt><dd>\(part.count.grouped)</dd></div>"
        }
        return "<dl class=\"totals\">\(items.joined)</dl>"
    }
}
#endif
