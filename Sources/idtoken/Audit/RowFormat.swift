//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser

/// How rows are written.
enum RowFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// A table for people; a cell that is wider than its column moves the cells after it.
    case table
    /// One JSON object on each line.
    case ndjson
    /// RFC 4180, with a header.
    case csv

    private static let names = [
        "record", "file", "line", "verdict", "code", "caller", "subject", "audience", "issued", "expires", "keyID",
        "judged", "token", "explanation",
    ]

    /// The line above all rows, if the format has one.
    var header: [UInt8] {
        switch self {
        case .ndjson: []
        case .csv: Array((Self.names.joined(separator: ",") + "\r\n").utf8)
        case .table:
            Self.tableCells([
                ("record", 8), ("line", 8), ("verdict", 10), ("code", 23), ("caller", 40), ("audience", 40),
                ("issued", 20), ("expires", 20), ("key ID", 40), ("judged", 29), ("token", 16),
            ]) + Array("  explanation\n".utf8)
        }
    }

    /// The ways in which the text of a row may begin that a run continues with; none if that cannot be told.
    ///
    /// - Parameter number: The number of the record.
    /// - Returns: The bytes up to the end of the number; for the first row the header too.
    func beginnings(ofRow number: Int) -> [[UInt8]] {
        let header = number == 1 && !self.header.isEmpty ? [self.header] : []
        return switch self {
        case .ndjson: [Array("{\"record\":\(number),\"file\":".utf8)]
        case .csv: header + [Array("\(number),".utf8)]
        case .table: header
        }
    }

    /// Writes the first part of a row: the number and the place of the record.
    func appendPlace(number: Int, source: String, line: Int, namesSource: Bool, to bytes: inout [UInt8]) {
        switch self {
        case .ndjson:
            bytes += "{\"record\":".utf8
            bytes.append(decimal: number)
            bytes += ",\"file\":".utf8
            bytes.append(json: source)
            bytes += ",\"line\":".utf8
            bytes.append(decimal: line)
        case .csv:
            bytes.append(decimal: number)
            bytes += ",".utf8
            bytes.append(csv: source)
            bytes += ",".utf8
            bytes.append(decimal: line)
        case .table:
            bytes += Self.tableCells([
                ("\(number)", 8), (namesSource ? "\(source.printable):\(line)" : "\(line)", 8),
            ])
        }
    }

    /// Writes the rest of a row, with its line end.
    func append(_ row: AuditRow, to bytes: inout [UInt8]) {
        switch self {
        case .ndjson: Self.appendJSON(row, to: &bytes)
        case .csv: Self.appendCSV(row, to: &bytes)
        case .table:
            bytes += "  ".utf8
            bytes += Self.tableCells([
                (row.verdict.rawValue, 10), (row.code, 23), (row.caller.printable, 40),
                (row.audiences.map(\.printable).joined(separator: " "), 40), (row.issuedAt?.utcText ?? "", 20),
                (row.expiresAt?.utcText ?? "", 20), (row.keyID.printable, 40), (row.judged, 29), (row.token, 16),
            ])
            bytes += "  \(row.explanation.printable)\n".utf8
        }
    }

    private static func appendJSON(_ row: AuditRow, to bytes: inout [UInt8]) {
        bytes += ",\"verdict\":".utf8
        bytes.append(json: row.verdict.rawValue)
        bytes += ",\"code\":".utf8
        bytes.append(jsonOrNull: row.code)
        bytes += ",\"caller\":".utf8
        bytes.append(jsonOrNull: row.caller)
        bytes += ",\"subject\":".utf8
        bytes.append(jsonOrNull: row.subject)
        bytes += ",\"audience\":[".utf8
        for (index, audience) in row.audiences.enumerated() {
            if index > 0 { bytes += ",".utf8 }
            bytes.append(json: audience)
        }
        bytes += "],\"issued\":".utf8
        bytes.append(jsonTime: row.issuedAt)
        bytes += ",\"expires\":".utf8
        bytes.append(jsonTime: row.expiresAt)
        bytes += ",\"keyID\":".utf8
        bytes.append(jsonOrNull: row.keyID)
        bytes += ",\"judged\":".utf8
        bytes.append(jsonOrNull: row.judged)
        bytes += ",\"token\":".utf8
        bytes.append(jsonOrNull: row.token)
        bytes += ",\"explanation\":".utf8
        bytes.append(jsonOrNull: row.explanation)
        bytes += "}\n".utf8
    }

    private static func appendCSV(_ row: AuditRow, to bytes: inout [UInt8]) {
        let cells = [
            row.verdict.rawValue, row.code, row.caller, row.subject, row.audiences.joined(separator: " "),
            row.issuedAt?.utcText ?? "", row.expiresAt?.utcText ?? "", row.keyID, row.judged, row.token,
            row.explanation,
        ]
        for cell in cells {
            bytes += ",".utf8
            bytes.append(csv: cell)
        }
        bytes += "\r\n".utf8
    }

    /// Cells that are separated by two spaces.
    private static func tableCells(_ cells: [(text: String, width: Int)]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes += "  ".utf8 }
            bytes += cell.text.utf8
            bytes += repeatElement(UInt8(ascii: " "), count: max(cell.width - cell.text.utf8.count, 0))
        }
        return bytes
    }
}
#endif
