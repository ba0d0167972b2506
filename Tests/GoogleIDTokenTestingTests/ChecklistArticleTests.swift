//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDTokenTesting
internal import Testing

/// The page that says which case or test holds which line of the checklist says nothing but the truth.
@Suite("the page Checklist.md") struct ChecklistArticleTests {
    /// A line of the page's tables.
    private struct Line {
        let number: Int
        let cases: Set<String>
        let tests: String
        let remark: String?
    }

    private static let lines: [Line] = {
        let path = ProjectRoot.path("Sources/GoogleIDToken/GoogleIDToken.docc/Checklist.md")
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n")
            .compactMap { row in
                let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                guard cells.count == 4, let number = Int(cells[0]) else { return nil }
                return Line(
                    number: number,
                    cases: Set(cells[2].matches(of: /`([a-z-]+)`/).map { String($0.1) }),
                    tests: cells[3],
                    remark: cells[3].firstMatch(of: /^not here: (.+)/).map { String($0.1) }
                )
            }
    }()

    /// The lines that the cases of each file show, by the file's name without ending.
    private static let shown = Result {
        try FixtureFile.load(ProjectRoot.path("Fixtures/cases"))
            .map { file in
                let name = URL(filePath: file.path).deletingPathExtension().lastPathComponent
                return (name: name, lines: file.cases.reduce(into: Set<Int>()) { $0.formUnion($1.checklistLines) })
            }
    }

    @Test("each line is there once, in order")
    func numbers() {
        #expect(Self.lines.map(\.number) == Array(1...78))
    }

    @Test("each line is held by a case or a test, or says why not", arguments: lines.map(\.number))
    func held(number: Int) throws {
        let line = try #require(Self.lines.first { $0.number == number })
        #expect(!line.cases.isEmpty || line.tests.contains("`") || line.remark != nil)
    }

    @Test("the files of cases are those with a case of that number", arguments: lines.map(\.number))
    func cases(number: Int) throws {
        let files = try Self.shown.get().filter { $0.lines.contains(number) }.map(\.name)
        #expect(Self.lines.first { $0.number == number }?.cases == Set(files))
    }

    @Test("each test is there, under its name or with the line's number in its name", arguments: lines.map(\.number))
    func tests(number: Int) throws {
        let line = try #require(Self.lines.first { $0.number == number })
        for match in line.tests.matches(of: /`([A-Za-z]+)`(?:: "([^"]+)")?/) {
            let source = try #require(TestSources.all[String(match.1)], "no such file: \(match.1)")
            if let name = match.2 {
                #expect(source.contains(name), "no such test in \(match.1): \(name)")
            } else {
                let numbers = try Regex(#""[^"\n]*\[([0-9]+, )*\#(number)(, [0-9]+)*\]"#)
                #expect(source.contains(numbers), "no test of \(match.1) has [\(number)] in its name")
            }
        }
    }
}
