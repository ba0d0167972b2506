//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The part of the page about the run itself.
struct EvidenceSection {
    let evidence: ReportEvidence
    let report: AuditReport

    private static let mostInputs = 1_000

    var html: HTML {
        let statuses = ReportEvidence.exitStatuses
            .map { status, meaning -> HTML in
                "<tr><th scope=\"row\" class=\"number\">\(Int(status))</th><td>\(meaning)</td></tr>"
            }
            .joined
        return """
            <section id="evidence"><h2>Evidence</h2>
            <table class="plain">
            <tr><th scope="row">Tool</th><td>\(self.evidence.version)</td></tr>
            <tr><th scope="row">Time of the run</th><td>\(self.evidence.startedAt.utcText) to \
            \(self.evidence.endedAt.utcText)</td></tr>
            <tr><th scope="row">Arguments</th><td>\(self.arguments)</td></tr>
            <tr><th scope="row">Keys</th><td>\(self.keys)</td></tr>
            <tr><th scope="row">Exit status</th><td>\(self.evidence.ending.words)</td></tr>
            </table>
            <h3>Input</h3>
            \(self.inputs)
            <h3>Summary</h3>
            <pre>\(self.summary)</pre>
            <h3>Exit statuses</h3>
            <table class="plain">\(statuses)</table>
            </section>
            """
    }

    private var arguments: HTML {
        self.evidence.arguments.prefix(Self.mostInputs)
            .map { argument -> HTML in "<code>\(outside: argument.boundedForReport)</code> " }
            .joined
    }

    private var summary: HTML {
        self.evidence.ending.summary.split(separator: "\n").prefix(Self.mostInputs)
            .map { line -> HTML in "\(String(line).boundedForReport)\n" }.joined
    }

    private var keys: HTML {
        guard let keys = self.evidence.keys else { return "unknown" }
        return """
            <code>\(outside: keys.source.boundedForReport)</code><br>\
            \(keys.sha256.map { "SHA-256 \($0)" } ?? "SHA-256 unknown"), \(keys.scope)
            """
    }

    private var inputs: HTML {
        let rows = self.evidence.inputs.prefix(Self.mostInputs)
            .map { input -> HTML in
                """
                <tr><td>\(outside: input.name.boundedForReport)</td><td class="number">\(input.size.grouped)</td>\
                <td><code>\(input.sha256)</code> \(input.remark)</td></tr>

                """
            }
            .joined
        let hidden = self.evidence.inputs.count - Self.mostInputs
        let more: HTML = if hidden > 0 { "<p>\(hidden.of("more file")) not listed.</p>" } else { "" }
        return """
            <table class="plain"><thead><tr><th scope="col">File</th><th scope="col" class="number">Bytes</th>\
            <th scope="col">SHA-256</th></tr></thead><tbody>
            \(rows)</tbody></table>\(more)
            """
    }
}
#endif
