//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDTokenTesting
internal import Testing

/// What a file of cases must look like, and what is said when it does not.
@Suite("Files of cases")
struct FixtureFileTests {
    private static let valid = """
        {"description": "d", "defaults": {"keys": {"keys": []}, "audiences": ["a"], "now": 1.5, "token": "x"},
         "cases": [{"name": "one", "expect": {"error": "token_malformed"}}]}
        """

    @Test("a file without mistakes gives its cases")
    func validFileIsRead() throws {
        let file = try #require(try Self.load(Self.valid).first)
        #expect(file.cases.map(\.name) == ["one"])
    }

    @Test(
        "a mistake in a file is an error of one line that says what is wrong",
        arguments: [
            ("\"one\"", "\"\"", "case 1 has no name"),
            ("\"name\"", "\"nome\"", "case 1 has no name"),
            ("\"cases\"", "\"case\"", "unknown member"),
            ("{\"error\": \"token_malformed\"}", "{\"error\": \"no_such_code\"}", "unknown code 'no_such_code'"),
            ("{\"error\": \"token_malformed\"}", "{}", "must have exactly one of claims"),
            (
                "{\"error\": \"token_malformed\"}", "{\"error\": \"*\", \"either\": \"why\"}",
                "must have exactly one of claims"
            ),
            ("{\"error\": \"token_malformed\"}", "{\"claims\": {}, \"assurance\": \"hope\"}", "assurance must be"),
            ("{\"error\": \"token_malformed\"}", "{\"claims\": {}, \"claims\": {}}", "has the member claims twice"),
            ("\"now\": 1.5", "\"now\": \"1.5\"", "now must be a number of seconds"),
            ("\"now\": 1.5", "\"now\": 1e30", "now must be a number of seconds"),
            ("\"now\": 1.5,", "", "now is missing"),
            ("\"now\": 1.5", "\"now\": 1.5, \"then\": 2", "unknown member \"then\""),
            ("\"now\": 1.5", "\"now\": 1.5, \"now\": 2", "defaults has the member now twice"),
            ("\"now\": 1.5", "\"now\": 1.5, \"clockSkew\": 301", "it must be 0 to 300 seconds"),
            ("\"now\": 1.5", "\"now\": 1.5, \"callers\": [\"someone\"]", "names the caller \"someone\""),
            ("\"now\": 1.5", "\"now\": 1.5, \"callers\": []", "names no caller"),
            ("\"now\": 1.5", "\"now\": 1.5, \"removedSignature\": \"ignore\"", "removedSignature must be one of"),
            ("\"now\": 1.5", "\"now\": 1.5, \"headers\": {}", "give either headers"),
            ("[\"a\"]", "[1]", "audiences must be an array of strings"),
            ("[\"a\"]", "[]", "has no audience"),
            ("{\"keys\": []}", "\"no-such-file.json\"", "No such file"),
            ("{\"keys\": []}", "\"../../etc/passwd\"", "without a folder"),
            ("[{\"name\": \"one\", \"expect\": {\"error\": \"token_malformed\"}}]", "[]", "has no cases"),
            (
                "{\"name\": \"one\", \"expect\": {\"error\": \"token_malformed\"}}",
                "{\"name\": \"one\", \"expect\": {\"error\": \"*\"}}, {\"name\": \"one\", \"expect\": {\"error\": \"*\"}}",
                "two cases have the name 'one'"
            ),
            ("\"one\"", "\"one\", \"change\": 1", "change must be a string of 1 to 200 characters"),
            ("\"one\"", "\"one\", \"change\": null", "change must be a string of 1 to 200 characters"),
            ("\"one\"", "\"one\", \"change\": \"\"", "change must be a string of 1 to 200 characters"),
            (
                "\"one\"", "\"one\", \"change\": \"\(String(repeating: "c", count: 201))\"",
                "change must be a string of 1 to 200 characters"
            ),
            ("\"now\": 1.5", "\"now\": 1.5, \"change\": \"none\"", "unknown member \"change\""),
            ("\"defaults\":", "\"defaults\"", "line 1, column 33"),
        ]
    )
    func mistakeIsNamed(_ old: String, _ new: String, _ words: String) throws {
        let text = Self.valid.replacing(old, with: new, maxReplacements: 1)
        #expect(text != Self.valid)
        let error = try #require(throws: FixtureError.self) { try Self.load(text) }
        #expect(error.description.contains(words))
        #expect(!error.description.contains("\n"))
    }

    @Test("a change is optional, and the row of a failed case shows it")
    func changeIsOptionalAndIsInTheRow() throws {
        let without = try #require(try Self.load(Self.valid).first?.cases.first)
        #expect(without.change == nil)
        #expect(without.rowTitle == "\(without)")
        let longest = String(repeating: "c", count: 200)
        let text = Self.valid.replacing("\"one\"", with: "\"one\", \"change\": \"\(longest)\"")
        let with = try #require(try Self.load(text).first?.cases.first)
        #expect(with.change == longest)
        #expect(with.rowTitle.hasSuffix("/cases.json: one (\(longest))"))
    }

    @Test("the error says whether a file is missing or a folder holds no cases")
    func missingFileAndFolderWithoutCasesAreNamed() throws {
        let missing = try #require(throws: FixtureError.self) { try FixtureFile.load("no/such/file.json") }
        #expect(missing.description.hasPrefix("no/such/file.json: No such file"))
        try TemporaryFolder.with { folder in
            let error = try #require(throws: FixtureError.self) { try FixtureFile.load(folder) }
            #expect(error.description.contains("no .json file"))
        }
    }

    @Test("a case that fails says which code it expected and which one came out")
    func failedCaseSaysWhatCameOut() async throws {
        let text = Self.valid.replacing("token_malformed", with: "token_expired")
        let file = try #require(try Self.load(text).first)
        let difference = await file.cases[0].run()
        #expect(difference?.hasPrefix("expected token_expired, got keys_unavailable") == true)
    }

    private static func load(_ text: String) throws -> [FixtureFile] {
        try TemporaryFolder.with { folder in
            try Data(text.utf8).write(to: URL(filePath: folder + "/cases.json"))
            return try FixtureFile.load(folder)
        }
    }
}
