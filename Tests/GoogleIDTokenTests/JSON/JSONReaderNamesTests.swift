//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import Testing

@Suite("JSON reader: names of objects")
struct JSONReaderNamesTests {
    private static func read(
        _ text: String,
        _ duplicateNames: JSONReader.DuplicateNames = .reject
    ) throws(JSONError) -> IDTokenJSON {
        try JSONReader.read(Array(text.utf8), duplicateNames: duplicateNames)
    }

    /// An object with the names `0`, `1` and so on.
    private static func object(of count: Int, then last: String) -> String {
        "{" + (0..<count).map { "\"\($0)\":\($0)," }.joined() + "\"\(last)\":null}"
    }

    @Test(
        "a name that comes again is refused where it comes again",
        arguments: [
            (#"{"a":1,"a":1}"#, 7), (#"{"a":1,"a":2}"#, 7), (#"{"a":1,"b":2,"a":3}"#, 13), (#"{"":1,"":2}"#, 6),
            (#"{"a":1, "a":1}"#, 8), (#"{"a":1,"\u0061":2}"#, 7), (#"{"\u0061":1,"a":2}"#, 12),
            (#"{"\u0061":1,"\u0061":2}"#, 12), (#"{"/":1,"\/":2}"#, 7), (#"{"é":1,"\u00e9":2}"#, 8),
            (#"{"é":1,"\u00E9":2}"#, 8), (#"{"👍":1,"\ud83d\udc4d":2}"#, 10), (#"{"\n":1,"\u000a":2}"#, 8),
            (#"{"x":{"a":1,"a":2}}"#, 12), (#"[[{"a":1,"a":2}]]"#, 9), (#"{"a":[{"b":{"c":1,"c":1}}]}"#, 18),
            (#"{"alg":"none","alg":"RS256"}"#, 14), (#"{"a":1,"a":"#, 7), (#"{"a":{},"a":}"#, 8),
        ]
    )
    func duplicates(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try Self.read(text) }
        #expect(error?.reason == .duplicateName)
        #expect(error?.offset == offset)
    }

    @Test(
        "names of different bytes are different names",
        arguments: [
            #"{"a":1,"A":2}"#, #"{"a":1,"a ":2}"#, #"{"a":1,"a\u0000":2}"#, #"{"a":1,"":2}"#, #"{"a":{"a":{"a":1}}}"#,
            #"[{"a":1},{"a":2}]"#, "{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{C5}\":1,\"\u{212B}\":2}",
            #"{"\u00e9":1,"e\u0301":2}"#, "{\"a\u{301}\u{327}\":1,\"a\u{327}\u{301}\":2}", #"{"1":1,"1.0":2,"01":3}"#,
        ]
    )
    func different(text: String) throws {
        _ = try Self.read(text)
    }

    @Test("names that Swift holds for equal keep values of their own")
    func canonicalEquivalents() throws {
        let object = try #require(try Self.read("{\"\u{E9}\":1,\"e\u{301}\":2}").objectValue)
        #expect(object["\u{E9}"]?.integerValue == 1)
        #expect(object["e\u{301}"]?.integerValue == 2)
    }

    @Test("a name is found again however many come between", arguments: [1, 14, 15, 16, 17, 18, 31, 32, 100, 1_000])
    func many(count: Int) throws {
        let object = try #require(try Self.read(Self.object(of: count, then: "last")).objectValue)
        #expect(object.count == count + 1)
        for again in Set([0, count / 2, count - 1]) {
            let error = #expect(throws: JSONError.self, "\(again) of \(count)") {
                try Self.read(Self.object(of: count, then: "\(again)"))
            }
            #expect(error?.reason == .duplicateName)
        }
    }

    @Test("the name after many is remembered too")
    func manyThenTwice() {
        let text = Self.object(of: 40, then: "last").dropLast() + #","last":1}"#
        let error = #expect(throws: JSONError.self) { try Self.read(String(text)) }
        #expect(error?.reason == .duplicateName)
    }

    @Test("many spellings of one name are many names")
    func spellings() throws {
        let names = (0..<512).map { number in (0..<9).map { number >> $0 & 1 == 0 ? "\u{E9}" : "e\u{301}" }.joined() }
        let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try Self.read(text).objectValue?.count == 512)
    }

    @Test("kept names are all there, in their order, at every level")
    func kept() throws {
        let object = try #require(try Self.read(#"{"a":1,"b":{"c":1,"c":2},"\u0061":3}"#, .keep).objectValue)
        #expect(object.map(\.name) == ["a", "b", "a"])
        #expect(object.map(\.value.integerValue) == [1, nil, 3])
        #expect(object["b"]?.objectValue?.map(\.name) == ["c", "c"])
        #expect(object["a"]?.integerValue == 1)
    }

    @Test("keeping names forgives nothing else", arguments: [#"{"a":1,"a":}"#, #"{"a":1 "a":2}"#, #"{"a":1}{}"#, ""])
    func keptStrictly(text: String) {
        #expect(throws: JSONError.self) { try Self.read(text, .keep) }
    }
}
