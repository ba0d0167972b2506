//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import OpenSSLSignature

/// A piece of an HTML page.
///
/// Only literals are taken as HTML. Text that is interpolated is escaped, so that it can stand between tags and in
/// attributes in quotation marks: text from outside cannot end an element or an attribute.
struct HTML: Sendable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral literal: String) {
        self.text = literal
    }

    init(stringInterpolation: Interpolation) {
        self.text = stringInterpolation.text
    }

    static func += (left: inout HTML, right: HTML) {
        left.text += right.text
    }

    var isEmpty: Bool { self.text.isEmpty }

    /// Its size in bytes.
    var size: Int { self.text.utf8.count }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            self.text.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) {
            self.text += literal
        }

        /// Text that this program makes; it is escaped nevertheless.
        mutating func appendInterpolation(_ text: String) {
            self.text += text.escapedForHTML
        }

        /// Text from outside: escaped, and isolated, so that letters written from right to left do not reorder the text
        /// around them (HTML Living Standard, the element `bdi`).
        mutating func appendInterpolation(outside text: String) {
            self.text += "<bdi>\(text.escapedForHTML)</bdi>"
        }

        mutating func appendInterpolation(_ number: Int) {
            self.text += String(number)
        }

        mutating func appendInterpolation(_ html: HTML) {
            self.text += html.text
        }

        /// The page's own style or script, whose elements do not know escapes.
        mutating func appendInterpolation(own text: String) {
            self.text += text
        }
    }
}

extension [HTML] {
    var joined: HTML {
        self.reduce(into: "") { $0 += $1 }
    }
}

extension String {
    /// The text with nothing in it that HTML would take for markup, and with control characters, line separators,
    /// characters without width and those that change the direction of text in a visible form.
    var escapedForHTML: String {
        let printable = self.printable
        guard printable.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return printable }
        var bytes: [UInt8] = []
        for byte in printable.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text, if it is short; otherwise its beginning with its size and the first digits of its SHA-256, so that long
    /// texts that begin alike stay different.
    ///
    /// Names in tokens have up to some thousand bytes; a report keeps many of them.
    var boundedForReport: String {
        guard self.utf8.count > Self.longestInReport else { return self }
        let digest = SHA256.digest(self.utf8.span)?.prefixText ?? ""
        let beginning = String(decoding: self.utf8.prefix(Self.longestInReport * 2 / 3), as: UTF8.self)
        return "\(beginning)… (\(self.utf8.count) bytes, SHA-256 \(digest)…)"
    }

    private static let longestInReport = 240
}

extension Int {
    /// The number with a comma before each three digits.
    var grouped: String {
        let digits = Array(String(self.magnitude).utf8)
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return text
    }

    /// The number with a noun, which gets an `s` unless the number is 1.
    func of(_ noun: String) -> String {
        "\(self.grouped) \(noun)\(self == 1 ? "" : "s")"
    }
}
#endif
