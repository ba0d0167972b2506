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
    private static func run(columns: String) async throws -> (command: Command, lines: [Substring]) {
        let command = try await Command(["demo"], environment: ["COLUMNS": columns])
        return (command, command.output.split(separator: "\n"))
    }

    @Test("each request of the demo gets the status and code that it should, and the output says so")
    func answersAsItShould() async throws {
        let (command, lines) = try await Self.run(columns: "")
        #expect(command.status == 0)
        #expect(command.errors.isEmpty)
        #expect(!command.output.contains("\u{1B}"))
        #expect(!command.output.contains("NOT"))
        #expect(lines.first?.split(separator: " ") == ["sent", "status", "code"])
        let rows = lines.dropFirst().dropLast(3).filter { !$0.hasPrefix(" ") && $0 != Substring($0.uppercased()) }
        #expect(rows.count >= 30)
        for (status, code) in [
            (400, "credentials_ambiguous"), (401, "token_expired"), (403, "caller_not_allowed"),
            (503, "keys_unavailable"),
        ] {
            #expect(rows.contains { $0.contains(" \(status)") && $0.hasSuffix(code) })
        }
        #expect(rows.filter { $0.hasSuffix(" 200") }.count == 6)
    }

    @Test("it begins with the good callers")
    func beginsWithTheGoodCallers() async throws {
        let (_, lines) = try await Self.run(columns: "")
        #expect(lines.dropFirst().first == "GOOD CALLERS")
        #expect(lines.dropFirst(2).first?.hasSuffix(" 200") == true)
        #expect(lines.dropFirst(3).first == "    the caller is caller@my-project.iam.gserviceaccount.com")
    }

    @Test("it ends with what was shown, where to go on, and how to keep the stand-in running")
    func endsWithThreeLines() async throws {
        let (_, lines) = try await Self.run(columns: "80")
        let last = Array(lines.suffix(3))
        try #require(last.count == 3)
        #expect(last[0].hasPrefix("Shown: ") && last[0].hasSuffix(" seconds, each with the expected answer."))
        #expect(last[1].contains("\"Use it\" in README.md") && last[1].contains("Servers.md"))
        #expect(last[2].contains("idtoken emulate"))
    }

    @Test("the section and the article that it names exist")
    func namesWhatExists() throws {
        let readme = try String(contentsOf: Command.projectRoot.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("\n## Use it\n"))
        let article = "Sources/GoogleIDToken/GoogleIDToken.docc/Servers.md"
        #expect(FileManager.default.fileExists(atPath: Command.projectRoot.appending(path: article).path()))
    }

    @Test("no line is longer than the terminal is wide, and wide terminals are used", arguments: [80, 120, 200])
    func fitsTheTerminal(width: Int) async throws {
        let (command, lines) = try await Self.run(columns: "\(width)")
        #expect(command.status == 0)
        #expect(lines.allSatisfy { $0.count <= width }, "\(lines.filter { $0.count > width })")
        #expect(lines.contains { $0.count > width - 20 })
    }

    @Test("without a terminal and without COLUMNS, or with one that is no number, lines have at most 80 characters")
    func eightyByDefault() async throws {
        for columns in ["", "0", "-5", "wide"] {
            let (_, lines) = try await Self.run(columns: columns)
            #expect(lines.allSatisfy { $0.count <= 80 }, "COLUMNS=\(columns)")
            #expect(lines.contains { $0.count > 70 })
        }
    }
}
#endif
