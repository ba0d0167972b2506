//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// `idtoken audit` on what real programs write, on exports, and on files that were made to hide tokens.
@Suite("idtoken audit: log shapes")
struct ShapeTests {
    private struct Row: Decodable {
        let line: Int
        let verdict: String
        let code: String?
        let captured: String?
        let token: String?
    }

    @Test("the corpus has at least 80 shapes, each with a file, and is what its generator writes")
    func corpusIsComplete() async throws {
        let corpus = try ShapeCorpus.corpus.get()
        #expect(corpus.shapes.count >= 80)
        #expect(try await Command.status(of: ["python3", "Tests/Shapes/generator", "--check"]) == 0)
    }

    @Test("every token of a shape is in a row with its verdict, its line and its time", arguments: ShapeCorpus.shapes)
    func tokensAreInRows(shape: ShapeCorpus.Shape) async throws {
        let corpus = try ShapeCorpus.corpus.get()
        let path = shape.file.path(percentEncoded: false)
        let options = ["--keys", corpus.keys, "--audience", corpus.audience, "--format", "ndjson"]
        let audit = try await Command(["audit"] + options + (shape.options ?? []) + [path])
        var rows = try audit.output.split(separator: "\n")
            .map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }

        for token in shape.tokens {
            let digits = try #require(corpus.tokens[token.token])
            let index = rows.firstIndex { row in
                row.token == digits && token.line.map { $0 == row.line } ?? true
                    && token.captured.map { row.captured?.isTime($0) == true } ?? true
            }
            guard let index else {
                let others = rows.filter { $0.token == digits }.map { "line \($0.line), \($0.captured ?? "no time")" }
                Issue.record("\(token) is in no row; rows of the same token: \(others)")
                continue
            }
            #expect(rows.remove(at: index).verdict == token.verdict)
        }
        for (code, count) in shape.codes ?? [:] {
            #expect(rows.count { $0.code == code } == count, "rows with the code \(code)")
        }
        #expect(rows.allSatisfy { $0.verdict != "verified" }, "rows of tokens that do not stand there")
        self.expectStatus(of: shape, audit)
    }

    /// A forged token stands in each shape, beside what cannot be decided.
    private func expectStatus(of shape: ShapeCorpus.Shape, _ audit: Command) {
        if shape.tokens.contains(where: { $0.verdict == "rejected" }) {
            #expect(audit.status == 1)
        } else {
            #expect(shape.loud == true ? audit.status != 0 : audit.status == 2)
        }
    }
}

extension String {
    /// Whether it begins with a time, whose year may be missing there.
    fileprivate func isTime(_ time: String) -> Bool {
        (time.hasPrefix("-") ? String(self.dropFirst(4)) : self).hasPrefix(time)
    }
}
#endif
