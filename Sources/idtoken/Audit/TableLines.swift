//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// Lines of names with their values, none longer than the table is wide.
struct TableLines {
    private static let gap = 2

    private let width: Int
    private let margin: Int
    private(set) var bytes: [UInt8] = []
    /// How many columns of the last line are used; 0 before its margin.
    private var column = 0

    init(width: Int, margin: Int) {
        self.width = width
        self.margin = margin
    }

    /// Adds a name and its value, unless that is empty; both stand together on a line if they fit into one.
    mutating func append(_ value: String, of name: String) {
        guard !value.isEmpty else { return }
        let count = name.columnCount + 2 + value.columnCount
        if self.column > self.margin {
            if self.column + Self.gap + count > self.width { self.breakLine() } else { self.space(Self.gap) }
        }
        self.put(name)
        self.put(":")
        self.space(1)
        self.put(value)
    }

    /// Adds a text that is broken between its words.
    mutating func append(words text: String) {
        let span = text.utf8.span
        var start = 0
        while start < span.count {
            let end = Bytes.firstIndex(of: UInt8(ascii: " "), in: span, from: start) ?? span.count
            self.append(word: span.extracting(start..<end))
            start = end + 1
        }
    }

    private mutating func append(word: Span<UInt8>) {
        guard !word.isEmpty else { return }
        var isASCII = true
        for index in word.indices where word[index] >= 0x80 { isASCII = false }
        guard isASCII, word.count <= self.width - self.margin else {
            return self.append(longWord: word)
        }
        if self.column > self.margin {
            if self.column + 1 + word.count > self.width { self.breakLine() } else { self.space(1) }
        }
        if self.column == 0 { self.space(self.margin) }
        Bytes.append(word, to: &self.bytes)
        self.column += word.count
    }

    /// Adds a word that may have to be broken, or whose characters may be wide.
    private mutating func append(longWord bytes: Span<UInt8>) {
        var copy: [UInt8] = []
        Bytes.append(bytes, to: &copy)
        let word = String(decoding: copy, as: UTF8.self)
        if self.column > self.margin {
            if self.column + 1 + word.columnCount > self.width { self.breakLine() } else { self.space(1) }
        }
        self.put(word)
    }

    /// Ends the line, if anything is on it.
    mutating func breakLine() {
        guard self.column > 0 else { return }
        self.bytes.append(UInt8(ascii: "\n"))
        self.column = 0
    }

    private mutating func space(_ count: Int) {
        self.bytes += repeatElement(UInt8(ascii: " "), count: count)
        self.column += count
    }

    /// Adds a text, which goes on in the next line where this one ends.
    private mutating func put(_ text: String) {
        if self.column == 0 { self.space(self.margin) }
        let count = text.columnCount
        if self.column + count <= self.width {
            self.bytes += text.utf8
            self.column += count
            return
        }
        for scalar in text.unicodeScalars {
            if self.column + scalar.columnCount > self.width {
                self.breakLine()
                self.space(self.margin)
            }
            self.bytes += String(scalar).utf8
            self.column += scalar.columnCount
        }
    }
}

extension String {
    /// How many columns of a terminal the text takes.
    var columnCount: Int {
        if self.utf8.allSatisfy({ $0 < 0x80 }) { return self.utf8.count }
        return self.unicodeScalars.reduce(0) { $0 + $1.columnCount }
    }
}

extension Unicode.Scalar {
    /// How many columns of a terminal the character takes: most take one, and East Asian wide ones two.
    var columnCount: Int {
        if self.isASCII { return 1 }
        switch self.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        // The wide and full-width ranges of Unicode Standard Annex 11, with the gaps between them taken for wide.
        return switch self.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F000...0x1FAFF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
#endif
