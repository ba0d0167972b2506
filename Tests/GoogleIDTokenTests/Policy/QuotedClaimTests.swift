//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

@Suite("Quoted claim")
struct QuotedClaimTests {
    @Test(
        "printable ASCII stands as it is, in quotes",
        arguments: ["", "a", "https://service.example.com/?a=b&c#d", " !#$%&'()*+,-./:;<=>?@[]^_`{|}~"]
    )
    func printable(text: String) {
        #expect(text.quotedForOperators == "\"\(text)\"")
    }

    @Test(
        "everything else is escaped",
        arguments: [
            ("\"", #""\"""#), ("\\", #""\\""#), ("\n", #""\u{a}""#), ("\r\n", #""\u{d}\u{a}""#), ("\0", #""\u{0}""#),
            ("\u{1B}[31m", #""\u{1b}[31m""#), ("\u{7F}", #""\u{7f}""#), ("é", #""\u{e9}""#),
            ("e\u{301}", #""e\u{301}""#), ("\u{202E}", #""\u{202e}""#), ("\u{1F600}", #""\u{1f600}""#),
            ("аpple", #""\u{430}pple""#), ("\u{2028}", #""\u{2028}""#), ("\u{FEFF}", #""\u{feff}""#),
            ("a\\\"b", #""a\\\"b""#), ("\u{85}", #""\u{85}""#), ("\u{9B}2J", #""\u{9b}2J""#),
        ]
    )
    func escaped(text: String, quoted: String) {
        #expect(text.quotedForOperators == quoted)
    }

    @Test("200 characters are kept, and more are cut and marked")
    func length() {
        let longest = String(repeating: "a", count: 200)
        #expect(longest.quotedForOperators == "\"\(longest)\"")
        #expect((longest + "b").quotedForOperators == "\"\(longest)…\"")
        #expect(String(repeating: "b", count: 100_000).quotedForOperators.count == 203)
    }

    @Test("a character of many code points is cut too")
    func combiningMarks() {
        let text = "e" + String(repeating: "\u{301}", count: 10_000)
        #expect(text.count == 1)
        #expect(text.quotedForOperators == #""e\#(String(repeating: #"\u{301}"#, count: 199))…""#)
    }

    @Test(
        "what is quoted is one line of ASCII, but for the mark of a cut",
        arguments: [0, 0x80, 0x2000, 0xFF00, 0xE0000]
    )
    func ascii(start: UInt32) {
        for scalar in (start..<(start + 0x100)).compactMap(Unicode.Scalar.init) {
            let quoted = String(scalar).quotedForOperators
            #expect(quoted.utf8.allSatisfy { UInt8(ascii: " ")...UInt8(ascii: "~") ~= $0 })
        }
    }
}
