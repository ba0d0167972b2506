//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// The header row of a table: CSV (RFC 4180), or values between tabs or semicolons.
final class TableHeader: Sendable {
    let names: [String]
    let separator: UInt8

    /// Names by which a line is recognised as the header of a table.
    private static let known = NameSet(
        "token",
        "id_token",
        "idtoken",
        "jwt",
        "authorization",
        "auth",
        "credential",
        "credentials",
        "bearer",
        "headers",
        "header",
        "x-serverless-authorization",
        "access_token",
        "body",
        "request",
        "url",
        "payload",
        "message",
        "_raw"
    )

    /// What no header row contains.
    private static let others = ByteSet { byte in
        !TokenScanner.segment.contains(byte) && !" .@/()[],;\t\"\r".utf8.contains(byte)
    }

    /// Recognises a header row: words between separators, one of which names a time, a token or a request.
    init?(_ bytes: Span<UInt8>, _ line: Range<Int>) {
        guard line.count <= 8_192, Self.others.firstIndex(in: bytes, line) == line.upperBound else { return nil }
        for separator in [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")] {
            guard
                Bytes.firstIndex(of: separator, in: bytes.extracting(..<line.upperBound), from: line.lowerBound) != nil
            else { continue }
            let row = TableRow(bytes, from: line.lowerBound, end: line.upperBound, separator: separator)
            guard let row, row.isComplete, row.cells.count >= 2,
                row.cells.allSatisfy({ Self.isName(bytes.extracting($0)) }),
                row.cells.contains(where: { Self.isKnown(bytes.extracting($0)) })
            else { continue }
            self.names = row.cells.map { cell in JSONText.plain(bytes.extracting(cell)) }
            self.separator = separator
            return
        }
        return nil
    }

    private static func isName(_ text: Span<UInt8>) -> Bool {
        guard 1...64 ~= text.count, text[0] > 0x20, text[text.count - 1] > 0x20 else { return false }
        switch text[0] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "@"):
            break
        default: return false
        }
        for index in text.indices {
            guard TokenScanner.segment.contains(text[index]) || " .@/()[]".utf8.contains(text[index]) else {
                return false
            }
        }
        return true
    }

    private static func isKnown(_ text: Span<UInt8>) -> Bool {
        TimeNames.isTime(text) || Self.known.contains(text)
    }
}

/// The cells of a row.
struct TableRow {
    /// The contents, without the quotes around them.
    private(set) var cells: [Range<Int>] = []
    /// The index after the row and its line end.
    private(set) var end: Int
    /// Whether the last quoted cell has its closing quote.
    private(set) var isComplete = true

    /// Reads a row; nil if a quoted cell is followed by other text.
    init?(_ bytes: Span<UInt8>, from start: Int, end limit: Int, separator: UInt8) {
        var index = start
        self.end = limit
        while true {
            if index < limit, bytes[index] == UInt8(ascii: "\"") {
                guard let close = Self.closingQuote(bytes, index + 1, limit) else {
                    self.isComplete = false
                    return
                }
                self.cells.append(index + 1..<close)
                index = close + 1
            } else {
                let cell = index
                while index < limit, bytes[index] != separator, bytes[index] != 0x0A { index += 1 }
                var stop = index
                if stop > cell, bytes[stop - 1] == 0x0D { stop -= 1 }
                self.cells.append(cell..<stop)
            }
            if index < limit, bytes[index] == 0x0D { index += 1 }
            guard index < limit else { return }
            if bytes[index] == 0x0A {
                self.end = index + 1
                return
            }
            guard bytes[index] == separator else { return nil }
            index += 1
        }
    }

    /// The quote that ends a cell; two quotes in it stand for one.
    private static func closingQuote(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        let text = bytes.extracting(..<limit)
        var index = start
        while let quote = Bytes.firstIndex(of: UInt8(ascii: "\""), in: text, from: index) {
            guard quote + 1 < limit, bytes[quote + 1] == UInt8(ascii: "\"") else { return quote }
            index = quote + 2
        }
        return nil
    }
}
#endif
