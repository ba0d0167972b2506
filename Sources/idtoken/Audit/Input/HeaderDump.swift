//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// A part of a dump of a request and its response.
struct DumpPart: Sendable {
    enum Kind: Sendable {
        case requestHead
        case requestBody
        case responseHead
        case responseBody
        /// Remarks of the program that made the dump.
        case remark
    }

    var kind: Kind
    /// Where it stands in the bytes of the record.
    var range: Range<Int>
    /// The line of the file on which it begins.
    var line: Int
}

/// Collects the lines of a request and its response: raw HTTP, what `curl -v` prints, or a block of header lines.
///
/// A body has the length that its head declares. Without a length it is not part of the record, and what follows
/// counts as body until the next head, so that nothing in it is taken for a record with a time.
struct HeaderDump {
    enum Answer {
        /// The line belongs to the dump.
        case taken
        /// The line belongs to the dump, and a body of known length begins after it.
        case takenBeforeBody
        /// The line is something else.
        case other
    }

    private enum Place {
        case none, requestHead, requestEnd, responseHead, responseEnd
    }

    /// The most bytes of a dump that are kept together.
    static let longest = 1 << 20

    private var place = Place.none
    private var hasMarks = false
    private(set) var content: [UInt8] = []
    private(set) var parts: [DumpPart] = []
    private(set) var line = 1
    /// The line after the last one that was taken.
    private var nextLine = 0
    private var head = MessageHead()
    private var method: [UInt8] = []
    private var body: MessageBody?
    private var isAfterBody = false
    /// Sizes of chunks and trailers that were read since the last content.
    private var framing: [UInt8] = []
    private var bodyKind = DumpPart.Kind.requestBody
    /// Whether what follows may be part of a body whose length is not known.
    private(set) var isInBody = false
    /// Whether any header field begins a dump, not only those that credentials are sent in.
    let isExpected: Bool
    /// A complete record, which the caller takes before anything else.
    private(set) var finished: (content: [UInt8], parts: [DumpPart], line: Int)?

    init(isExpected: Bool) {
        self.isExpected = isExpected
    }

    var isActive: Bool { self.place != .none }

    mutating func takeFinished() -> (content: [UInt8], parts: [DumpPart], line: Int)? {
        defer { self.finished = nil }
        return self.finished
    }

    /// Ends the current record.
    mutating func finish() {
        self.takeFraming(line: self.line)
        if !self.parts.isEmpty { self.finished = (self.content, self.parts, self.line) }
        self.content = []
        self.parts = []
        self.place = .none
        self.body = nil
        self.isAfterBody = false
    }

    /// Takes a line.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the input.
    ///   - range: The line, without its end.
    ///   - line: Its number.
    /// - Returns: Whether it belongs to the dump.
    mutating func take(_ bytes: Span<UInt8>, _ range: Range<Int>, line: Int) -> Answer {
        if self.content.count >= Self.longest { self.finish() }
        let (mark, start) = CurlMark.read(bytes, range)
        var end = range.upperBound
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        let text = start..<end
        switch mark {
        case .remark:
            self.isInBody = false
            if self.place == .responseEnd { self.finish() }
            if self.place == .none { self.begin(.requestEnd, line: line, hasMarks: true) }
            self.appendLine(bytes, range, .remark, line: line)
            return .taken
        case .sent, .received:
            return self.takeLine(bytes, text, isSent: mark == .sent, isReceived: mark == .received, line: line)
        case .none:
            if self.place != .none, self.hasMarks {
                // What has no mark is a body, or another program's line.
                if self.place == .responseEnd { self.endBeforeOther() }
                return .other
            }
            return self.takeLine(bytes, text, isSent: true, isReceived: true, line: line)
        }
    }

