//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//
#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import Testing

/// Compares the rows of NDJSON with `Fixtures/audit-row.schema.json`.
@Suite("idtoken audit: schema of a row")
struct AuditSchemaTests {
    private static let path = Command.projectRoot.appending(path: "Fixtures/audit-row.schema.json")

    /// The words of the specification that ``mistakes`` understands; a schema with others would not be checked.
    private static let words: Set = [
        "$schema", "$ref", "$defs", "title", "description", "type", "required", "additionalProperties", "properties",
        "items", "minimum", "minLength", "pattern", "enum",
    ]

    /// What is wrong with a value, as far as a schema says so.
    private static func mistakes(_ value: Any, _ schema: [String: Any], root: [String: Any], at place: String = "")
        throws -> [String]
    {
        var mistakes: [String] = []
        for word in schema.keys where !Self.words.contains(word) { mistakes.append("\(place): unknown word \(word)") }
        if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
            let definitions = try #require(root["$defs"] as? [String: Any])
            let definition = try #require(definitions[String(name)] as? [String: Any])
            mistakes += try Self.mistakes(value, definition, root: root, at: place)
        }
        let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] }
        if let types, !types.contains(Self.type(value)) { mistakes.append("\(place) is \(Self.type(value))") }
        if let allowed = schema["enum"] as? [String], !allowed.contains(value as? String ?? "") {
            mistakes.append("\(place) is not in the list")
        }
        if let minimum = schema["minimum"] as? Int, (value as? Int ?? minimum) < minimum {
            mistakes.append("\(place) is too small")
        }
        if let text = value as? String {
            if text.count < schema["minLength"] as? Int ?? 0 { mistakes.append("\(place) is too short") }
            if let pattern = schema["pattern"] as? String, try Regex(pattern).firstMatch(in: text) == nil {
                mistakes.append("\(place) does not match")
            }
        }
        if let items = schema["items"] as? [String: Any] {
            for item in value as? [Any] ?? [] {
                mistakes += try Self.mistakes(item, items, root: root, at: place + "[]")
            }
        }
        guard let object = value as? [String: Any] else { return mistakes }
        for name in schema["required"] as? [String] ?? [] where object[name] == nil { mistakes.append("no \(name)") }
        let properties = schema["properties"] as? [String: Any] ?? [:]
        for (name, member) in object {
            if let property = (properties[name] ?? schema["additionalProperties"]) as? [String: Any] {
                mistakes += try Self.mistakes(member, property, root: root, at: place + "." + name)
            } else if schema["additionalProperties"] as? Bool == false {
                mistakes.append("\(place) has \(name)")
            }
        }
        return mistakes
    }

    private static func type(_ value: Any) -> String {
        switch value {
        case is NSNull: "null"
        case is String: "string"
        case is [Any]: "array"
        case is [String: Any]: "object"
        case is Int: "integer"
        default: "other"
        }
    }

    private static func mistakes(_ line: some StringProtocol) throws -> [String] {
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: Self.path)) as? [String: Any]
        )
        return try Self.mistakes(try JSONSerialization.jsonObject(with: Data(line.utf8)), schema, root: schema)
    }

    private static func rows() async throws -> [Substring] {
        let token = try Captured.token.get()
        let input = #"{"timestamp":"2023-11-14T22:13:20Z","a":"x","t":"\#(token)"}"# + "\n\(token)\n\(token)A\n"
        let rows = try await Captured.audit("--carry", ".a", "--carry", ".none", input: input).command.output
        return rows.split(separator: "\n")
    }

    @Test("each row is what the schema describes, with the members in the documented order")
    func rowsAreDescribed() async throws {
        let rows = try await Self.rows()
        try #require(rows.count == 3)
        for row in rows { #expect(try Self.mistakes(row) == []) }
        let members = try #require(try JSONReader.read(Array(rows[0].utf8)).objectValue).map(\.name)
        let columns =
            "record,file,line,place,verdict,code,caller,subject,audience,issued,expires,keyID,key_first_seen,"
            + "key_last_seen,captured,basis,judged,request,peer,token,"
        #expect(members.joined(separator: ",") == columns + "carried,explanation")
        let csv = try await Captured.audit(
            "--format",
            "csv",
            "--carry",
            ".a",
            input: try Captured.token.get(),
            decodesRows: false
        )
        #expect(csv.command.output.hasPrefix(columns + ".a,explanation\r\n"))
    }

    @Test(
        "the schema does not describe a row with a changed member",
        arguments: [
            (#""verdict":"verified""#, #""verdict":"forbidden""#), (#""record":1,"#, ""),
            (#""record":1,"#, #""record":0,"#),
            (#""line":1,"#, #""line":"1","#), (#""audience":["#, #""more":1,"audience":["#),
            (#""issued":"2023"#, #""issued":"23"#), (#""token":""#, #""token":"eyJ"#),
            (#""carried":{"#, #""carried":{"b":1,"#),
        ]
    )
    func changedRowIsNot(_ text: String, _ change: String) async throws {
        let row = try #require(try await Self.rows().first)
        #expect(row.contains(text))
        #expect(try Self.mistakes(row.replacing(text, with: change)) != [])
    }
}
#endif
