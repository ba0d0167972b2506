//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import Testing

@testable internal import GoogleIDTokenCredentials

@Suite("Errors of credentials")
struct IDTokenCredentialsErrorTests {
    @Test("codes are words in lower case, fit for a metric label", arguments: IDTokenCredentialsError.Code.allCases)
    func codes(code: IDTokenCredentialsError.Code) {
        #expect(code.rawValue.allSatisfy { $0.isLowercase && $0.isASCII || $0 == "_" })
        #expect(IDTokenCredentialsError(code, "a") == IDTokenCredentialsError(code, "b"))
        #expect("\(IDTokenCredentialsError(code, "a"))" == "\(code.rawValue): a")
    }

    @Test("each disposition has codes", arguments: IDTokenCredentialsError.Disposition.allCases)
    func dispositions(disposition: IDTokenCredentialsError.Disposition) {
        #expect(IDTokenCredentialsError.Code.allCases.contains { $0.disposition == disposition })
    }

    @Test("the table of the documentation has each code in the row of its disposition")
    func table() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        let article = "\(root)/Sources/GoogleIDTokenCredentials/GoogleIDTokenCredentials.docc/FetchingTokens.md"
        let lines = try String(contentsOfFile: article, encoding: .utf8).split(separator: "\n")
        for disposition in IDTokenCredentialsError.Disposition.allCases {
            let row = try #require(lines.first { $0.hasPrefix("| `\(disposition.rawValue)` |") })
            let codes = try #require(row.split(separator: "|").dropFirst().first).split(separator: ",")
            let named = codes.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
            let expected = IDTokenCredentialsError.Code.allCases.filter { $0.disposition == disposition }
                .map(\.rawValue)
            #expect(named == expected)
        }
    }
}
