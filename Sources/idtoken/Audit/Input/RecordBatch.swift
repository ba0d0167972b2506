//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// A captured record as it stands in the input, before it is read.
struct RawRecord: Sendable {
    /// Why a record cannot be used.
    enum Flaw: Sendable {
        /// It is longer than ``RawRecord/maximumSize``.
        case tooLarge
        /// The input ends inside it.
        case cutShort
    }

    /// The most bytes of a record that are kept; those of a token are 16 KiB at most.
    static let maximumSize = 1 << 20

    /// The line of its file on which it begins, counted from 1.
    var line: Int
    /// Where its bytes are in the batch.
    var range: Range<Int>
    var flaw: Flaw?
    /// Whether it is the last line of the input and has no line end.
    var isUnterminated = false
}

/// Records that are judged together.
struct RecordBatch: Sendable {
    /// The file they are from, as it was named.
    let source: String
    let format: InputFormat
    var bytes: [UInt8] = []
    var records: [RawRecord] = []
    /// The number of the first record, counted from 1 over all files.
    var firstNumber = 1

    /// Adds a record of bytes that are not in the batch yet.
    mutating func append(_ content: [UInt8], line: Int, flaw: RawRecord.Flaw? = nil) {
        let start = self.bytes.count
        if flaw == nil { self.bytes += content }
        self.records.append(RawRecord(line: line, range: start..<self.bytes.count, flaw: flaw))
    }

    /// Removes the first records.
    mutating func dropFirst(_ count: Int) {
        self.records.removeFirst(min(count, self.records.count))
        self.firstNumber += count
    }
}

/// Splits the content of a file into records.
protocol RecordSplitter {
    /// Splits the bytes that were read and are not part of a record yet.
    ///
    /// - Parameters:
    ///   - bytes: The bytes; those of a record that is not complete are left there.
    ///   - isEnd: Whether nothing comes after them.
    ///   - batch: An empty batch, for the records that are complete.
    mutating func split(_ bytes: inout [UInt8], isEnd: Bool, into batch: inout RecordBatch)
}
#endif
