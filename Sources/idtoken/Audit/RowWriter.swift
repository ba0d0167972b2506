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
        bytes.append(constant: "{\"record\":")
        bytes.append(decimal: row.record)
        bytes.append(constant: ",\"file\":")
        bytes.append(json: row.file)
        bytes.append(constant: ",\"line\":")
        bytes.append(decimal: row.line)
        bytes.append(constant: ",\"place\":")
        bytes.append(jsonOrNull: row.place)
        bytes.append(constant: ",\"verdict\":")
        bytes.append(json: row.verdict.rawValue)
        bytes.append(constant: ",\"code\":")
        bytes.append(jsonOrNull: row.code)
        bytes.append(constant: ",\"caller\":")
        bytes.append(jsonOrNull: row.caller)
        bytes.append(constant: ",\"subject\":")
        bytes.append(jsonOrNull: row.subject)
        bytes.append(constant: ",\"audience\":[")
        for (index, audience) in row.audiences.enumerated() {
            if index > 0 { bytes.append(constant: ",") }
            bytes.append(json: audience)
        }
        bytes.append(constant: "],\"issued\":")
        bytes.append(jsonTime: row.issuedAt)
        bytes.append(constant: ",\"expires\":")
        bytes.append(jsonTime: row.expiresAt)
        bytes.append(constant: ",\"keyID\":")
        bytes.append(jsonOrNull: row.keyID)
        bytes.append(constant: ",\"key_first_seen\":")
        bytes.append(jsonOrNull: row.keyFirstSeen)
        bytes.append(constant: ",\"key_last_seen\":")
        bytes.append(jsonOrNull: row.keyLastSeen)
        bytes.append(constant: ",\"captured\":")
        bytes.append(jsonTime: row.capturedAt)
        bytes.append(constant: ",\"basis\":")
        bytes.append(jsonOrNull: row.basis)
        bytes.append(constant: ",\"judged\":")
        bytes.append(jsonOrNull: row.judged)
        bytes.append(constant: ",\"request\":")
        bytes.append(jsonOrNull: row.request)
        bytes.append(constant: ",\"peer\":")
        bytes.append(jsonOrNull: row.peer)
        bytes.append(constant: ",\"token\":")
        bytes.append(jsonOrNull: row.token)
        bytes.append(constant: ",\"carried\":{")
        for (index, name) in self.carriedNames.enumerated() {
            if index > 0 { bytes.append(constant: ",") }
            bytes.append(json: name)
            bytes.append(constant: ":")
            if let value = row.carriedValue(at: index) {
                bytes.append(json: value)
            } else {
                bytes.append(constant: "null")
            }
        }
        bytes.append(constant: "},\"explanation\":")
        bytes.append(jsonOrNull: row.explanation)
        bytes.append(constant: "}\n")
    }

    private func appendCSV(_ row: AuditRow, to bytes: inout [UInt8]) {
        bytes.append(decimal: row.record)
        bytes.append(nextCSV: row.file)
        bytes.append(constant: ",")
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
        bytes.append(constant: "\r\n")
    }
}

extension AuditRow {
    fileprivate func carriedValue(at index: Int) -> String? {
        index < self.carried.count ? self.carried[index] : nil
    }
}
#endif
