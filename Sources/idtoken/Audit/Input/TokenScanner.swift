//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Finds every compact token (RFC 7515 §7.1) in any bytes, in one pass.
///
/// It knows no formats: a token is a segment that is base64url of a JSON object with `alg`, a dot, a segment, a dot and
/// a segment, each character plain or escaped. It works from dot to dot, because ordinary text has few of them: only
/// the segment before a dot is looked at.
struct TokenScanner {
    /// A token, and where it stands.
    struct Found {
        let range: Range<Int>
        /// The token, with escapes undone.
        let text: String
        let isCut: Bool
        /// Whether it stands in text that is encoded in base64.
        var isInBase64 = false
    }

    /// The characters of base64url.
    static let segment = ByteSet { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    static let notSegment = ByteSet { !segment.contains($0) }

    /// Dots, the beginnings of escapes, and the letters by which `Bearer` and tokens in base64 are recognised.
    private static let marks = ByteSet { ".%\\&=bBZVU\u{1B}".utf8.contains($0) }

    private var position: Int
    private let end: Int
    /// Before it no segment begins: it is the end of the last dot or escape.
    private var floor: Int
    /// Where the segment begins that reaches the floor, if an escaped character of a segment stands before the floor.
    private var escapedStart: Int?
    /// Tokens that were found together with one that has been returned.
    private var pending: [Found] = []
    private let isInBase64: Bool

    /// - Parameters:
    ///   - range: Where to search.
    ///   - isInBase64: Whether the text was decoded from base64; it is not decoded twice.
    init(_ range: Range<Int>, isInBase64: Bool = false) {
        self.position = range.lowerBound
        self.end = range.upperBound
        self.floor = range.lowerBound
        self.isInBase64 = isInBase64
    }

    /// Finds the next token.
    mutating func next(in bytes: Span<UInt8>) -> Found? {
        if !self.pending.isEmpty { return self.pending.removeFirst() }
        while self.position < self.end {
            let mark = Self.marks.firstIndex(in: bytes, self.position..<self.end)
            guard mark < self.end else { break }
            let found =
                switch bytes[mark] {
                case UInt8(ascii: "."): self.takeDot(bytes, mark, mark + 1)
                case UInt8(ascii: "b"), UInt8(ascii: "B"): self.takeBearer(bytes, mark)
                case UInt8(ascii: "Z"), UInt8(ascii: "V"), UInt8(ascii: "U"): self.takeBase64(bytes, mark)
                default: self.takeEscape(bytes, mark)
                }
            if let found { return found }
        }
        self.position = self.end
        return nil
    }

    private mutating func takeEscape(_ bytes: Span<UInt8>, _ mark: Int) -> Found? {
        let (value, next) = TokenEscape.read(bytes, at: mark, end: self.end)
        if value == UInt8(ascii: ".") { return self.takeDot(bytes, mark, next) }
        if value == UInt8(ascii: "="), let dot = self.dot(bytes, afterPadding: next) {
            return self.takeDot(bytes, mark, dot)
        }
        self.escapedStart =
            Self.segment.contains(value) || value == TokenEscape.softBreak || value == TokenEscape.colour
            ? self.segmentStart(bytes, mark) : nil
        self.floor = next
        self.position = next
        return nil
    }

    /// The index after a dot, before which there may be one more character of padding.
    private func dot(_ bytes: Span<UInt8>, afterPadding start: Int) -> Int? {
        var index = start
        for _ in 0..<2 {
            guard index < self.end else { return nil }
            let (value, next) = TokenEscape.read(bytes, at: index, end: self.end)
            if value == UInt8(ascii: ".") { return next }
            guard value == UInt8(ascii: "=") else { return nil }
            index = next
        }
        return nil
    }

    private func segmentStart(_ bytes: Span<UInt8>, _ end: Int) -> Int {
        let start = Self.segment.startOfRun(in: bytes, self.floor..<end)
        return start == self.floor ? self.escapedStart ?? start : start
    }

    /// Looks at the segment before a dot, and takes the token that it begins: the segment ends at the mark, and what
    /// follows the dot begins at the next index.
    private mutating func takeDot(_ bytes: Span<UInt8>, _ mark: Int, _ next: Int) -> Found? {
        let start = self.segmentStart(bytes, mark)
        let isPlain = start >= self.floor
        self.floor = next
        self.escapedStart = nil
        self.position = next
        guard mark - start >= HeaderSegment.shortest else { return nil }
        var text: [UInt8] = []
        var place = start
        let header: HeaderSegment
        if isPlain {
            guard let found = HeaderSegment(endOf: bytes.extracting(start..<mark)) else { return nil }
            header = found
            place = start + found.offset
            text.reserveCapacity(1_024)
            Bytes.append(bytes.extracting(place..<mark), to: &text)
        } else {
            // Where each character begins, so that a header in the middle of the segment has its place.
            var places: [Int] = []
            while place < mark {
                let (value, after) = TokenEscape.read(bytes, at: place, end: mark)
                if value != TokenEscape.softBreak, value != TokenEscape.colour {
                    text.append(value)
                    places.append(place)
                }
                place = after
            }
            guard let found = HeaderSegment(endOf: text.span) else { return nil }
            header = found
            place = places[found.offset]
            text.removeFirst(found.offset)
        }
        // Padding of the header, which is part of what was sent.
        var padding = mark
        while padding < next, TokenEscape.read(bytes, at: padding, end: next).value == UInt8(ascii: "=") {
            text.append(UInt8(ascii: "="))
            padding = TokenEscape.read(bytes, at: padding, end: next).next
        }
        var tail = TokenTail(text: text)
        tail.read(bytes, next, self.end)
        tail.splitAtFurtherHeader(bytes, self.end)
        tail.splitAtOctetCount(bytes, self.end)
        guard let isCut = tail.isCut(header, bytes, self.end) else { return nil }
        self.position = tail.end
        self.floor = tail.end
        return Found(range: place..<tail.end, text: tail.string, isCut: isCut, isInBase64: self.isInBase64)
    }

    /// The fewest characters after `Bearer` that are taken for the beginning of a token.
    private static let shortestBeginning = 8
    private static let mostSeparators = 8

    /// Takes a token that is cut inside its header, which only the word before it makes known.
    private mutating func takeBearer(_ bytes: Span<UInt8>, _ mark: Int) -> Found? {
        self.position = mark + 1
        guard mark + 6 < self.end,
            Bytes.areEqual(bytes.extracting(mark + 1..<mark + 6), ignoringCaseOf: "earer")
        else { return nil }
        var start = mark + 6
        for _ in 0..<Self.mostSeparators where start < self.end {
            let (value, next) = TokenEscape.read(bytes, at: start, end: self.end)
            if Self.segment.contains(value) || value == UInt8(ascii: ".") { break }
            start = next
        }
        // Without something between, each of many such words in one run would have the rest of the run looked at.
        guard start > mark + 6, HeaderSegment.canBegin(bytes, at: start), bytes[start] == UInt8(ascii: "e") else {
            return nil
        }
        let stop = min(Self.notSegment.firstIndex(in: bytes, start..<self.end), self.end)
        guard stop - start >= Self.shortestBeginning, !self.isDotOrMore(bytes, stop) else { return nil }
        self.position = stop
        var text: [UInt8] = []
        Bytes.append(bytes.extracting(start..<min(stop, start + TokenTail.longest)), to: &text)
        return Found(
            range: start..<stop,
            text: String(decoding: text, as: UTF8.self),
            isCut: true,
            isInBase64: self.isInBase64
        )
    }

    /// Whether a segment continues, or a dot follows.
    private func isDotOrMore(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
        guard index < self.end else { return false }
        let (value, next) = TokenEscape.read(bytes, at: index, end: self.end)
        if value == UInt8(ascii: "=") { return self.dot(bytes, afterPadding: next) != nil }
        return Self.segment.contains(value) || value == UInt8(ascii: ".") || value == TokenEscape.softBreak
    }

    /// Takes the tokens of text that is encoded in base64, as in the bodies of HTTP archives and of Pub/Sub.
    ///
    /// The beginning of nearly all tokens, `eyJ`, is `ZXlK`, `V5S` or `leUp` in base64, depending on what is before it.
    private mutating func takeBase64(_ bytes: Span<UInt8>, _ mark: Int) -> Found? {
        self.position = mark + 1
        guard !self.isInBase64, let start = Self.base64Start(bytes, mark, self.end), start >= self.floor else {
            return nil
        }
        let text = EncodedText(bytes, start, from: self.floor, end: self.end)
        guard text.range.count >= 64 else { return nil }
        // What is found or not found is not looked at again, so that the work is linear.
        self.position = text.range.upperBound
        // The letters may be there by chance, in the middle of another group of four.
        for shift in 0..<4 {
            let decoded = text.decoded(from: shift)
            var scanner = TokenScanner(0..<decoded.count, isInBase64: true)
            while let found = scanner.next(in: decoded.span) {
                self.pending.append(
                    Found(range: text.range, text: found.text, isCut: found.isCut, isInBase64: true)
                )
            }
        }
        return self.pending.isEmpty ? nil : self.pending.removeFirst()
    }

    /// The start of the group of four characters, which stand for three bytes, with the beginning of a token.
    private static func base64Start(_ bytes: Span<UInt8>, _ mark: Int, _ end: Int) -> Int? {
        func has(_ character: Unicode.Scalar, at offset: Int) -> Bool {
            mark + offset >= 0 && mark + offset < end && bytes[mark + offset] == UInt8(ascii: character)
        }
        switch bytes[mark] {
        case UInt8(ascii: "Z"): return has("X", at: 1) && has("l", at: 2) && has("K", at: 3) ? mark : nil
        case UInt8(ascii: "V"): return mark >= 2 && has("5", at: 1) && has("S", at: 2) ? mark - 2 : nil
        default: return mark >= 5 && has("p", at: 1) && has("e", at: -1) && has("l", at: -2) ? mark - 5 : nil
        }
    }
}
#endif
