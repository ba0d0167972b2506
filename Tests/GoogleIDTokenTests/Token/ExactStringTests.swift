//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

@Suite("Exact string")
struct ExactStringTests {
    @Test(
        "text that Swift holds for equal is another text if its bytes are others",
        arguments: [
            ("\u{E9}", "e\u{301}"), ("\u{212B}", "\u{C5}"), ("\u{1E9B}\u{323}", "\u{17F}\u{323}\u{307}"),
            ("\u{AC00}", "\u{1100}\u{1161}"), ("a\u{301}\u{327}", "a\u{327}\u{301}"), ("\u{2126}", "\u{3A9}"),
        ]
    )
    func canonicalEquivalents(left: String, right: String) {
        #expect(left == right)
        #expect(!left.isExactly(right))
        #expect(!right.isExactly(left))
        #expect(ExactString(left) != ExactString(right))
        #expect(Set([ExactString(left), ExactString(right)]).count == 2)
    }

    @Test(
        "text equals itself",
        arguments: ["", "a", "https://accounts.google.com", "e\u{301}", "\u{E9}", "\u{1F44D}", "\0", "a\0b"]
    )
    func same(text: String) {
        // Made anew, so that the two share no storage.
        let copy = String(decoding: Array(text.utf8), as: UTF8.self)
        #expect(text.isExactly(copy))
        #expect(ExactString(text) == ExactString(copy))
        #expect(ExactString(text).hashValue == ExactString(copy).hashValue)
        #expect(Set([ExactString(text)]).contains(ExactString(copy)))
    }

    @Test(
        "other text is other text",
        arguments: [
            ("", "a"), ("a", "A"), ("a", "a "), ("a", "a\0"), ("ab", "ba"), ("abcdefgh", "abcdefgi"),
            ("abcdefgh", "abcdefgh\0"), ("\0", ""), ("\0\0\0\0\0\0\0\0", "\0\0\0\0\0\0\0"),
            ("12345678a", "12345678b"),
        ]
    )
    func different(left: String, right: String) {
        #expect(!left.isExactly(right))
        #expect(ExactString(left) != ExactString(right))
        #expect(ExactString(left).hashValue != ExactString(right).hashValue)
    }

    @Test("spellings of one text do not collide in a table")
    func collisions() {
        // All are canonically equivalent, so that String's own hash is the same for all.
        let spellings = (0..<1_024)
            .map { number in
                (0..<10).map { number >> $0 & 1 == 0 ? "\u{E9}" : "e\u{301}" }.joined()
            }
        #expect(Set(spellings).count == 1)
        #expect(Set(spellings.map { ExactString($0) }).count == 1_024)
        #expect(Set(spellings.map { ExactString($0).hashValue }).count == 1_024)
    }
}
