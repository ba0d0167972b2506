//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation

/// A run of `idtoken audit` over captured records, with its rows read.
struct Captured {
    static let keys = "Fixtures/keys/google.json"
    static let audience = "https://service.example.run.app"
    static let email = "caller@my-project.iam.gserviceaccount.com"
    static let token = Result {
        try String(contentsOf: Command.projectRoot.appending(path: "Fixtures/tokens/valid.jwt"), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A row in the format `ndjson`.
    struct Row: Decodable {
        let record: Int
        let file: String
        let line: Int
        let place: String?
        let verdict: String
        let code: String?
        let caller: String?
        let audience: [String]
        let keyID: String?
        let captured: String?
        let basis: String?
        let judged: String?
        let token: String?
        let carried: [String: String?]
        let explanation: String

        var number: Int { self.record }
    }

    let command: Command
    let rows: [Row]

    static func audit(
        _ arguments: String...,
        keys: String = Self.keys,
        input: String = "",
        decodesRows: Bool = true
    ) async throws -> Captured {
        try await Self.audit(arguments, keys: keys, input: input, decodesRows: decodesRows)
    }

    static func audit(
        _ arguments: [String],
        keys: String = Self.keys,
        input: String = "",
        decodesRows: Bool = true
    ) async throws -> Captured {
        let command = try await Command(
            ["audit", "--keys", keys, "--audience", Self.audience, "--format", "ndjson"] + arguments,
            input: input
        )
        let rows = try (decodesRows ? command.output : "").split(separator: "\n")
            .map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
        return Captured(command: command, rows: rows)
    }
}

/// A folder that is gone after use.
func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
#endif
