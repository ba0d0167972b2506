//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Splits the content of a file into records, whatever it is.
///
/// Each record is recognised by itself: a JSON object, the dump of a request, a row of a table, a line of text. Every byte of
/// the input is in a record, but for white space and the punctuation between JSON objects, so that no token is lost
/// where something is recognised wrongly.
struct RecordFramer {
    let format: InputFormat?
    /// Bytes that are not part of a batch yet.
    var buffer: [UInt8] = []
    /// The first byte that is not part of a record yet.
    var start = 0
    /// The number of the line in which start is.
    var line = 1
    /// Up to where no line end was found.
    var searched = 0
    var json: JSONFramer?
    /// Whether the line is not JSON, although it begins like it.
    var isText = false
    /// Whether the input ends inside a JSON object.
    var isCut = false
    /// What the next record of text must say.
    var flaw: String?
    /// Whether a record is so large that its pieces are records.
    var isInPieces = false
    var dump: HeaderDump
    var trace = CurlTrace()
    var partial = PartialLines()
    var table: TableHeader?

    /// How many bytes must be there before a longer table row or quoted-printable text is given up.
    static let longestRow = 65_536

    init(format: InputFormat?) {
        self.format = format
        self.dump = HeaderDump(isExpected: format == .headers)
    }

    /// Whether there are bytes that a further call can split without more input.
    private(set) var hasMore = false

    /// Adds input, and splits it as far as it goes.
    ///
    /// - Parameters:
    ///   - bytes: Further input.
    ///   - isEnd: Whether nothing comes after it.
    ///   - batch: An empty batch, which takes the records.
    mutating func split(_ bytes: [UInt8], isEnd: Bool, into batch: inout RecordBatch) {
        self.buffer += bytes
        self.hasMore = false
        while !batch.isFull {
            self.takeFinished(into: &batch)
            guard self.step(isEnd, &batch) else { break }
        }
        if batch.isFull {
            self.hasMore = true
        } else if isEnd {
            self.dump.finish()
            self.trace.finish()
            self.takeFinished(into: &batch)
            self.partial.finish(into: &batch)
            if let flaw { batch.append(flaw: flaw, line: self.line) }
        }
        // The last piece of a record may reach into the next one.
        let last = batch.records.last { !$0.isCopy }
        batch.complete(self.buffer[..<max(self.start, last?.range.upperBound ?? 0)])
        self.buffer.removeSubrange(..<self.start)
        self.json?.shift(by: self.start)
        self.searched = max(self.searched - self.start, 0)
        self.start = 0
    }

    mutating func takeFinished(into batch: inout RecordBatch) {
        if let record = self.dump.takeFinished() {
            batch.append(copy: record.content, .dump(record.parts), line: record.line)
        }
        if let record = self.trace.takeFinished() {
            batch.append(copy: record.content, .dump(record.parts), line: record.line)
        }
    }

    /// Takes one record or line; returns false if more input is needed.
    mutating func step(_ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
        guard self.start < self.buffer.count else { return false }
        if self.dump.isReadingBody {
            let buffer = self.buffer
            guard let end = self.dump.takeBody(buffer.span, from: self.start, line: self.line, isEnd: isEnd) else {
                return false
            }
            self.move(to: end)
            return true
        }
        if self.json != nil { return self.continueJSON(isEnd, &batch) }
        let isOtherOpen = self.dump.isActive || self.trace.isActive
        if !isOtherOpen, self.beginJSON() { return true }
        guard self.start < self.buffer.count else { return false }
        guard let line = self.nextLine(isEnd) else { return self.takePiece(isEnd, &batch) }
        if self.isInPieces {
            self.append(.fragment, line.text, to: &batch)
            self.isInPieces = false
            self.isText = false
            self.move(to: line.next)
            return true
        }
        return self.takeLine(line, isEnd, &batch)
    }

    struct Line {
        /// Without the line end.
        var text: Range<Int>
        var next: Int
    }