    private mutating func takeLine(
        _ bytes: Span<UInt8>,
        _ text: Range<Int>,
        isSent: Bool,
        isReceived: Bool,
        line: Int
    ) -> Answer {
        let hasMarks = isSent != isReceived
        if isSent, Self.isRequestLine(bytes, text) {
            // Remarks before the first request belong to it.
            if self.place != .none, !(self.place == .requestEnd && self.parts.allSatisfy { $0.kind == .remark }) {
                self.finish()
            }
            if self.place == .none { self.begin(.requestHead, line: line, hasMarks: hasMarks) }
            self.place = .requestHead
            self.head = MessageHead()
            self.head.isHTTP1 = Self.isHTTP1(bytes, text)
            self.method = []
            Bytes.append(
                bytes.extracting(text.lowerBound..<min(text.upperBound, text.lowerBound + 8)),
                to: &self.method
            )
            self.isInBody = false
            self.appendLine(bytes, text, .requestHead, line: line)
            return .taken
        }
        if isReceived, let status = Self.status(bytes, text) {
            if self.place == .responseHead || self.place == .responseEnd { self.finish() }
            if self.place == .none {
                self.begin(.responseHead, line: line, hasMarks: hasMarks)
                self.method = []
            }
            self.place = .responseHead
            self.head = MessageHead()
            self.head.status = status
            self.isInBody = false
            self.appendLine(bytes, text, .responseHead, line: line)
            return .taken
        }
        if hasMarks { self.isInBody = false }
        return self.takeField(bytes, text, hasMarks: hasMarks, isSent: isSent, line: line)
    }

    private mutating func takeField(
        _ bytes: Span<UInt8>,
        _ text: Range<Int>,
        hasMarks: Bool,
        isSent: Bool,
        line: Int
    ) -> Answer {
        if text.isEmpty {
            switch self.place {
            case .requestHead, .responseHead: return self.endHead()
            case .none: return .other
            default: return .taken
            }
        }
        let end = Self.endOfName(bytes, text.lowerBound, text.upperBound)
        let isField = end > text.lowerBound
        if self.place == .none {
            guard !self.isInBody, isField,
                hasMarks || self.isExpected || LineContext.isKnownHeader(bytes.extracting(text.lowerBound..<end))
            else { return .other }
            self.begin(hasMarks && !isSent ? .responseHead : .requestHead, line: line, hasMarks: hasMarks)
            self.head = MessageHead()
            // A block of header lines has no body.
            self.head.isBlock = true
            self.method = []
        }
        guard self.place == .requestHead || self.place == .responseHead,
            isField || " \t:".utf8.contains(bytes[text.lowerBound])
        else {
            self.endBeforeOther()
            return .other
        }
        self.head.take(bytes, name: text.lowerBound..<end, value: min(end + 1, text.upperBound)..<text.upperBound)
        self.appendLine(bytes, text, self.place == .requestHead ? .requestHead : .responseHead, line: line)
        return .taken
    }

    /// Ends the record before a line that is not part of it.
    private mutating func endBeforeOther() {
        if self.hasMarks, self.place == .responseEnd { self.isInBody = true }
        self.finish()
    }

    private mutating func endHead() -> Answer {
        let isRequest = self.place == .requestHead
        self.place = isRequest ? .requestEnd : .responseEnd
        self.bodyKind = isRequest ? .requestBody : .responseBody
        if !isRequest, 100..<200 ~= self.head.status {
            self.place = .requestEnd
            return .taken
        }
        let hasNoBody =
            isRequest
            ? self.head.isBlock || self.hasMarks
            : [204, 304].contains(self.head.status) || self.method.starts(with: "HEAD ".utf8) || self.head.isBlock
        if hasNoBody { return .taken }
        switch self.head.body {
        case .none:
            // A request without a length has no body (RFC 9112 §6.3); HTTP/2 needs no length.
            let isBodiless = ["GET ", "HEAD ", "DELETE ", "OPTIONS "].contains { self.method.starts(with: $0.utf8) }
            if isRequest, self.head.isHTTP1 || isBodiless { return .taken }
            if !self.hasMarks {
                self.finish()
                self.isInBody = true
            }
            return .taken
        case .unknown:
            self.finish()
            self.isInBody = true
            return .taken
        case .some(let body):
            // curl writes a body without marks and without chunks, and perhaps not at all.
            if self.hasMarks { return .taken }
            self.body = body
            return .takenBeforeBody
        }
    }

    /// Whether what comes next is part of a body.
    var isReadingBody: Bool { self.body != nil || self.isAfterBody }

