//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// What a head says about the body after it (RFC 9112 §6).
struct MessageHead {
    enum Body {
        /// No length is given.
        case none
        case some(MessageBody)
        /// The lengths contradict each other or are not numbers.
        case unknown
    }

    var status = 0
    var isHTTP1 = true
    /// Whether it has no first line.
    var isBlock = false
    private var length: Int?
    private var isChunked = false
    private var isContradictory = false

    var body: Body {
        if self.isContradictory { return .unknown }
        if self.isChunked { return .some(MessageBody(chunks: ())) }
        return self.length.map { .some(MessageBody(length: $0)) } ?? .none
    }

    mutating func take(_ bytes: Span<UInt8>, name: Range<Int>, value: Range<Int>) {
        let text = bytes.extracting(name)
        if Bytes.areEqual(text, ignoringCaseOf: "content-length") {
            let digits = String(decoding: value.map { bytes[$0] }.filter { $0 > 0x20 }, as: UTF8.self)
            guard let number = Int(digits), number >= 0, self.length ?? number == number else {
                self.isContradictory = true
                return
            }
            self.length = number
        } else if Bytes.areEqual(text, ignoringCaseOf: "transfer-encoding") {
            let words = String(decoding: value.map { bytes[$0] | 0x20 }, as: UTF8.self)
            self.isChunked = words.hasSuffix("chunked")
            if !self.isChunked { self.isContradictory = true }
        }
    }
}

/// A body that is read piece by piece: so many bytes, or chunks (RFC 9112 §7.1).
struct MessageBody: Sendable {
    private enum State {
        case bytes
        case chunkSize
        case chunk
        case chunkEnd
        case trailer
        case complete
    }

    private var state: State
    private var remaining = 0
    /// The bytes of the current line, if it is that of a size or of a trailer.
    private var lineCount = 0

    init(length: Int) {
        self.state = length > 0 ? .bytes : .complete
        self.remaining = length
    }

    init(chunks: Void) {
        self.state = .chunkSize
    }

    var isComplete: Bool { self.state == .complete }

    /// Takes as many bytes as are all content, or all something else, such as the size of a chunk.
    ///
    /// - Returns: Up to where they are, and whether they are content.
    mutating func take(_ bytes: Span<UInt8>, from start: Int) -> (end: Int, isData: Bool) {
        if self.state == .bytes || self.state == .chunk {
            let count = min(self.remaining, bytes.count - start)
            self.remaining -= count
            if self.remaining == 0 { self.state = self.state == .bytes ? .complete : .chunkEnd }
            return (start + count, true)
        }
        var index = start
        while index < bytes.count, self.state != .complete, self.state != .chunk {
            let byte = bytes[index]
            switch self.state {
            case .chunkSize: self.takeSize(byte, &index)
            case .chunkEnd:
                guard byte == 0x0D || byte == 0x0A else {
                    self.state = .complete
                    break
                }
                index += 1
                if byte == 0x0A { self.state = .chunkSize }
            default:
                index += 1
                if byte == 0x0A {
                    if self.lineCount == 0 { self.state = .complete }
                    self.lineCount = 0
                } else if byte != 0x0D {
                    self.lineCount += 1
                }
            }
        }
        return (index, false)
    }

    /// Takes a byte of the line with a chunk's size; a line that has none ends the body.
    private mutating func takeSize(_ byte: UInt8, _ index: inout Int) {
        if byte == 0x0A {
            index += 1
            self.state = self.lineCount == 0 ? .complete : self.remaining == 0 ? .trailer : .chunk
            self.lineCount = 0
            return
        }
        // After a semicolon there are extensions, which do not matter.
        if self.lineCount < 0 || byte == 0x0D {
            index += 1
        } else if byte == UInt8(ascii: ";"), self.lineCount > 0 {
            self.lineCount = -1
            index += 1
        } else if let digit = Character(Unicode.Scalar(byte)).hexDigitValue, self.lineCount < 12 {
            self.remaining = self.remaining << 4 | digit
            self.lineCount += 1
            index += 1
        } else {
            self.state = .complete
        }
    }
}
#endif
