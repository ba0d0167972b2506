//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

@Suite("JSON values")
struct IDTokenJSONTests {
    private static func read(_ text: String) throws -> IDTokenJSON {
        try JSONReader.read(Array(text.utf8), duplicateNames: .keep)
    }

    @Test("a value is of one type and of no other")
    func types() throws {
        let values = try ["null", "true", "1", #""a""#, "[]", "{}"].map { try Self.read($0) }
        #expect(values.map { $0.boolValue != nil } == [false, true, false, false, false, false])
        #expect(values.map { $0.numberText != nil } == [false, false, true, false, false, false])
        #expect(values.map { $0.stringValue != nil } == [false, false, false, true, false, false])
        #expect(values.map { $0.arrayValue != nil } == [false, false, false, false, true, false])
        #expect(values.map { $0.objectValue != nil } == [false, false, false, false, false, true])
    }

    @Test("a value is what it was made of")
    func values() throws {
        #expect(try Self.read("false").boolValue == false)
        #expect(try Self.read("1.50").numberText == "1.50")
        #expect(try Self.read(#""a""#).stringValue == "a")
        #expect(try Self.read("[null]").arrayValue == [.null])
        #expect(try Self.read(#"{"a":null}"#).objectValue?["a"] == .null)
    }

    @Test("values of different types differ")
    func unequalTypes() throws {
        let values = try ["null", "true", "1", #""1""#, "[]", "{}", "[null]", "0", "false", #""""#]
            .map { try Self.read($0) }
        for (index, value) in values.enumerated() {
            for (otherIndex, other) in values.enumerated() {
                #expect((value == other) == (index == otherIndex))
            }
        }
    }

    @Test(
        "the same value",
        arguments: [
            ("1", "1"), ("1", "1.0"), ("1e3", "1000"), ("0", "-0"), ("0.1", "1e-1"), ("1e400", "1e400"),
            ("9223372036854775807", "9223372036854775807"), (#""a""#, #""\u0061""#), ("[1,2]", "[1.0, 2]"),
            (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#), (#"{"a":{"b":[{}]}}"#, #"{ "a" : { "b" : [ { } ] } }"#),
        ]
    )
    func equal(left: String, right: String) throws {
        #expect(try Self.read(left) == Self.read(right))
        #expect(try Self.read(right) == Self.read(left))
    }

    @Test(
        "[39] another value",
        arguments: [
            ("1", "2"), ("1", "1.1"), ("1", "-1"), ("9223372036854775807", "9223372036854775806"), ("1e400", "1e401"),
            ("1e400", "-1e400"), (#""a""#, #""A""#), (#""e\u0301""#, #""\u00e9""#), ("[1,2]", "[2,1]"),
            ("[1]", "[1,1]"),
            (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":1}"#, #"{"b":1}"#), (#"{"a":1}"#, #"{"a":1,"b":1}"#), ("{}", "[]"),
            (#"{"e\u0301":1}"#, #"{"\u00e9":1}"#), ("true", "false"),
        ]
    )
    func unequal(left: String, right: String) throws {
        #expect(try Self.read(left) != Self.read(right))
        #expect(try Self.read(right) != Self.read(left))
    }

    @Test("objects with a name twice are compared in both directions")
    func equalNamesTwice() {
        let twice = IDTokenJSON.object([("a", .bool(true)), ("a", .bool(true))])
        let two = IDTokenJSON.object([("a", .bool(true)), ("b", .bool(false))])
        #expect(twice != two)
        #expect(two != twice)
        let other = IDTokenJSON.object([("a", .bool(true)), ("a", .bool(false))])
        #expect(twice != other)
        #expect(other != twice)
        #expect(other == other)
    }

    @Test("nested objects are compared in a time that does not grow with the power of their depth")
    func nestedObjects() throws {
        let text = String(repeating: #"{"a":"#, count: 60) + "1" + String(repeating: "}", count: 60)
        #expect(try Self.read(text) == Self.read(text))
        #expect(try Self.read(text) != Self.read(text.replacing("1", with: "2")))
    }

    @Test(
        "integers are what is written as one and fits",
        arguments: [
            ("0", 0), ("-0", 0), ("-1", -1), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.0", nil), ("1e3", nil), ("1e400", nil),
        ] as [(String, Int64?)]
    )
    func integers(text: String, integer: Int64?) throws {
        #expect(try Self.read(text).integerValue == integer)
    }

    @Test(
        "doubles are what is finite",
        arguments: [
            ("0", 0), ("1.5", 1.5), ("1e3", 1_000), ("1e-400", 0), ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("-1.7976931348623157e308", -.greatestFiniteMagnitude), ("1.7976931348623159e308", nil), ("1e400", nil),
            ("-1e400", nil), ("9007199254740993", 9_007_199_254_740_992), ("5e-324", .leastNonzeroMagnitude),
        ] as [(String, Double?)]
    )
    func doubles(text: String, double: Double?) throws {
        #expect(try Self.read(text).doubleValue == double)
    }

    @Test("[39] names are looked up byte by byte, and the first of two equal ones is taken")
    func lookup() throws {
        let object = try #require(try Self.read(#"{"é":1,"a":2,"a":3,"":4}"#).objectValue)
        #expect(object.map(\.name) == ["\u{E9}", "a", "a", ""])
        #expect(object["\u{E9}"]?.integerValue == 1)
        #expect(object["e\u{301}"] == nil)
        #expect(object["a"]?.integerValue == 2)
        #expect(object["A"] == nil)
        #expect(object[""]?.integerValue == 4)
        #expect(object["a\0"] == nil)
    }
}
