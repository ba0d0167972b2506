//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import Testing

/// The code of the article "Vapor", which `.ci/misuse` compiles.
@Suite("code of Vapor.md")
struct VaporArticleTests {
    @Test("each block of code in the article stands in the file that is compiled, and nothing else stands there")
    func theArticleHasTheCompiledCode() throws {
        let articlePath = ProjectRoot.path("Sources/GoogleIDToken/GoogleIDToken.docc/Vapor.md")
        let compiledPath = ProjectRoot.path("Tests/Misuse/MustCompile/VaporMiddleware.swift")
        let article = try String(contentsOfFile: articlePath, encoding: .utf8)
        let compiled = try String(contentsOfFile: compiledPath, encoding: .utf8)
        let blocks = article.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(blocks.count == 4)
        let code = blocks.joined(separator: "\n")
        let start = try #require(compiled.range(of: "import GoogleIDToken\n")).lowerBound
        #expect(Self.lines(code) == Self.lines(String(compiled[start...])))
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }
}
