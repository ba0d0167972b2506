//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The content of the tables of a report.
struct ReportTables {
    let report: AuditReport

    private static let mostTokens = 2_000

    /// All of them, each with the text above it.
    var all: [(table: ReportTable, remark: HTML)] {
        [self.tokens, self.callers, self.codes, self.keys, self.unreadable]
    }

    private static let useColumns: [ReportTable.Column] = [
        ReportTable.Column("Uses", .number), ReportTable.Column("Verified", .number),
        ReportTable.Column("Rejected", .number), ReportTable.Column("Undecided", .number),
        ReportTable.Column("After expiry", .number), ReportTable.Column("First use", .time),
        ReportTable.Column("Last use", .time),
    ]

    private static func cells(_ uses: UseCounts) -> [ReportTable.Cell] {
        [
            "\(uses.total.grouped)", "\(uses.verified.grouped)", "\(uses.rejected.grouped)",
            "\(uses.undecided.grouped)", "\(uses.afterExpiry.grouped)", self.time(uses.first), self.time(uses.last),
        ]
    }

    private static func time(_ seconds: Double?) -> ReportTable.Cell {
        guard let text = seconds?.utcText else { return "" }
        // Where there is little room, only the time of day goes to a second line.
        return "<span>\(String(text.prefix(11)))</span><span>\(String(text.dropFirst(11)))</span>"
    }

    private var tokens: (table: ReportTable, remark: HTML) {
        var table = ReportTable(
            id: "tokens",
            title: "Tokens",
            columns: [
                ReportTable.Column("Token"), ReportTable.Column("Why it stands out", .wide),
                ReportTable.Column("Caller", .wide), ReportTable.Column("Key ID", .wide),
                ReportTable.Column("Uses", .number), ReportTable.Column("Verdicts"),
                ReportTable.Column("First use", .time), ReportTable.Column("Last use", .time),
                ReportTable.Column("Issued", .time), ReportTable.Column("Expires", .time),
                ReportTable.Column("Used after expiry", .number), ReportTable.Column("Senders"),
            ],
            mostBytes: 1_700_000
        )
        for token in self.report.tokens.mostSuspicious(Self.mostTokens) {
            let lateness = token.uses.afterExpiry > 0 ? token.lateness : nil
            let cells: [ReportTable.Cell] =
                [
                    "<code>\(token.digest.digits)</code>\(token.hasEarlierUses ? " (earlier uses not counted)" : "")",
                    "\(token.reasons(self.report).joined(separator: "; "))",
                    "\(outside: self.report.callers[token.caller].name)",
                    "<code>\(outside: self.report.keys[token.key].name)</code>",
                    "\(token.uses.total.grouped)", "\(token.uses.words)",
                    Self.time(token.uses.first), Self.time(token.uses.last),
                    Self.time(token.issuedAt), Self.time(token.expiresAt),
                    ReportTable.Cell(
                        lateness.map { "\($0.durationWords)" } ?? "",
                        order: lateness.flatMap { Int(exactly: $0.rounded()) }
                    ),
                    self.senders(of: token),
                ]
            guard table.add(cells) else { break }
        }
        let total = self.report.tokens.count
        let rest = max(total - table.count, 0)
        let about = self.report.tokens.isCountRough ? "about " : ""
        let remark: HTML = """
            \(about)\(total.of("different token")). Those that were used after they had expired come first, then those \
            that were rejected, undecided, or used by four senders or more. A token is named by the first 16 digits of \
            its SHA-256, as in the rows. \(rest > 0 ? "\(about)\(rest.grouped) less suspicious ones are not listed." : "")
            """
        return (table, remark)
    }

    private func senders(of token: TokenUses.Entry) -> ReportTable.Cell {
        guard token.peerCount > 0 else { return "" }
        let names = (0..<min(token.peerCount, 3)).map { self.report.peers[Int(token.peers[$0])].name }
            .filter { !$0.isEmpty }
        let count = "\(token.peerCount)\(token.hasMorePeers ? " or more" : "")"
        let list = names.map { name -> HTML in " \(outside: name)" }.joined
        return ReportTable.Cell("\(count):\(list)", order: token.peerCount)
    }

