//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// Cuts dumps of requests: what `curl -v` prints, raw HTTP/1.1 requests with or without their responses, and blocks of
/// header lines with empty lines between them.
///
/// Of each request three header fields are kept, each after a letter that names it: `a` for `Authorization`, `x` for
/// `X-Serverless-Authorization`, and `d` for the response's `Date`.
struct HeaderDumpSplitter: RecordSplitter {
    private enum Place {
        /// Where a header line begins a record of its own.
        case start
        case request
        case response
        /// Where only a request line or a status line is looked at.
        case body
    }

    /// A line's part in the dump, by the mark that curl puts before it.
    private enum Mark {
        case sent
        case received
        case none
    }

    private var lines = LineSplitter()
    private var place = Place.start
    /// Whether lines have curl's marks, so that lines without a mark are bodies and remarks.
    private var hasMarks = false
    private var hasRequestLine = false
    private var record: [UInt8]?
    private var recordLine = 1
    private var isTooLarge = false

    mutating func split(_ bytes: inout [UInt8], isEnd: Bool, into batch: inout RecordBatch) {
        var cut = RecordBatch(source: batch.source, format: batch.format)
        self.lines.split(&bytes, isEnd: isEnd, into: &cut)
        for line in cut.records {
            if line.flaw != nil {
                // A body may well have such a line; among headers it could have been the one that matters.
                if self.place == .request { self.isTooLarge = true }
            } else {
                self.take(cut.bytes[line.range], line: line.line, into: &batch)
            }
        }
        if isEnd { self.flush(into: &batch) }
    }

    private mutating func take(_ whole: ArraySlice<UInt8>, line: Int, into batch: inout RecordBatch) {
        let (mark, text) = Self.mark(whole)
        if self.hasMarks, mark == .none { return }
        if mark != .received, Self.isRequestLine(text) {
            self.flush(into: &batch)
            self.begin(line: line)
            self.hasMarks = mark == .sent
            self.hasRequestLine = true
        } else if mark != .sent, text.starts(with: "HTTP/".utf8), self.place != .request || mark == .received {
            self.place = .response
        } else if text.isEmpty {
            self.place = self.hasRequestLine || self.place == .response ? .body : .start
        } else {
            self.takeField(text, mark: mark, line: line, into: &batch)
        }
    }

    private mutating func takeField(
        _ text: ArraySlice<UInt8>,
        mark: Mark,
        line: Int,
        into batch: inout RecordBatch
    ) {
        guard self.place != .body, let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else {
            return
        }
        let name = text[..<colon]
        guard name.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\"") }) else { return }
        if self.place == .start {
            self.flush(into: &batch)
            self.begin(line: line)
        }
        let letter: UInt8
        switch (self.place, String(decoding: name, as: UTF8.self).lowercased()) {
        case (.request, "authorization"): letter = UInt8(ascii: "a")
        case (.request, "x-serverless-authorization"): letter = UInt8(ascii: "x")
        case (.response, "date"): letter = UInt8(ascii: "d")
        default: return
        }
        guard let count = self.record?.count, count + text.count < RawRecord.maximumSize else {
            self.isTooLarge = true
            return
        }
        self.record?.append(letter)
        self.record?.append(contentsOf: text[text.index(after: colon)...])
        self.record?.append(UInt8(ascii: "\n"))
    }

    private mutating func begin(line: Int) {
        self.record = []
        self.recordLine = line
        self.isTooLarge = false
        self.hasRequestLine = false
        self.place = .request
    }

    private mutating func flush(into batch: inout RecordBatch) {
        guard let record else { return }
        batch.append(record, line: self.recordLine, flaw: self.isTooLarge ? .tooLarge : nil)
        self.record = nil
    }

    /// Takes curl's mark off a line, and the time before it that `--trace-time` adds.
    private static func mark(_ line: ArraySlice<UInt8>) -> (Mark, ArraySlice<UInt8>) {
        var rest = line
        if let space = line.firstIndex(of: UInt8(ascii: " ")), space - line.startIndex == 15,
            line[..<space].allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: ":") ~= $0 || $0 == UInt8(ascii: ".") })
        {
            rest = line[line.index(after: space)...]
        }
        let mark: Mark
        switch rest.first {
        case UInt8(ascii: ">"): mark = .sent
        case UInt8(ascii: "<"): mark = .received
        default: return (.none, line)
        }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
        return (mark, rest)
    }

    /// Whether a line is a method, a target and a version (RFC 9112 §3).
    static func isRequestLine(_ line: ArraySlice<UInt8>) -> Bool {
        guard let first = line.firstIndex(of: UInt8(ascii: " ")), first > line.startIndex,
            let last = line.lastIndex(of: UInt8(ascii: " ")), last > first,
            line[line.index(after: last)...].starts(with: "HTTP/".utf8)
        else { return false }
        return line[..<first].allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || $0 == UInt8(ascii: "-") }
    }
}
#endif
