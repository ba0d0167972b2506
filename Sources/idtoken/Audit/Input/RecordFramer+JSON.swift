//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

extension RecordFramer {
    /// Begins a JSON object, if nothing but punctuation is before it.
    mutating func beginJSON() -> Bool {
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
                guard index + 2 < self.buffer.count, self.buffer[index + 1] == 0xBB, self.buffer[index + 2] == 0xBF
                else {
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

    mutating func continueJSON(_ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
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
            if !self.isCut {
                self.isCut = true
                self.flaw = "the input ends inside a JSON object, whose missing part may have had tokens"
            }
            self.fallBack(to: self.buffer.count, json, &batch)
            return true
        case .invalid(let index):
            self.fallBack(to: index, json, &batch)
            return true
        }
    }

    /// Takes the lines before an index, which are not JSON, as text, and begins anew with the line of the index.
    mutating func fallBack(to index: Int, _ json: JSONFramer, _ batch: inout RecordBatch) {
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
    func firstLineEnd(before end: Int) -> Int? {
        guard !self.isInPieces, end - self.start <= Self.longestRow, self.lineEnds(self.start..<end) <= 8 else {
            return nil
        }
        return Bytes.firstIndex(of: 0x0A, in: self.buffer.span, from: self.start).map { $0 + 1 }
    }

    mutating func takeElements(_ elements: [Range<Int>], _ batch: inout RecordBatch) {
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
    mutating func takeGap(to end: Int, _ batch: inout RecordBatch) {
        guard end > self.start else { return }
        var scanner = TokenScanner(self.start..<end)
        if scanner.next(in: self.buffer.span) != nil { self.append(.fragment, self.start..<end, to: &batch) }
        self.move(to: end)
    }

    /// Takes a part of a record that is too large to be kept; returns false if there is not enough of it yet.
    mutating func takePiece(_ isEnd: Bool, _ batch: inout RecordBatch) -> Bool {
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

    mutating func append(_ kind: RawRecord.Kind, _ range: Range<Int>, to batch: inout RecordBatch) {
        guard self.buffer[range].contains(where: { !" \t\r\n[],".utf8.contains($0) }) else { return }
        var line = self.line
        if range.lowerBound > self.start { line += self.lineEnds(self.start..<range.lowerBound) }
        var record = RawRecord(kind: kind, line: line, range: range, isInBody: self.dump.isInBody)
        switch kind {
        case .text, .fragment:
            record.flaw = self.flaw
            self.flaw = nil
        default: break
        }
        batch.records.append(record)
    }

    /// Goes on to an index, and counts the lines before it.
    mutating func move(to index: Int) {
        self.line += self.lineEnds(self.start..<index)
        self.start = index
    }

    func lineEnds(_ range: Range<Int>) -> Int {
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
#endif
