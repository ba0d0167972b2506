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
    private let format: InputFormat?
    /// Bytes that are not part of a batch yet.
    private var buffer: [UInt8] = []
    /// The first byte that is not part of a record yet.
    private var start = 0
    /// The number of the line in which start is.
    private(set) var line = 1
    /// Up to where no line end was found.
    private var searched = 0
    private var json: JSONFramer?
    /// Whether the line is not JSON, although it begins like it.
    private var isText = false
    /// Whether a record is so large that its pieces are records.
    private var isInPieces = false
    private var dump: HeaderDump
    private var trace = CurlTrace()
    private var partial = PartialLines()
    private var table: TableHeader?

    /// How many bytes must be there before a longer table row or quoted-printable text is given up.
    private static let longestRow = 65_536

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
        }
        // The last piece of a record may reach into the next one.
        let last = batch.records.last { !$0.isCopy }
        batch.complete(self.buffer[..<max(self.start, last?.range.upperBound ?? 0)])
        self.buffer.removeSubrange(..<self.start)
        self.json?.shift(by: self.start)
        self.searched = max(self.searched - self.start, 0)
        self.start = 0
    }

    private mutating func takeFinished(into batch: inout RecordBatch) {
        if let record = self.dump.takeFinished() {
            batch.append(copy: record.content, .dump(record.parts), line: record.line)
        }
        if let record = self.trace.takeFinished() {
            batch.append(copy: record.content, .dump(record.parts), line: record.line)
        }
    }

    /// Takes one record or line; returns false if more input is needed.
    private mutating func step(_ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
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

    private struct Line {
        /// Without the line end.
        var text: Range<Int>
        var next: Int
    }

    /// The line at start, or nil if its end is not there yet.
    private mutating func nextLine(_ isEnd: Bool) -> Line? {
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

    private mutating func takeLine(_ line: Line, _ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
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

    private mutating func takeText(_ line: Line, _ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
        var line = line
        // Quoted-printable text is broken with an equals sign at the end of the line.
        while 60...78 ~= line.text.count, line.next - self.start < Self.longestRow,
            self.buffer[line.text.upperBound - 1] == UInt8(ascii: "="), line.next < self.buffer.count
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

    /// Takes a row of a table, or its header; nil if the line is neither.
    private mutating func takeRow(_ line: Line, _ isEnd: Bool, _ batch: inout RecordBatch) -> Bool? {
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

extension RecordFramer {
    /// Begins a JSON object, if nothing but punctuation is before it.
    private mutating func beginJSON() -> Bool {
        guard !self.isText, !self.isInPieces, self.format != .tokens, self.format != .text else { return false }
        var index = self.start
        while index < self.buffer.count {
            switch self.buffer[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: ","), UInt8(ascii: "["),
                UInt8(ascii: "]"):
                index += 1
                continue
            case 0xEF:
                // The mark of UTF-8, where files were put together.
                guard index + 2 < self.buffer.count, self.buffer[index + 1] == 0xBB, self.buffer[index + 2] == 0xBF else {
                    return false
                }
                index += 3
            case 0x0A:
                // A line of punctuation only.
                index += 1
                self.move(to: index)
                continue
            case UInt8(ascii: "{"):
                self.move(to: index)
                self.json = JSONFramer(start: index)
                return true
            default: return false
            }
        }
        // A line that has only punctuation so far is not kept once it is long.
        if index - self.start > 4_096 { self.move(to: index) }
        return false
    }

    private mutating func continueJSON(_ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
        guard var json = self.json else { return true }
        // With a single owner, its arrays are not copied.
        self.json = nil
        let outcome = json.advance(in: self.buffer.span)
        let isLarge = json.position - self.start > RawRecord.maximumSize
        var isComplete = false
        if case .complete = outcome { isComplete = true }
        if json.isList, isLarge || isComplete || !json.elements.isEmpty && self.isInPieces {
            self.takeElements(json.takeElements(), &batch)
            if !isComplete, json.elementStart == nil { self.takeGap(to: json.position, &batch) }
        }
        self.json = json
        switch outcome {
        case .complete(let end):
            if json.isList || self.isInPieces || json.start < self.start {
                self.takeGap(to: end, &batch)
            } else {
                self.append(.json, json.start..<end, to: &batch)
                self.move(to: end)
            }
            self.json = nil
            self.isInPieces = false
            return true
        case .incomplete:
            if !isEnd {
                guard self.buffer.count - self.start > RawRecord.maximumSize else { return false }
                return self.takePiece(isEnd, &batch)
            }
            self.fallBack(to: self.buffer.count, json, &batch)
            return true
        case .invalid(let index):
            self.fallBack(to: index, json, &batch)
            return true
        }
    }

    /// Takes the lines before an index, which are not JSON, as text, and begins anew with the line of the index.
    private mutating func fallBack(to index: Int, _ json: JSONFramer, _ batch: inout RecordBatch) {
        var json = json
        if !json.hasTime { self.takeElements(json.takeElements(), &batch) }
        self.json = nil
        var lineStart = min(index, self.buffer.count)
        while lineStart > self.start, self.buffer[lineStart - 1] != 0x0A { lineStart -= 1 }
        guard lineStart > self.start else {
            self.isText = true
            return
        }
        // After a few lines only the first is given up, because the others may be objects of their own.
        if let first = self.firstLineEnd(before: lineStart) {
            self.append(.text, self.start..<first, to: &batch)
            self.move(to: first)
            return
        }
        self.append(.fragment, self.start..<lineStart, to: &batch)
        self.move(to: lineStart)
        self.isInPieces = false
    }

    /// The index after the first line, if at most a few lines are before an index and nothing of them was taken.
    private func firstLineEnd(before end: Int) -> Int? {
        guard !self.isInPieces, end - self.start <= Self.longestRow, self.lineEnds(self.start..<end) <= 8 else {
            return nil
        }
        return Bytes.firstIndex(of: 0x0A, in: self.buffer.span, from: self.start).map { $0 + 1 }
    }

    private mutating func takeElements(_ elements: [Range<Int>], _ batch: inout RecordBatch) {
        for element in elements {
            if element.lowerBound < self.start {
                // Its beginning was taken before, because it is too large.
                self.append(.fragment, self.start..<element.upperBound, to: &batch)
                self.isInPieces = false
            } else {
                self.takeGap(to: element.lowerBound, &batch)
                self.append(.json, element, to: &batch)
            }
            self.move(to: element.upperBound)
        }
    }

    /// Takes what stands between records; it is a record only if it has a token.
    private mutating func takeGap(to end: Int, _ batch: inout RecordBatch) {
        guard end > self.start else { return }
        var scanner = TokenScanner(self.start..<end)
        if scanner.next(in: self.buffer.span) != nil { self.append(.fragment, self.start..<end, to: &batch) }
        self.move(to: end)
    }

    /// Takes a part of a record that is too large to be kept; returns false if there is not enough of it yet.
    private mutating func takePiece(_ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
        let count = self.buffer.count - self.start
        guard count > RawRecord.maximumSize || self.isInPieces && (count > RawRecord.maximumSize / 2 || isEnd) else {
            return false
        }
        let limit = min(self.buffer.count, self.start + RawRecord.maximumSize)
        let isLast = isEnd && limit == self.buffer.count
        let end = isLast ? limit : TokenPiece.end(self.buffer.span, self.start..<limit)
        let flaw = self.isInPieces ? nil : "the record is longer than 1 MiB, so its tokens are found without its time"
        // Without a place to cut, the next piece repeats the end of this one.
        let next = end ?? limit - TokenPiece.overlap
        let isToEnd = isLast || end != nil
        batch.records.append(
            RawRecord(
                kind: .fragment,
                line: self.line,
                range: self.start..<(isToEnd ? next : limit),
                flaw: flaw,
                tokensEnd: isToEnd ? nil : next
            )
        )
        self.isInPieces = true
        self.move(to: next)
        return true
    }

    private mutating func append(_ kind: RawRecord.Kind, _ range: Range<Int>, to batch: inout RecordBatch) {
        guard self.buffer[range].contains(where: { !" \t\r\n[],".utf8.contains($0) }) else { return }
        var line = self.line
        if range.lowerBound > self.start { line += self.lineEnds(self.start..<range.lowerBound) }
        batch.records.append(RawRecord(kind: kind, line: line, range: range, isInBody: self.dump.isInBody))
    }

    /// Goes on to an index, and counts the lines before it.
    private mutating func move(to index: Int) {
        self.line += self.lineEnds(self.start..<index)
        self.start = index
    }

    private func lineEnds(_ range: Range<Int>) -> Int {
        let span = self.buffer.span.extracting(..<range.upperBound)
        var count = 0
        var index = range.lowerBound
        while let found = Bytes.firstIndex(of: 0x0A, in: span, from: index) {
            count += 1
            index = found + 1
        }
        return count
    }
}

/// Where a record that is too large is cut.
enum TokenPiece {
    /// No token that the verifier accepts is longer, however it is escaped.
    static let overlap = 65_536

    static let ofTokens = ByteSet { byte in
        TokenScanner.segment.contains(byte) || ".%\\&=;#+/{}".utf8.contains(byte)
    }

    private static let others = ByteSet { !ofTokens.contains($0) }

    /// The end of the run of bytes that can be in a token.
    static func endOfRun(_ bytes: Span<UInt8>, from start: Int) -> Int {
        min(self.others.firstIndex(in: bytes, start..<bytes.count), bytes.count)
    }

    /// The index after the last byte that cannot be in a token, or nil if there is none among the last bytes.
    static func end(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        let first = max(range.lowerBound, range.upperBound - Self.overlap)
        let start = Self.ofTokens.startOfRun(in: bytes, first..<range.upperBound)
        return start > first ? start : nil
    }
}
#endif
