//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenPlatform

/// The rows at the end of an output file that an earlier run wrote, and that a continued run writes again.
struct EarlierRows {
    /// More rows than a run writes after the record that it names when it ends, in bytes.
    private static let mostBytes = 16 << 20
    private static let firstBytes = 64 << 10

    /// The size of the file without these rows.
    private(set) var end = 0
    /// How many rows are whole.
    private var wholeCount = 0
    private var hasCutRow = false
    private let record: Int

    /// Looks for the rows of records after a given one.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - size: Its size in bytes.
    ///   - writer: What writes the rows.
    ///   - record: The last record whose rows stay.
    /// - Throws: `FileError`, or ``CommandFailure`` if there are too many such rows.
    init(in file: OpenFile, size: Int, writer: RowWriter, after record: Int) throws {
        self.record = record
        var count = Self.firstBytes
        while true {
            let start = max(size - count, 0)
            let tail = try file.read(from: start, upTo: size - start)
            if let end = self.look(at: tail, isWhole: start == 0, writer: writer) {
                self.end = start + end
                return
            }
            guard count < Self.mostBytes else { break }
            count *= 2
        }
        throw CommandFailure(
            status: .usage,
            message:
                "the output file has many rows of records after record \(record), and they would be written again; "
                + "give --resume-after the number before that of the last row."
        )
    }

    /// Looks at the last bytes of the file, line by line from the end.
    ///
    /// - Returns: Where the rows begin, or nil if they begin before these bytes.
    private mutating func look(at tail: [UInt8], isWhole: Bool, writer: RowWriter) -> Int? {
        self.wholeCount = 0
        self.hasCutRow = false
        let newline = UInt8(ascii: "\n")
        var end = tail.count
        while end > 0 {
            let isCut = end == tail.count && tail.last != newline
            let contentEnd = isCut ? end : end - 1
            let before = tail[..<contentEnd].lastIndex(of: newline)
            guard before != nil || isWhole else { return nil }
            let start = before.map { $0 + 1 } ?? 0
            let line = tail[start..<contentEnd]
            if isCut {
                let isHeader = self.record == 0 && isWhole && start == 0 && writer.header.starts(with: line)
                guard isHeader || writer.format.record(ofRow: line).map({ $0 == 0 || $0 > self.record }) == true else {
                    return end
                }
                self.hasCutRow = true
            } else {
                guard let number = writer.format.record(ofRow: line), number > self.record else { return end }
                self.wholeCount += 1
            }
            end = start
        }
        return isWhole ? 0 : nil
    }

    /// The rows in words.
    var words: String {
        let whole = "\(self.wholeCount) row\(self.wholeCount == 1 ? "" : "s") of records after record \(self.record)"
        if self.wholeCount == 0 { return "a cut row of a record after record \(self.record)" }
        return self.hasCutRow ? whole + " and a cut row" : whole
    }
}
#endif
