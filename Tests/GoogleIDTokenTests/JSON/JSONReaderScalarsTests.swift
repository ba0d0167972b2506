//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

@Suite("JSON reader: text and numbers")
struct JSONReaderScalarsTests {
    private static func read(_ text: String) throws(JSONError) -> IDTokenJSON {
        try JSONReader.read(Array(text.utf8))
    }

    /// Reads bytes between quotes.
    private static func text(of bytes: [UInt8]) throws(JSONError) -> String? {
        try JSONReader.read([UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]).stringValue
    }

    @Test(
        "escapes",
        arguments: [
            (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b"#, "\u{8}"), (#"\f"#, "\u{C}"), (#"\n"#, "\n"),
            (#"\r"#, "\r"), (#"\t"#, "\t"), (#"\u0000"#, "\0"), (#"\u0041"#, "A"), (#"\u00e9"#, "\u{E9}"),
            (#"\u00E9"#, "\u{E9}"), (#"\uaBcD"#, "\u{ABCD}"), (#"\uD7FF"#, "\u{D7FF}"), (#"\uE000"#, "\u{E000}"),
            (#"\uFFFF"#, "\u{FFFF}"), (#"\uD800\uDC00"#, "\u{10000}"), (#"\uDBFF\uDFFF"#, "\u{10FFFF}"),
            (#"\ud83d\udc4d"#, "👍"), (#"a\nb"#, "a\nb"), (#"\\u0041"#, #"\u0041"#), (#"\\\""#, #"\""#),
            (#"\u0022"#, "\""), (#"é\u0301é"#, "é\u{301}é"), (#"\u004"# + "1" + "2", "A2"),
        ]
    )
    func escapes(escaped: String, text: String) throws {
        let read = try Self.text(of: Array(escaped.utf8))
        #expect(read.map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test(
        "escapes that JSON does not have",
        arguments: [
            (#""\a""#, .invalidEscape, 1), (#""\'""#, .invalidEscape, 1), (#""\0""#, .invalidEscape, 1),
            (#""\x41""#, .invalidEscape, 1), (#""\U0041""#, .invalidEscape, 1), (#""a\ ""#, .invalidEscape, 2),
            ("\"\\\n\"", .invalidEscape, 1), (#""\é""#, .invalidEscape, 1), (#""\u00g0""#, .invalidEscape, 5),
            (#""\u""#, .invalidEscape, 3), (#""\u004""#, .invalidEscape, 6), (#""\u{41}""#, .invalidEscape, 3),
            (#""\u+041""#, .invalidEscape, 3), (#""\u 041""#, .invalidEscape, 3), (#""\u００４１""#, .invalidEscape, 3),
            (#""\"#, .unexpectedEnd, 2), (#""\u"#, .unexpectedEnd, 3), (#""\u00"#, .unexpectedEnd, 5),
            (#""\""#, .unexpectedEnd, 3), (#"""#, .unexpectedEnd, 1), (#""a"#, .unexpectedEnd, 2),
        ] as [(String, JSONError.Reason, Int)]
    )
    func invalidEscapes(text: String, reason: JSONError.Reason, offset: Int) {
        let error = #expect(throws: JSONError.self) { try Self.read(text) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test(
        "halves of surrogate pairs",
        arguments: [
            #"\ud800"#, #"\udbff"#, #"\udc00"#, #"\udfff"#, #"\udc00\ud800"#, #"\ud800\ud800"#, #"\ud800a"#,
            #"\ud800\n"#,
            #"\ud800\u0041"#, #"\ud800\\dc00"#, #"\ud800\ue000"#, #"\ud800\ud800\udc00"#, #"\ud800 \udc00"#,
        ]
    )
    func surrogates(escaped: String) {
        let error = #expect(throws: JSONError.self) { try Self.text(of: Array(("xy" + escaped).utf8)) }
        #expect(error == JSONError(reason: .loneSurrogate, offset: 3))
    }

    @Test("control characters stand in text only as escapes", arguments: 0..<0x20 as Range<UInt8>)
    func controls(byte: UInt8) {
        let error = #expect(throws: JSONError.self) { try Self.text(of: [0x61, byte]) }
        #expect(error == JSONError(reason: .unescapedControl, offset: 2))
        let later = #expect(throws: JSONError.self) { try Self.text(of: Array(#"\n"#.utf8) + [byte]) }
        #expect(later == JSONError(reason: .unescapedControl, offset: 3))
    }

    @Test(
        "bytes that are not UTF-8",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0x81, 0xED, 0xB0, 0x80],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x91], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xFE],
            [0xFF], [0xC3, 0xA9, 0xA9], [0xE9],
        ] as [[UInt8]]
    )
    func invalidUTF8(bytes: [UInt8]) {
        let valid = bytes.starts(with: [0xC3, 0xA9]) ? 2 : 0
        let inText = #expect(throws: JSONError.self) { try Self.text(of: [0x61] + bytes) }
        #expect(inText == JSONError(reason: .invalidUTF8, offset: 2 + valid))
        let outside = #expect(throws: JSONError.self) { try JSONReader.read(Array("{} ".utf8) + bytes) }
        #expect(outside?.reason == .invalidUTF8)
    }

    @Test(
        "UTF-16 and UTF-32 are not read",
        arguments: [[0x7B, 0, 0x7D, 0], [0, 0x7B, 0, 0x7D], [0xFF, 0xFE, 0x7B, 0]]
    )
    func otherEncodings(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONReader.read(bytes) }
    }

    @Test("every code point comes through as it is", arguments: [0x20, 0x80, 0x800, 0xD000, 0xE000, 0x10000, 0x10FF00])
    func codePoints(start: UInt32) throws {
        for scalar in (start..<(start + 0x100)).compactMap(Unicode.Scalar.init) where scalar != "\"" && scalar != "\\" {
            let text = String(scalar)
            #expect(try Self.text(of: Array(text.utf8))?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        }
    }

    @Test(
        "numbers are kept as they are written",
        arguments: [
            "0", "-0", "1", "-1", "10", "1587629888", "9223372036854775807", "-9223372036854775808",
            "9223372036854775808", "0.0", "-0.0", "1.5", "1.50", "0e0", "0E+0", "0e-0", "1e1", "1E1", "1e+1", "1e-1",
            "1.5e300", "1e400", "-1e400", "1e-400", "0e999999999999", "1e999999999999999999999",
            "123456789012345678901234567890.123456789",
        ]
    )
    func numbers(text: String) throws {
        #expect(try Self.read(text).numberText == text)
        #expect(try Self.read("[\(text)]").arrayValue?.first?.numberText == text)
        #expect(try Self.read(#"{"a":\#(text) }"#).objectValue?["a"]?.numberText == text)
    }

    @Test(
        "what is written otherwise is no number",
        arguments: [
            ("-", .unexpectedEnd), ("--1", .invalidNumber), ("-a", .invalidNumber), ("-[", .invalidNumber),
            ("01", .invalidNumber), ("-01", .invalidNumber), ("00", .invalidNumber), ("-00", .invalidNumber),
            ("012", .invalidNumber), ("1.", .invalidNumber), ("1.e1", .invalidNumber), ("1.a", .invalidNumber),
            ("-.5", .invalidNumber), ("1e", .invalidNumber), ("1e+", .invalidNumber), ("1e-", .invalidNumber),
            ("1ea", .invalidNumber), ("1e+-1", .invalidNumber), ("0e", .invalidNumber), ("-Infinity", .invalidNumber),
            ("+1", .unexpectedByte), (".5", .unexpectedByte), ("e1", .unexpectedByte), ("１", .unexpectedByte),
            ("0x10", .trailingBytes), ("1.2.3", .trailingBytes), ("1e1.5", .trailingBytes), ("1_000", .trailingBytes),
            ("1,000", .trailingBytes), ("1 000", .trailingBytes), ("1f", .trailingBytes), ("1-", .trailingBytes),
            ("1٢", .trailingBytes), ("1e1e1", .trailingBytes), ("0b1", .trailingBytes), ("1L", .trailingBytes),
        ] as [(String, JSONError.Reason)]
    )
    func invalidNumbers(text: String, reason: JSONError.Reason) {
        let error = #expect(throws: JSONError.self) { try Self.read(text) }
        #expect(error?.reason == reason)
        #expect(throws: JSONError.self) { try Self.read("[\(text)]") }
    }

    @Test("a number of many digits is read")
    func manyDigits() throws {
        let digits = String(repeating: "1", count: 60_000)
        for text in [digits, "-" + digits, "0." + digits, "1e" + digits, "1e-" + digits] {
            let number = try Self.read(text)
            #expect(number.numberText == text)
            #expect(number.integerValue == nil)
            #expect(
                number.doubleValue == (text.hasPrefix("0.") ? 0.1111111111111111111 : text.hasPrefix("1e-") ? 0 : nil)
            )
        }
    }
}