    /// Takes the bytes of a body.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the input.
    ///   - start: Where the body continues.
    ///   - line: The line of that place.
    ///   - isEnd: Whether nothing comes after the bytes.
    /// - Returns: Up to where they were taken, or nil if more are needed.
    mutating func takeBody(_ bytes: Span<UInt8>, from start: Int, line: Int, isEnd: Bool) -> Int? {
        guard var body = self.body else { return self.takeRest(bytes, from: start, line: line, isEnd: isEnd) }
        let (end, isData) = body.take(bytes, from: start)
        self.body = body.isComplete ? nil : body
        self.isAfterBody = body.isComplete
        if !isData { Bytes.append(bytes.extracting(start..<end), to: &self.framing) }
        if isData || body.isComplete || self.framing.count >= Self.longest { self.takeFraming(line: line) }
        if isData { self.appendBody(bytes, start..<end, line: line) }
        if self.content.count >= Self.longest {
            let (place, kind, body, isAfterBody) = (self.place, self.bodyKind, self.body, self.isAfterBody)
            let rest = self.takeUnfinished()
            self.finish()
            self.begin(place, line: line, hasMarks: false)
            (self.bodyKind, self.body, self.isAfterBody) = (kind, body, isAfterBody)
            if !rest.isEmpty { self.appendBody(rest.span, 0..<rest.count, line: line) }
        }
        return end
    }

    /// Removes the end of the body that may be the beginning of a token.
    private mutating func takeUnfinished() -> [UInt8] {
        let rest = TokenPiece.takeUnfinished(&self.content)
        guard let last = self.parts.indices.last else { return rest }
        let start = min(self.parts[last].range.lowerBound, self.content.count)
        self.parts[last].range = start..<self.content.count
        return rest
    }

    /// Keeps what stands between chunks if it is longer than their sizes and signatures, because it could hold a token.
    private mutating func takeFraming(line: Int) {
        let framing = self.framing
        self.framing = []
        guard framing.count > 256 else { return }
        self.append(framing.span, 0..<framing.count, .remark, line: line, continues: false)
    }

    /// Takes what is left of a word in which the body ends, because a wrong length must not cut a token in two.
    private mutating func takeRest(_ bytes: Span<UInt8>, from start: Int, line: Int, isEnd: Bool) -> Int? {
        guard isEnd || bytes.count - start >= 8 else { return nil }
        let next = bytes.extracting(start..<min(start + 8, bytes.count))
        var end = start
        if let last = self.content.last, TokenPiece.ofTokens.contains(last), !Self.isStart(next) {
            end = TokenPiece.endOfRun(bytes, from: start)
            self.appendBody(bytes, start..<end, line: line)
        }
        self.isAfterBody = end == bytes.count && end > start && self.content.count < Self.longest
        return end
    }

    private static let starts = ["HTTP/", "GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HEAD ", "OPTIONS "]
        .map { Array($0.utf8) }

    private static func isStart(_ text: Span<UInt8>) -> Bool {
        self.starts.contains { start in
            text.count >= start.count && Bytes.areEqual(text.extracting(..<start.count), start.span)
        }
    }

    private mutating func begin(_ place: Place, line: Int, hasMarks: Bool) {
        self.place = place
        self.line = line
        self.hasMarks = hasMarks
    }

    /// Appends a line, without its end.
    private mutating func appendLine(_ bytes: Span<UInt8>, _ range: Range<Int>, _ kind: DumpPart.Kind, line: Int) {
        let continues = self.parts.last?.kind == kind && line == self.nextLine
        self.append(bytes, range, kind, line: line, continues: continues, mark: true)
        self.nextLine = line + 1
    }

    private mutating func append(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        _ kind: DumpPart.Kind,
        line: Int,
        continues: Bool,
        mark: Bool = false
    ) {
        // Parts have a line end between them, so that no token reaches from one into the next.
        if mark || !continues, !self.content.isEmpty { self.content.append(0x0A) }
        let start = self.content.count
        Bytes.append(bytes.extracting(range), to: &self.content)
        if continues, let last = self.parts.indices.last {
            self.parts[last].range = self.parts[last].range.lowerBound..<self.content.count
        } else {
            self.parts.append(DumpPart(kind: kind, range: start..<self.content.count, line: line))
        }
        self.nextLine = 0
    }

    private mutating func appendBody(_ bytes: Span<UInt8>, _ range: Range<Int>, line: Int) {
        self.append(bytes, range, self.bodyKind, line: line, continues: self.parts.last?.kind == self.bodyKind)
    }
}
#endif