    /// The line at start, or nil if its end is not there yet.
    mutating func nextLine(_ isEnd: Bool) -> Line? {
        let from = max(self.searched, self.start)
        guard let end = Bytes.firstIndex(of: 0x0A, in: self.buffer.span, from: from) else {
            self.searched = self.buffer.count
            guard isEnd, self.buffer.count - self.start <= RawRecord.maximumSize else { return nil }
            return Line(text: self.start..<self.buffer.count, next: self.buffer.count)
        }
        guard end - self.start <= RawRecord.maximumSize else { return nil }
        let hasReturn = end > self.start && self.buffer[end - 1] == 0x0D
        return Line(text: self.start..<(hasReturn ? end - 1 : end), next: end + 1)
    }

    mutating func takeLine(_ line: Line, _ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
        let buffer = self.buffer
        let bytes = buffer.span
        if self.format == .tokens || self.format == .text {
            return self.takeText(line, isEnd, &batch)
        }
        if !self.isText {
            if self.trace.take(bytes, line.text, line: self.line) {
                if self.dump.isActive { self.dump.finish() }
                self.move(to: line.next)
                return true
            }
            let wasActive = self.dump.isActive || self.trace.isActive
            switch self.dump.take(bytes, line.text, line: self.line) {
            case .taken, .takenBeforeBody:
                self.move(to: line.next)
                return true
            case .other:
                // The line is looked at anew where the dump has ended.
                if wasActive, !self.dump.isActive, !self.trace.isActive { return true }
                let start = self.start
                if wasActive, self.beginJSON() || self.start != start { return true }
            }
            if let taken = self.takeRow(line, isEnd, &batch) { return taken }
        }
        return self.takeText(line, isEnd, &batch)
    }

    mutating func takeText(_ line: Line, _ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
        var line = line
        // Quoted-printable text is broken with an equals sign at the end of the line, and base64 without any sign.
        while 60...80 ~= line.text.count, line.next - self.start < Self.longestRow, self.continues(line.text),
            line.next < self.buffer.count
        {
            guard let end = Bytes.firstIndex(of: 0x0A, in: self.buffer.span, from: line.next) else {
                guard isEnd else { return false }
                break
            }
            line = Line(text: line.next..<(self.buffer[end - 1] == 0x0D ? end - 1 : end), next: end + 1)
        }
        line.text = self.start..<line.text.upperBound
        let buffer = self.buffer
        if self.partial.take(buffer.span, line.text, line: self.line, into: &batch) {
            self.move(to: line.next)
            return true
        }
        self.isText = false
        self.append(.text, line.text, to: &batch)
        self.move(to: line.next)
        return true
    }

    /// Whether a line of mail goes on in the next one.
    private func continues(_ line: Range<Int>) -> Bool {
        self.buffer[line.upperBound - 1] == UInt8(ascii: "=") || EncodedText.isLine(self.buffer.span, line)
    }

    /// Takes a row of a table, or its header; nil if the line is neither.
    mutating func takeRow(_ line: Line, _ isEnd: Bool, _ batch: inout RecordBatch) -> Bool? {
        if let table {
            let limit = min(self.buffer.count, self.start + Self.longestRow)
            let row = TableRow(self.buffer.span, from: self.start, end: limit, separator: table.separator)
            if let row, row.cells.count <= table.names.count {
                let hasEnd = row.isComplete && self.buffer[row.end - 1] == 0x0A
                if !hasEnd, limit == self.buffer.count, !isEnd { return false }
                if hasEnd || row.isComplete && isEnd, row.cells.count == table.names.count {
                    self.append(.row(table), self.start..<row.end, to: &batch)
                    self.move(to: row.end)
                    return true
                }
            }
        }
        guard let header = TableHeader(self.buffer.span, line.text) else { return nil }
        self.table = header
        self.append(.fragment, line.text, to: &batch)
        self.move(to: line.next)
        return true
    }
}
#endif
