//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Splits input into lines.
///
/// Each line is a record, even an empty one, so that each line leads to a row.
struct LineSplitter: RecordSplitter {
    private var line = 1
    /// How many of the bytes that were left have no line end in them.
    private var scanned = 0
    /// Whether the line is too long to be kept, so that the rest of it is skipped.
    private var isPassingOver = false

    mutating func split(_ bytes: inout [UInt8], isEnd: Bool, into batch: inout RecordBatch) {
        let content = bytes
        // With a single owner, the bytes are not copied.
        bytes = []
        let span = content.span
        var start = 0
        var search = self.scanned
        while let newline = Bytes.firstIndex(of: UInt8(ascii: "\n"), in: span, from: search) {
            let hasReturn = newline > start && span[newline - 1] == UInt8(ascii: "\r")
            self.append(start..<(hasReturn ? newline - 1 : newline), to: &batch)
            start = newline + 1
            search = start
        }
        if isEnd, start < content.count || self.isPassingOver {
            self.append(start..<content.count, isUnterminated: true, to: &batch)
            start = content.count
        } else if self.isPassingOver || content.count - start > RawRecord.maximumSize {
            self.isPassingOver = true
            start = content.count
        }
        bytes = Array(content[start...])
        self.scanned = bytes.count
        batch.bytes = content
    }

    private mutating func append(_ range: Range<Int>, isUnterminated: Bool = false, to batch: inout RecordBatch) {
        let isTooLarge = self.isPassingOver || range.count > RawRecord.maximumSize
        batch.records.append(
            RawRecord(line: self.line, range: range, flaw: isTooLarge ? .tooLarge : nil, isUnterminated: isUnterminated)
        )
        self.isPassingOver = false
        self.line += 1
    }
}
#endif
