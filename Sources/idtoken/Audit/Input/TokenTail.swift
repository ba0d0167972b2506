//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// What follows the header of a token: the other two segments, and how they end.
struct TokenTail {
    /// The most characters of a token that are kept; the verifier accepts fewer, and says so.
    static let longest = 32_768
    /// The characters of an RSA signature of 2,048 bits.
    private static let shortestSignature = 342

    /// The token so far, with escapes undone.
    private var text: [UInt8]
    /// The index after the token.
    private(set) var end = 0
    /// How many dots the token has.
    private var dots = 1
    /// How many characters the last segment has.
    private var lastCount = 0
    /// Where the last segment begins.
    private var lastStart = 0
    /// Where the segment before it stands.
    private var previous = 0..<0
    private var isTooLong = false

    init(text: [UInt8]) {
        self.text = text
        self.text.append(UInt8(ascii: "."))
    }

    var string: String { String(decoding: self.text, as: UTF8.self) }

    mutating func read(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) {
        self.end = start
        self.lastStart = start
        while self.end < limit {
            let stop = TokenScanner.notSegment.firstIndex(in: bytes, self.end..<limit)
            guard self.text.count + (stop - self.end) <= Self.longest else {
                let kept = min(stop, self.end + max(Self.longest - self.text.count, 0))
                Bytes.append(bytes.extracting(self.end..<kept), to: &self.text)
                self.end = stop
                self.isTooLong = true
                return
            }
            Bytes.append(bytes.extracting(self.end..<stop), to: &self.text)
            self.lastCount += stop - self.end
            self.end = stop
            guard stop < limit, self.takeSpecial(bytes, limit) else { return }
        }
    }

    /// Takes a dot, an escaped character or padding; returns false where the token ends.
    private mutating func takeSpecial(_ bytes: Span<UInt8>, _ limit: Int) -> Bool {
        let (value, next) = TokenEscape.read(bytes, at: self.end, end: limit)
        if value == TokenEscape.softBreak {
            self.end = next
            return true
        }
        if TokenScanner.segment.contains(value) {
            self.text.append(value)
            self.lastCount += 1
            self.end = next
            return true
        }
        if value == UInt8(ascii: "="), let padded = self.endOfPadding(bytes, limit) {
            for _ in 0..<self.missingPadding { self.text.append(UInt8(ascii: "=")) }
            self.end = padded
            guard self.dots == 1, padded < limit else { return false }
            return self.takeDot(bytes, limit)
        }
        return value == UInt8(ascii: ".") && self.takeDot(bytes, limit)
    }

    private mutating func takeDot(_ bytes: Span<UInt8>, _ limit: Int) -> Bool {
        let (value, next) = TokenEscape.read(bytes, at: self.end, end: limit)
        guard value == UInt8(ascii: "."), self.dots == 1, self.lastCount > 0 else { return false }
        let dot = self.end
        self.text.append(UInt8(ascii: "."))
        self.dots = 2
        self.lastCount = 0
        self.end = next
        self.previous = self.lastStart..<dot
        self.lastStart = next
        return true
    }

    /// Gives back the header of a further token that follows without anything between, as where files without a line end
    /// were put together.
    mutating func splitAtFurtherHeader(_ bytes: Span<UInt8>, _ limit: Int) {
        guard self.dots == 2, self.end < limit,
            TokenEscape.read(bytes, at: self.end, end: limit).value == UInt8(ascii: ".")
        else { return }
        let last = self.lastStart..<self.end
        // With escapes, characters and bytes would differ in number.
        guard last.count == self.lastCount else { return }
        if let header = HeaderSegment(endOf: bytes.extracting(last)) {
            self.text.removeLast(min(self.lastCount - header.offset, self.text.count))
            self.end = last.lowerBound + header.offset
            self.lastCount = header.offset
            return
        }
        guard TokenScanner.notSegment.firstIndex(in: bytes, self.previous) == self.previous.upperBound,
            let header = HeaderSegment(endOf: bytes.extracting(self.previous)), header.offset > 0
        else { return }
        self.text.removeLast(min(self.previous.count - header.offset + 1 + self.lastCount, self.text.count))
        self.end = self.previous.lowerBound + header.offset
        self.dots = 1
        self.lastCount = header.offset
    }

    /// Gives back the digits with which the next message of syslog says how long it is (RFC 6587 §3.4.1).
    mutating func splitAtOctetCount(_ bytes: Span<UInt8>, _ limit: Int) {
        let extra = self.lastCount - Self.shortestSignature
        guard 1...6 ~= extra, self.end + 2 < limit, bytes[self.end] == UInt8(ascii: " "),
            bytes[self.end + 1] == UInt8(ascii: "<"), self.end - self.lastStart == self.lastCount,
            self.text.suffix(extra).allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { return }
        self.text.removeLast(extra)
        self.end -= extra
        self.lastCount -= extra
    }

    private var missingPadding: Int { (4 - self.lastCount % 4) % 4 }

    /// The index after exactly the padding that the last segment lacks.
    private func endOfPadding(_ bytes: Span<UInt8>, _ limit: Int) -> Int? {
        guard 1...2 ~= self.missingPadding else { return nil }
        var index = self.end
        for _ in 0..<self.missingPadding {
            guard index < limit else { return nil }
            let (value, next) = TokenEscape.read(bytes, at: index, end: limit)
            guard value == UInt8(ascii: "=") else { return nil }
            index = next
        }
        return index
    }

    /// Whether the token is cut, or nil if it is not a token but an encrypted one or one without its payload.
    func isCut(_ header: HeaderSegment, _ bytes: Span<UInt8>, _ limit: Int) -> Bool? {
        if self.isTooLong { return false }
        let (next, following) =
            self.end < limit ? TokenEscape.read(bytes, at: self.end, end: limit) : (TokenEscape.other, limit)
        let isDot = self.end < limit && next == UInt8(ascii: ".")
        let afterDot =
            isDot && following < limit ? TokenEscape.read(bytes, at: following, end: limit).value : TokenEscape.other
        if isDot, header.isOfEncryptedToken { return nil }
        if self.dots == 1 {
            // Two dots without a payload between them: a signature for content that is elsewhere (RFC 7515 §F).
            return isDot && TokenScanner.segment.contains(afterDot) ? nil : true
        }
        if self.lastCount == 0 { return !header.isOfUnsignedToken }
        if isDot, afterDot == UInt8(ascii: ".") { return true }
        if Self.isEllipsis(bytes, self.end, limit) { return true }
        guard header.isOfRSASignature, self.lastCount < Self.shortestSignature, !self.isSignatureRemoved else {
            return false
        }
        return self.end >= limit || "\"'\\<>\r\n".utf8.contains(bytes[self.end]) || isDot
    }

    private var isSignatureRemoved: Bool {
        self.text.suffix(self.lastCount).elementsEqual("SIGNATURE_REMOVED_BY_GOOGLE".utf8)
    }

    private static func isEllipsis(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Bool {
        guard start + 3 <= limit else { return false }
        if bytes[start] == 0xE2, bytes[start + 1] == 0x80, bytes[start + 2] == 0xA6 { return true }
        return start + 6 <= limit && bytes[start] == UInt8(ascii: "\\")
            && Bytes.areEqual(bytes.extracting(start + 1..<start + 6), ignoringCaseOf: "u2026")
    }
}
#endif
