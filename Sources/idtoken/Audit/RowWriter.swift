//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// Writes rows in one of the formats.
struct RowWriter: Sendable {
    let format: RowFormat
    /// The names of the fields that `--carry` adds to each row.
    let carriedNames: [String]
    let table: RowTable

    /// What comes before all rows.
    var header: [UInt8] {
        switch self.format {
        case .ndjson: return []
        case .table: return self.table.header
        case .csv:
            var bytes: [UInt8] = []
            for name in RowFormat.columns + self.carriedNames {
                bytes.append(csv: name)
                bytes += ",".utf8
            }
            return bytes + Array((RowFormat.lastColumn + "\r\n").utf8)
        }
    }

    /// Writes a row, with its line end.
    func append(_ row: AuditRow, to bytes: inout [UInt8]) {
        switch self.format {
        case .table: self.table.append(row, carriedNames: self.carriedNames, to: &bytes)
        case .ndjson: self.appendJSON(row, to: &bytes)
        case .csv: self.appendCSV(row, to: &bytes)
        }
    }

    private func appendJSON(_ row: AuditRow, to bytes: inout [UInt8]) {
        bytes += "{\"record\":".utf8
        bytes.append(decimal: row.record)
        bytes += ",\"file\":".utf8
        bytes.append(json: row.file)
        bytes += ",\"line\":".utf8
        bytes.append(decimal: row.line)
        bytes += ",\"place\":".utf8
        bytes.append(jsonOrNull: row.place)
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
        bytes += ",\"key_first_seen\":".utf8
        bytes.append(jsonOrNull: row.keyFirstSeen)
        bytes += ",\"key_last_seen\":".utf8
        bytes.append(jsonOrNull: row.keyLastSeen)
        bytes += ",\"captured\":".utf8
        bytes.append(jsonTime: row.capturedAt)
        bytes += ",\"basis\":".utf8
        bytes.append(jsonOrNull: row.basis)
        bytes += ",\"judged\":".utf8
        bytes.append(jsonOrNull: row.judged)
        bytes += ",\"request\":".utf8
        bytes.append(jsonOrNull: row.request)
        bytes += ",\"peer\":".utf8
        bytes.append(jsonOrNull: row.peer)
        bytes += ",\"token\":".utf8
        bytes.append(jsonOrNull: row.token)
        bytes += ",\"carried\":{".utf8
        for (index, name) in self.carriedNames.enumerated() {
            if index > 0 { bytes += ",".utf8 }
            bytes.append(json: name)
            bytes += ":".utf8
            if let value = row.carriedValue(at: index) { bytes.append(json: value) } else { bytes += "null".utf8 }
        }
        bytes += "},\"explanation\":".utf8
        bytes.append(jsonOrNull: row.explanation)
        bytes += "}\n".utf8
    }

    private func appendCSV(_ row: AuditRow, to bytes: inout [UInt8]) {
        bytes.append(decimal: row.record)
        bytes.append(nextCSV: row.file)
        bytes += ",".utf8
        bytes.append(decimal: row.line)
        bytes.append(nextCSV: row.place)
        bytes.append(nextPlain: row.verdict.rawValue)
        bytes.append(nextPlain: row.code)
        bytes.append(nextCSV: row.caller)
        bytes.append(nextCSV: row.subject)
        bytes.append(nextCSV: row.audiences.joined(separator: " "))
        bytes.append(nextCSVTime: row.issuedAt)
        bytes.append(nextCSVTime: row.expiresAt)
        bytes.append(nextCSV: row.keyID)
        bytes.append(nextPlain: row.keyFirstSeen)
        bytes.append(nextPlain: row.keyLastSeen)
        bytes.append(nextCSVTime: row.capturedAt)
        bytes.append(nextCSV: row.basis)
        bytes.append(nextCSV: row.judged)
        bytes.append(nextCSV: row.request)
        bytes.append(nextCSV: row.peer)
        bytes.append(nextCSV: row.token)
        for index in self.carriedNames.indices { bytes.append(nextCSV: row.carriedValue(at: index) ?? "") }
        bytes.append(nextCSV: row.explanation)
        bytes += "\r\n".utf8
    }
}

extension AuditRow {
    fileprivate func carriedValue(at index: Int) -> String? {
        index < self.carried.count ? self.carried[index] : nil
    }
}
#endif
