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
    /// A table for people, as wide as the terminal; a row has several lines.
    case table
    /// One JSON object on each line.
    case ndjson
    /// RFC 4180, with a header.
    case csv

    /// The columns before those that `--carry` adds; `explanation` comes after these.
    static let columns = [
        "record", "file", "line", "place", "verdict", "code", "caller", "subject", "audience", "issued", "expires",
        "keyID", "key_first_seen", "key_last_seen", "captured", "basis", "judged", "request", "peer", "token",
    ]
    static let lastColumn = "explanation"

    /// The number of the record whose row begins a line, or nil if the line is no row of this format.
    ///
    /// - Parameter line: A line without its line end; it may be cut at its end.
    /// - Returns: The number; 0 if the line is cut before the number ends, so that any record may be meant.
    func record(ofRow line: ArraySlice<UInt8>) -> Int? {
        let beginning: [UInt8]
        let end: [UInt8]
        switch self {
        case .table: return nil
        case .ndjson: (beginning, end) = (Array(#"{"record":"#.utf8), Array(#","file":"#.utf8))
        case .csv: (beginning, end) = ([], [UInt8(ascii: ",")])
        }
        guard line.starts(with: beginning) else { return beginning.starts(with: line) ? 0 : nil }
        let rest = line.dropFirst(beginning.count)
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        let after = rest[digits.endIndex...]
        guard !after.isEmpty else { return 0 }
        guard after.starts(with: end) || end.starts(with: after) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
#endif
