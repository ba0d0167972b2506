//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Collects a request and its response from what `curl --trace` and `curl --trace-ascii` write.
///
/// Both write at most 16 or 64 characters a line, so a token has many lines, which are joined.
struct CurlTrace {
    private(set) var content: [UInt8] = []
    private(set) var parts: [DumpPart] = []
    private(set) var line = 1
    private var kind: DumpPart.Kind?
    /// The offset after the last line, if its text may continue on the next.
    private var continuedOffset: Int?
    private var hasRequest = false
    private(set) var finished: (content: [UInt8], parts: [DumpPart], line: Int)?

    var isActive: Bool { self.kind != nil }

    mutating func takeFinished() -> (content: [UInt8], parts: [DumpPart], line: Int)? {
        defer { self.finished = nil }
        return self.finished
    }

    mutating func finish() {
        if !self.parts.isEmpty { self.finished = (self.content, self.parts, self.line) }
        self.content = []
        self.parts = []
        self.kind = nil
        self.hasRequest = false
        self.continuedOffset = nil
    }

    /// Takes a line; returns false if it is not of a trace.
    mutating func take(_ bytes: Span<UInt8>, _ range: Range<Int>, line: Int) -> Bool {
        let start = CurlMark.endOfPrefix(bytes, range)
        if let kind = Self.section(bytes, start..<range.upperBound) {
            let isNew = kind == .requestHead && self.hasRequest && !self.isInRequestHead
            if isNew || self.content.count >= HeaderDump.longest { self.finish() }
            if self.parts.isEmpty, self.kind == nil { self.line = line }
            if kind == .requestHead { self.hasRequest = true }
            self.kind = kind
            self.continuedOffset = nil
            self.open(kind, line: line)
            if kind == .remark { Bytes.append(bytes.extracting(range), to: &self.content) }
            self.close()
            return true
        }
        guard self.kind != nil, let (offset, text) = Self.offset(bytes, range) else { return false }
        if self.content.count >= HeaderDump.longest, let kind = self.kind {
            let rest = TokenPiece.takeUnfinished(&self.content)
            self.close()
            self.finish()
            self.kind = kind
            self.line = line
            self.open(kind, line: line)
            self.content += rest
            self.continuedOffset = offset
        }
        if let data = Self.hexadecimal(bytes, text..<range.upperBound) {
            self.content += data
        } else {
            if offset > 0, self.continuedOffset != offset { self.content.append(0x0A) }
            var end = range.upperBound
            if end > text, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            Bytes.append(bytes.extracting(text..<end), to: &self.content)
            self.continuedOffset = end - text == 64 ? offset + 64 : nil
        }
        self.close()
        return true
    }

    private var isInRequestHead: Bool { self.kind == .requestHead }

    private mutating func open(_ kind: DumpPart.Kind, line: Int) {
        if !self.content.isEmpty { self.content.append(0x0A) }
        self.parts.append(DumpPart(kind: kind, range: self.content.count..<self.content.count, line: line))
    }

    private mutating func close() {
        guard let last = self.parts.indices.last else { return }
        self.parts[last].range = self.parts[last].range.lowerBound..<self.content.count
    }

    private static let sections: [(String, DumpPart.Kind)] = [
        ("=> Send header", .requestHead), ("<= Recv header", .responseHead), ("=> Send data", .requestBody),
        ("<= Recv data", .responseBody), ("== Info:", .remark), ("=> Send SSL data", .remark),
        ("<= Recv SSL data", .remark),
    ]

    private static func section(_ bytes: Span<UInt8>, _ line: Range<Int>) -> DumpPart.Kind? {
        guard line.count >= 8, "=<".utf8.contains(bytes[line.lowerBound]) else { return nil }
        return self.sections.first { text, _ in
            line.count >= text.utf8.count
                && Bytes.areEqual(bytes.extracting(line.lowerBound..<line.lowerBound + text.utf8.count), text.utf8.span)
        }?
        .1
    }

    /// Reads `0040: `, and returns the number and where the text begins.
    private static func offset(_ bytes: Span<UInt8>, _ line: Range<Int>) -> (Int, Int)? {
        var index = line.lowerBound
        var value = 0
        while index < min(line.upperBound, line.lowerBound + 8),
            let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue
        {
            value = value << 4 | digit
            index += 1
        }
        guard index - line.lowerBound >= 4, index < line.upperBound, bytes[index] == UInt8(ascii: ":") else {
            return nil
        }
        index += 1
        if index < line.upperBound, bytes[index] == UInt8(ascii: " ") { index += 1 }
        return (value, index)
    }

    /// Reads up to 16 bytes as `47 45 54 …`, each with a space after it; their characters follow in a column.
    private static func hexadecimal(_ bytes: Span<UInt8>, _ line: Range<Int>) -> [UInt8]? {
        guard line.count > 48 else { return nil }
        var data: [UInt8] = []
        for place in 0..<16 {
            let index = line.lowerBound + place * 3
            if bytes[index] == UInt8(ascii: " "), bytes[index + 1] == UInt8(ascii: " ") { break }
            guard let high = Character(Unicode.Scalar(bytes[index])).hexDigitValue,
                let low = Character(Unicode.Scalar(bytes[index + 1])).hexDigitValue,
                bytes[index + 2] == UInt8(ascii: " ")
            else { return nil }
            data.append(UInt8(truncatingIfNeeded: high << 4 | low))
        }
        // The sender of a body may make `--trace-ascii` write a line that looks so; it has other characters.
        let characters = line.lowerBound + 48..<line.upperBound
        guard !data.isEmpty, characters.count >= data.count else { return nil }
        for (byte, index) in zip(data, characters) {
            guard bytes[index] == (0x20..<0x7F ~= byte ? byte : UInt8(ascii: ".")) else { return nil }
        }
        return characters.count - data.count <= 1 ? data : nil
    }
}
#endif
