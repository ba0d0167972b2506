//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import Testing

@Suite("JSON error")
struct JSONErrorTests {
    private static func error(_ text: String) throws -> JSONError {
        try #require(#expect(throws: JSONError.self) { try JSONReader.read(Array(text.utf8)) })
    }

    @Test("an error says what is wrong and where")
    func description() throws {
        let duplicate = try Self.error(#"{"a":1,"a":2}"#)
        #expect("\(duplicate)" == "duplicate name in an object at byte 7")
        #expect("\(try Self.error("[1,"))" == "unexpected end of the text at byte 3")
        #expect("\(try Self.error("\u{FEFF}[]"))" == "byte order mark at the start at byte 0")
    }

    @Test(
        "an error repeats nothing of what was read",
        arguments: ["{\"secret\":1,\"secret\":2}", "[secret]", "\"secret"]
    )
    func noContent(text: String) throws {
        #expect("\(try Self.error(text))".contains("secret") == false)
    }

    @Test(
        "the place is counted as an editor counts it",
        arguments: [
            ("x", 1, 1), ("[x", 1, 2), ("[\nx", 2, 1), ("[\n  x", 2, 3), ("[\n\n\n x", 4, 2), ("[\r\nx", 2, 1),
            ("\n\n", 3, 1), ("[1,\n 2,\n  3\n", 4, 1), ("[\"é\" x", 1, 7), ("{\n\"a\":1,\n\"a\":2}", 3, 1),
        ]
    )
    func place(text: String, line: Int, column: Int) throws {
        let place = try Self.error(text).place(in: Array(text.utf8))
        #expect(place.line == line)
        #expect(place.column == column)
    }

    @Test("errors are equal if reason and place are")
    func equality() throws {
        #expect(try Self.error("x") == Self.error("y"))
        #expect(try Self.error("x") != Self.error(" x"))
        #expect(try Self.error("") != Self.error("x"))
    }
}
