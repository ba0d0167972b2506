//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import IDTokenPlatform

/// The table for people: each row has a line of columns, and below it lines with everything else.
struct RowTable: Sendable {
    /// The length of a line, in columns of the terminal.
    let width: Int
    let isColoured: Bool
    /// Whether each row names its file, because there are several.
    let namesFile: Bool

    /// The width if output goes neither to a terminal nor has `COLUMNS` a value.
    static let usualWidth = 120
    private static let gap = 2
    /// Lines below the first begin here.
    private static let margin = 10

    /// The columns of the first line, those that matter most first; how many there are depends on the width.
    private static let columns = [
        ("record", 8), ("line", 8), ("verdict", 9), ("code", 21), ("token", 16), ("caller", 45), ("issued", 20),
        ("expires", 20), ("captured", 20),
    ]
    private let columnCount: Int

    init(width: Int, isColoured: Bool, namesFile: Bool) {
        self.width = width
        self.isColoured = isColoured
        self.namesFile = namesFile
        var count = 0
        var used = 0
        for (_, width) in Self.columns {
            used += width + (count > 0 ? Self.gap : 0)
            guard used <= self.width || count < 3 else { break }
            count += 1
        }
        self.columnCount = count
    }

    /// The table for standard output: as wide as `COLUMNS` says, or else the terminal; coloured on a terminal only.
    init(namesFile: Bool) {
        self.init(
            width: LineWidth(
                columns: ProcessInfo.processInfo.environment["COLUMNS"],
                terminalWidth: OpenFile.standardOutput.terminalWidth,
                usual: Self.usualWidth
            )
            .count,
            isColoured: DemoTable.wantsColour,
            namesFile: namesFile
        )
    }

    /// The names of the columns.
    var header: [UInt8] {
        var line: [UInt8] = []
        for (name, width) in Self.columns.prefix(self.columnCount) { Self.append(name, width: width, to: &line) }
        var bytes: [UInt8] = []
        self.append(Self.trimmed(line), .bold, to: &bytes)
        return bytes + [UInt8(ascii: "\n")]
    }

    /// Writes a row, with its line end.
    func append(_ row: AuditRow, carriedNames: [String], to bytes: inout [UInt8]) {
        let cells = [
            String(row.record), String(row.line), row.verdict.rawValue, row.code, row.token, row.caller.printable,
            row.issuedAt?.utcText ?? "", row.expiresAt?.utcText ?? "", row.capturedAt?.utcText ?? "",
        ]
        var line: [UInt8] = []
        var details = TableLines(width: self.width, margin: Self.margin)
        for (index, (cell, column)) in zip(cells, Self.columns).enumerated() {
            if index < self.columnCount {
                let isShown = cell.columnCount <= column.1
                Self.append(isShown ? cell : "", width: column.1, to: &line)
                if isShown { continue }
            }
            details.append(cell, of: column.0)
        }
        if self.namesFile { details.append(row.file.printable, of: "file") }
        details.append(row.place.printable, of: "place")
        details.append(row.audiences.map(\.printable).joined(separator: " "), of: "audience")
        details.append(row.keyID.printable, of: "key")
        if !row.keyFirstSeen.isEmpty {
            details.append("\(row.keyFirstSeen) to \(row.keyLastSeen)", of: "key seen")
        }
        details.append(row.basis.printable, of: "basis")
        details.append(row.judged, of: "judged")
        details.append(row.request.printable, of: "request")
        details.append(row.peer.printable, of: "peer")
        for (name, value) in zip(carriedNames, row.carried) {
            details.append(value?.printable ?? "", of: name.printable)
        }
        self.append(Self.trimmed(line), Self.colour(row.verdict), to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        details.breakLine()
        details.append(words: row.explanation.printable)
        details.breakLine()
        self.append(details.bytes, .dim, to: &bytes)
    }

    private static func append(_ text: String, width: Int, to line: inout [UInt8]) {
        if !line.isEmpty { line += repeatElement(UInt8(ascii: " "), count: Self.gap) }
        line += text.utf8
        line += repeatElement(UInt8(ascii: " "), count: max(width - text.columnCount, 0))
    }

    private static func trimmed(_ line: [UInt8]) -> [UInt8] {
        let end = line.lastIndex { $0 != UInt8(ascii: " ") } ?? -1
        return Array(line[...end])
    }
}

extension RowTable {
    private enum Colour: String {
        case green = "32"
        case red = "31"
        case yellow = "33"
        case dim = "2"
        case bold = "1"
    }

    private static func colour(_ verdict: AuditRow.Verdict) -> Colour {
        switch verdict {
        case .verified: .green
        case .rejected: .red
        case .undecided: .yellow
        }
    }

    private func append(_ text: [UInt8], _ colour: Colour, to bytes: inout [UInt8]) {
        guard self.isColoured else {
            bytes += text
            return
        }
        bytes += "\u{1B}[\(colour.rawValue)m".utf8
        bytes += text
        bytes += "\u{1B}[0m".utf8
    }
}
#endif
