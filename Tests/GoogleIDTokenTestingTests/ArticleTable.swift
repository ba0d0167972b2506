//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation

/// A table of an article, whose last column a test computes.
///
/// To take over texts that changed on purpose, run the tests with `IDTOKEN_REWRITE_ARTICLES=1`, and read the difference.
struct ArticleTable: Sendable {
    private let path: String
    private let heading: String

    init(article: String, heading: String) {
        self.path = ProjectRoot.path("Sources/GoogleIDToken/GoogleIDToken.docc/\(article)")
        self.heading = heading
    }

    /// The rows as they stand in the article.
    var rows: [String] {
        get throws {
            let lines = try String(contentsOfFile: self.path, encoding: .utf8).components(separatedBy: "\n")
            guard let range = self.range(in: lines) else { return [] }
            return Array(lines[range])
        }
    }

    static func row(_ cells: [String]) -> String {
        "| " + cells.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ") + " |"
    }

    /// Whether a row is the documented one, in which `…` stands for any text, such as a port or an age.
    static func isSame(_ row: String, as documented: String) -> Bool {
        let pattern = documented.components(separatedBy: "…").map(NSRegularExpression.escapedPattern)
            .joined(separator: ".*")
        return row.range(of: "^\(pattern)$", options: .regularExpression) != nil
    }

    /// Replaces the documented rows that are no longer true, if the environment asks for it.
    func rewriteIfAsked(_ rows: () async throws -> [String]) async throws {
        guard ProcessInfo.processInfo.environment["IDTOKEN_REWRITE_ARTICLES"] == "1" else { return }
        let rows = try await rows()
        var lines = try String(contentsOfFile: self.path, encoding: .utf8).components(separatedBy: "\n")
        guard let range = self.range(in: lines) else { return }
        let documented = lines[range]
        let current = rows.map { row in documented.first { Self.isSame(row, as: $0) } ?? row }
        lines.replaceSubrange(range, with: current)
        try lines.joined(separator: "\n").write(toFile: self.path, atomically: true, encoding: .utf8)
    }

    /// The lines of the table under the heading, without its two lines of titles.
    private func range(in lines: [String]) -> Range<Int>? {
        guard let heading = lines.firstIndex(of: self.heading) else { return nil }
        guard let titles = lines[heading...].firstIndex(where: { $0.hasPrefix("|---") }) else { return nil }
        let end = lines[titles...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
        return titles + 1..<end
    }
}