    private var callers: (table: ReportTable, remark: HTML) {
        var table = ReportTable(
            id: "callers",
            title: "Callers",
            columns: [ReportTable.Column("Caller", .wide)] + Self.useColumns,
            mostBytes: 800_000
        )
        let others = self.add(self.report.callers, to: &table) { entry in
            entry.name.isEmpty ? ["<em>No verified caller</em>"] : ["\(outside: entry.name)"]
        }
        return (table, "The callers of tokens whose signature was valid.\(Self.rest(others, "of other callers"))")
    }

    private var codes: (table: ReportTable, remark: HTML) {
        var table = ReportTable(
            id: "codes",
            title: "Codes",
            columns: [ReportTable.Column("Code")] + Self.useColumns
                + [ReportTable.Column("First explanation", .wide)],
            mostBytes: 200_000
        )
        for entry in Self.sorted(self.report.codes) {
            guard table.add(["\(entry.name)"] + Self.cells(entry.uses) + ["\(outside: entry.remark)"]) else { break }
        }
        return (table, "Why tokens were not verified. The explanation is the first one; others may name other values.")
    }

    private var keys: (table: ReportTable, remark: HTML) {
        var table = ReportTable(
            id: "keys",
            title: "Keys",
            columns: [
                ReportTable.Column("Key ID", .wide), ReportTable.Column("Archive, first seen", .time),
                ReportTable.Column("Archive, last seen", .time), ReportTable.Column("Days", .number),
            ] + Self.useColumns,
            mostBytes: 400_000
        )
        let history = self.report.history
        let byID = Dictionary((history?.keys ?? []).map { (Array($0.id.boundedForReport.utf8), $0) }) { first, _ in
            first
        }
        let others = self.add(self.report.keys, to: &table) { entry in
            let id: ReportTable.Cell =
                entry.name.isEmpty ? "<em>No key ID</em>" : "<code>\(outside: entry.name)</code>"
            guard let key = byID[Array(entry.name.utf8)] else {
                return [id, history == nil ? "" : "not in the archive", "", ""]
            }
            let conflict = key.isInConflict ? " (in conflict, not used)" : ""
            return [
                id, "\(Self.time(key.firstSeen).content)\(conflict)", Self.time(key.lastSeen),
                "\(key.dayCount.grouped)",
            ]
        }
        let source =
            history == nil
            ? "The keys are not from an archive, so it is not known when they were published."
            : "The keys of the archive, and other key IDs that tokens name."
        return (table, "\(source)\(Self.rest(others, "with other key IDs"))")
    }

    private var unreadable: (table: ReportTable, remark: HTML) {
        var table = ReportTable(
            id: "unreadable",
            title: "What could not be read",
            columns: [ReportTable.Column("Place", .wide), ReportTable.Column("Why", .wide)],
            mostBytes: 400_000
        )
        for item in self.report.unreadable {
            guard table.add(["\(outside: item.place)", "\(outside: item.reason)"]) else { break }
        }
        let rest = self.report.unreadableCount - table.count
        return (
            table,
            """
            Parts of the input and of the key archive. Tokens may be missing from this report where something could \
            not be read.\(rest > 0 ? " \(rest.of("more place")) not listed." : "")
            """
        )
    }

    /// Adds a row for each name, those with the most uses first.
    ///
    /// - Returns: The uses that have no row.
    private func add(
        _ uses: NamedUses,
        to table: inout ReportTable,
        _ cells: (NamedUses.Entry) -> [ReportTable.Cell]
    ) -> Int {
        let sorted = Self.sorted(uses)
        var others = uses.otherUses.total
        for (index, entry) in sorted.enumerated() {
            guard table.add(cells(entry) + Self.cells(entry.uses)) else {
                others += sorted[index...].reduce(0) { $0 + $1.uses.total }
                break
            }
        }
        return others
    }

    private static func sorted(_ uses: NamedUses) -> [NamedUses.Entry] {
        uses.named.enumerated()
            .sorted { ($1.element.uses.total, $0.offset) < ($0.element.uses.total, $1.offset) }
            .map(\.element)
    }

    private static func rest(_ count: Int, _ whose: String) -> String {
        count > 0 ? " \(count.of("use")) \(whose) are counted together and not listed." : ""
    }
}
#endif
