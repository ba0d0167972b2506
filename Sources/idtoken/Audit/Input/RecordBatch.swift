//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// A captured record as it stands in the input, before it is read.
struct RawRecord: Sendable {
    /// What was recognised.
    enum Kind: Sendable {
        /// A line of text; of several lines, the first says what surrounds the tokens.
        case text
        /// Text without any context: a part of a record that is too large, or of JSON that is not complete.
        case fragment
        case json
        case dump([DumpPart])
        case row(TableHeader)
    }

    /// The most bytes of a record that are read together; those of a token are 16 KiB at most.
    static let maximumSize = 1 << 20

    var kind: Kind
    /// The line of its file on which it begins, counted from 1.
    var line: Int
    /// Where its bytes are in the batch.
    var range: Range<Int>
    /// Why it could not be read as what it is.
    var flaw: String?
    /// Tokens that begin here or later belong to the next record, which repeats these bytes.
    var tokensEnd: Int?
    /// Whether it may be part of a body, so that nothing in it is its time.
    var isInBody = false
    /// Whether its bytes were put together, and are in ``RecordBatch/copies`` until the batch is complete.
    var isCopy = false
}

/// Records that are judged together.
struct RecordBatch: Sendable {
    /// The most records of a batch.
    static let mostRecords = 4_096

    /// The file they are from, as it was named.
    let source: String
    /// The format that the user has named.
    let format: InputFormat?
    var bytes: [UInt8] = []
    var records: [RawRecord] = []
    /// The number of the first record, counted from 1 over all files.
    var firstNumber = 1
    /// Bytes of records that do not stand together in the input.
    var copies: [UInt8] = []

    var isFull: Bool { self.records.count >= Self.mostRecords || self.copies.count >= 4 * RawRecord.maximumSize }

    /// Adds a record whose bytes do not stand together in the input.
    mutating func append(copy content: [UInt8], _ kind: RawRecord.Kind, line: Int) {
        let start = self.copies.count
        self.copies += content
        self.records.append(RawRecord(kind: kind, line: line, range: start..<self.copies.count, isCopy: true))
    }

    /// Adds a record that only says what could not be read.
    mutating func append(flaw: String, line: Int) {
        let end = self.bytes.count
        self.records.append(RawRecord(kind: .fragment, line: line, range: end..<end, flaw: flaw))
    }

    /// Takes the bytes of the input, to which the ranges of the records refer.
    mutating func complete(_ bytes: ArraySlice<UInt8>) {
        self.bytes.reserveCapacity(bytes.count + self.copies.count)
        self.bytes += bytes
        let start = self.bytes.count
        self.bytes += self.copies
        for index in self.records.indices where self.records[index].isCopy {
            let range = self.records[index].range
            self.records[index].range = range.lowerBound + start..<range.upperBound + start
        }
        self.copies = []
    }

    /// Removes the first records.
    mutating func dropFirst(_ count: Int) {
        self.records.removeFirst(min(count, self.records.count))
        self.firstNumber += count
    }
}
#endif
