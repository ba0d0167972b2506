//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import Testing

@Suite("JSONWriter")
struct JSONWriterTests {
    private static func read(_ text: String) throws -> IDTokenJSON {
        try JSONReader.read(Array(text.utf8))
    }

    @Test(
        "what is written on one line is what was read",
        arguments: [
            "null", "true", "false", "0", "-0", "1.50", "1E+400", "123456789012345678901234567890", #""""#, #""a b""#,
            "[]", "{}", "[1,[],{}]", #"{"b":1,"a":[null,{"c":"d"}],"":{}}"#, #""\"\\""#, #""/""#,
        ]
    )
    func oneLine(text: String) throws {
        #expect(try Self.read(text).json == text)
    }

    @Test("white space is not kept")
    func whiteSpace() throws {
        #expect(try Self.read(" { \"a\" : [ 1 ,\n2 ] } ").json == #"{"a":[1,2]}"#)
    }

    @Test("an indented value has a line for each member, and empty ones stay closed")
    func indented() throws {
        let value = try Self.read(#"{"a":[1,{"b":"c"}],"d":{},"e":[],"f":null}"#)
        #expect(
            value.indentedJSON == """
                {
                  "a": [
                    1,
                    {
                      "b": "c"
                    }
                  ],
                  "d": {},
                  "e": [],
                  "f": null
                }
                """
        )
        #expect(try Self.read("[]").indentedJSON == "[]")
        #expect(try Self.read("1").indentedJSON == "1")
    }

    @Test(
        "whatever could disturb a terminal is escaped",
        arguments: [
            ("\u{1B}[2J", #""\u001b[2J""#), ("\n\r\t\0", #""\u000a\u000d\u0009\u0000""#), ("\u{7F}", #""\u007f""#),
            ("\u{9B}", #""\u009b""#), ("é", #""\u00e9""#), ("\u{202E}", #""\u202e""#),
            ("\u{1F600}", #""\ud83d\ude00""#),
            ("\u{10FFFF}", #""\udbff\udfff""#), ("\"\\/~ ", #""\"\\/~ ""#), ("\u{2028}", #""\u2028""#),
        ]
    )
    func escapes(text: String, json: String) {
        #expect(IDTokenJSON.string(text).json == json)
        #expect(IDTokenJSON.object([(text, .null)]).json == "{\(json):null}")
    }

    @Test("text of every code point is ASCII, and comes back", arguments: [0, 0xD700, 0xE000, 0x1F600, 0x10FF00])
    func codePoints(start: UInt32) throws {
        let scalars = (start..<(start + 0x100)).compactMap(Unicode.Scalar.init)
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        let value = IDTokenJSON.array([.string(text), .object([(text, .string(text))])])
        for json in [value.json, value.indentedJSON] {
            #expect(json.utf8.allSatisfy { $0 == UInt8(ascii: "\n") || UInt8(ascii: " ")...UInt8(ascii: "~") ~= $0 })
            #expect(try Self.read(json) == value)
        }
    }

    @Test("Foundation reads the same")
    func foundation() throws {
        let value = try Self.read(#"{"a":["é\u0000\"",1.5,true,null],"b":{"c":"\ud83d\ude00"}}"#)
        for json in [value.json, value.indentedJSON] {
            let read = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? NSDictionary)
            let expected: NSDictionary = ["a": ["é\0\"", 1.5, true, NSNull()] as [Any], "b": ["c": "\u{1F600}"]]
            #expect(read == expected)
        }
    }
}
