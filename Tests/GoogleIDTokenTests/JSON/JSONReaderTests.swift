//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import Testing

@Suite("JSON reader")
struct JSONReaderTests {
    private static func read(_ text: String) throws(JSONError) -> IDTokenJSON {
        try JSONReader.read(Array(text.utf8))
    }

    private static func nested(_ open: String, _ close: String, depth: Int) -> String {
        String(repeating: open, count: depth) + "0" + String(repeating: close, count: depth)
    }

    @Test("the words of JSON", arguments: [("null", IDTokenJSON.null), ("true", .bool(true)), ("false", .bool(false))])
    func words(text: String, value: IDTokenJSON) throws {
        #expect(try Self.read(text) == value)
        #expect(try Self.read(" \t\n\r\(text) \t\n\r") == value)
    }

    @Test("an object keeps its members in their order")
    func object() throws {
        let value = try Self.read(#" { "b" : 1 , "a" : [ true , null , "x" ] , "c" : { } , "" : [ ] } "#)
        let object = try #require(value.objectValue)
        #expect(object.map(\.name) == ["b", "a", "c", ""])
        #expect(object["b"]?.integerValue == 1)
        #expect(object["a"] == .array([.bool(true), .null, .string("x")]))
        #expect(object["c"]?.objectValue?.isEmpty == true)
        #expect(object[""] == .array([]))
        #expect(object["B"] == nil)
    }

    @Test(
        "accepted",
        arguments: [
            "[]", "{}", "[[]]", "[{}]", #"{"":0}"#, #"{"a":{"a":{"a":[]}}}"#, #"[{"a":1},{"a":1}]"#,
            "[null,1,\"1\",{}]",
            "[1\n]", "[ 1]", "[1 ]", "[2] ", " []", "\t[\r]\n", #""""#, #"" ""#, "0", "-1", "false",
            #"{"a":"b","A":"b"}"#,
            #"{"a b":0}"#, #"["a/*b*/c//d"]"#, #"{"a\u0000b":0}"#, #"["\u0012"]"#, "[\"\u{7F}\"]", "[\"\u{2028}\"]",
            "[\"\u{FEFF}\"]", "[\"\u{FFFF}\"]", "[\"\u{10FFFF}\"]", #"["\uFFFF","\uFDD0"]"#,
        ]
    )
    func accepted(text: String) throws {
        _ = try Self.read(text)
    }

    @Test(
        "rejected, and where",
        arguments: [
            ("", .unexpectedEnd, 0), (" \n", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1),
            ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("[[]", .unexpectedEnd, 3),
            (#"{"a"#, .unexpectedEnd, 3),
            (#"{"a""#, .unexpectedEnd, 4), (#"{"a":"#, .unexpectedEnd, 5), (#"{"a":1"#, .unexpectedEnd, 6),
            (#"{"a":1,"#, .unexpectedEnd, 7), ("tru", .unexpectedEnd, 3), ("n", .unexpectedEnd, 1),
            ("]", .unexpectedByte, 0), ("}", .unexpectedByte, 0), (",", .unexpectedByte, 0), (":", .unexpectedByte, 0),
            ("[,]", .unexpectedByte, 1), ("[1,]", .unexpectedByte, 3), ("[1,,2]", .unexpectedByte, 3),
            ("[,1]", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3), ("[1:2]", .unexpectedByte, 2),
            ("[1}", .unexpectedByte, 2), ("[}", .unexpectedByte, 1), ("{]", .unexpectedByte, 1),
            ("{,}", .unexpectedByte, 1),
            (#"{"a":1,}"#, .unexpectedByte, 7), (#"{"a":1]"#, .unexpectedByte, 6), (#"{"a",1}"#, .unexpectedByte, 4),
            (#"{"a" 1}"#, .unexpectedByte, 5), (#"{"a"}"#, .unexpectedByte, 4), (#"{"a":}"#, .unexpectedByte, 5),
            (#"{"a"::1}"#, .unexpectedByte, 5), (#"{"a":1 "b":2}"#, .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1),
            ("{'a':1}", .unexpectedByte, 1), ("{1:1}", .unexpectedByte, 1), ("{null:1}", .unexpectedByte, 1),
            (#"{"a":1,,"b":2}"#, .unexpectedByte, 7), ("{[]:1}", .unexpectedByte, 1), ("'a'", .unexpectedByte, 0),
            ("a", .unexpectedByte, 0), ("True", .unexpectedByte, 0), ("tRue", .unexpectedByte, 1),
            ("truth", .unexpectedByte, 3), ("nul1", .unexpectedByte, 3), ("undefined", .unexpectedByte, 0),
            ("NaN", .unexpectedByte, 0), ("Infinity", .unexpectedByte, 0), ("nan", .unexpectedByte, 1),
            ("/* */ 1", .unexpectedByte, 0), ("[1 // one\n]", .unexpectedByte, 3), ("\u{C}1", .unexpectedByte, 0),
            ("\u{B}1", .unexpectedByte, 0), ("\u{A0}1", .unexpectedByte, 0), ("\u{2060}1", .unexpectedByte, 0),
            ("\01", .unexpectedByte, 0), ("\\u0031", .unexpectedByte, 0),
            ("[]]", .trailingBytes, 2), ("{}}", .trailingBytes, 2), ("1 2", .trailingBytes, 2),
            ("{}{}", .trailingBytes, 2),
            ("[][]", .trailingBytes, 2), ("nulla", .trailingBytes, 4), ("{}\0", .trailingBytes, 2),
            ("{} //", .trailingBytes, 3), ("\"a\"\"b\"", .trailingBytes, 3), ("{},", .trailingBytes, 2),
            ("{}#", .trailingBytes, 2), ("{}\u{FEFF}", .trailingBytes, 2),
            ("\u{FEFF}{}", .byteOrderMark, 0), ("\u{FEFF}", .byteOrderMark, 0),
        ] as [(String, JSONError.Reason, Int)]
    )
    func rejected(text: String, reason: JSONError.Reason, offset: Int) {
        let error = #expect(throws: JSONError.self) { try Self.read(text) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test("no beginning of a document is a document")
    func cut() {
        let whole = Array(#"{"a":[1,{"b":"\u00e9\n"},null],"c":-1.5e+3,"d":true}"#.utf8)
        #expect(throws: Never.self) { try JSONReader.read(whole) }
        for count in 0..<whole.count {
            #expect(throws: JSONError.self, "\(count)") { try JSONReader.read(Array(whole.prefix(count))) }
        }
    }

    @Test("64 levels are read, 65 are not", arguments: [("[", "]"), (#"{"a":"#, "}"), (#"[{"a":"#, "}]")])
    func depth(open: String, close: String) throws {
        let levels = open.filter { "[{".contains($0) }.count
        _ = try Self.read(Self.nested(open, close, depth: 64 / levels))
        let deeper = "[" + Self.nested(open, close, depth: 64 / levels) + "]"
        let error = #expect(throws: JSONError.self) { try Self.read(deeper) }
        #expect(error?.reason == .tooDeep)
        let perLevel = open.utf8.count / levels
        #expect(levels == 2 || error?.offset == 1 + 63 * perLevel)
    }

    @Test("a hundred thousand levels end at the sixty-fifth", arguments: ["[", #"{"a":"#])
    func veryDeep(open: String) {
        let error = #expect(throws: JSONError.self) { try Self.read(String(repeating: open, count: 100_000)) }
        #expect(error?.reason == .tooDeep)
        #expect(error?.offset == 64 * open.utf8.count)
    }

    @Test("levels are counted of what is open, not of what was")
    func siblings() throws {
        let deep = Self.nested("[", "]", depth: 63)
        _ = try Self.read("[" + Array(repeating: deep, count: 10).joined(separator: ",") + "]")
    }

    @Test("a document of one long kind is read", arguments: ["[1", "\"a", "\"\\n", "[[]", "  "])
    func long(kind: String) throws {
        let count = 50_000
        let text =
            switch kind {
            case "[1": "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]"
            case "[[]": "[" + Array(repeating: "[]", count: count).joined(separator: ",") + "]"
            case "  ": String(repeating: " ", count: count) + "1"
            default: "\"" + String(repeating: String(kind.dropFirst()), count: count) + "\""
            }
        let value = try Self.read(text)
        #expect((value.arrayValue?.count ?? value.stringValue?.utf8.count ?? count) == count)
    }
}
