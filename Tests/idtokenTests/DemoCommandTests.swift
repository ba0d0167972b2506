//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// `idtoken demo`: all of it, as its user would run it.
@Suite("idtoken demo")
struct DemoCommandTests {
    @Test("each request of the demo gets the status and code that it should, and the output says so")
    func answersAsItShould() async throws {
        let command = try await Command("demo")
        #expect(command.status == 0)
        #expect(command.errors.isEmpty)
        #expect(!command.output.contains("\u{1B}"))
        #expect(!command.output.contains("NOT"))
        let lines = command.output.split(separator: "\n")
        #expect(lines.first?.split(separator: " ") == ["sent", "status", "code"])
        #expect(lines.last?.hasSuffix(" seconds, each with the expected answer") == true)
        let rows = lines.dropFirst().dropLast().filter { !$0.hasPrefix(" ") }
        #expect(rows.count >= 30)
        for (status, code) in [
            (400, "credentials_ambiguous"), (401, "token_expired"), (403, "caller_not_allowed"),
            (503, "keys_unavailable"),
        ] {
            #expect(rows.contains { $0.contains(" \(status)") && $0.hasSuffix(code) })
        }
        #expect(rows.filter { $0.hasSuffix(" 200") }.count == 6)
    }
}
#endif
