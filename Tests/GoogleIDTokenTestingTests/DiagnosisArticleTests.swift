//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import Testing

/// The article "Diagnosis": each of its messages is what the library says today.
@Suite("messages of Diagnosis.md", .timeLimit(.minutes(5)))
struct DiagnosisArticleTests {
    private static let table = ArticleTable(article: "Diagnosis.md", heading: "## Messages")

    @Test("a mistake ends in the message that the article has for it", arguments: Diagnosis.all.indices)
    func message(index: Int) async throws {
        let row = try await Diagnosis.all[index].row
        let rows = try Self.table.rows
        let documented = rows.indices.contains(index) ? rows[index] : "nothing"
        #expect(
            ArticleTable.isSame(row, as: documented),
            "row \(index + 1) of Diagnosis.md\nis now:        \(row)\nis documented: \(documented)"
        )
    }

    @Test("the article has a row for each of these mistakes, and no other row")
    func rows() async throws {
        try await Self.table.rewriteIfAsked {
            var rows: [String] = []
            for diagnosis in Diagnosis.all { rows.append(try await diagnosis.row) }
            return rows
        }
        #expect(try Self.table.rows.count == Diagnosis.all.count)
    }
}
