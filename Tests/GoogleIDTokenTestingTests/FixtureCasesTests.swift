//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import Testing

/// The cases of `Fixtures/cases`, and of the folders that the environment variable `IDTOKEN_FIXTURES` names.
@Suite("Cases of the fixtures")
struct FixtureCasesTests {
    private static let own = Result { try FixtureFile.load(ProjectRoot.path("Fixtures/cases")) }

    private static let others = Result {
        try (ProcessInfo.processInfo.environment["IDTOKEN_FIXTURES"] ?? "")
            .split(separator: ":")
            .flatMap { try FixtureFile.load(String($0)) }
    }

    private static let all: [FixtureCase] =
        [own, others].flatMap { (try? $0.get()) ?? [] }.flatMap(\.cases)

    @Test("the files of cases can be read, and the project's own hold at least 200 cases")
    func filesAreRead() throws {
        #expect(try Self.own.get().flatMap(\.cases).count >= 200)
        _ = try Self.others.get()
    }

    @Test("the verifier answers each case with what the case expects", arguments: all)
    func caseComesOutAsExpected(_ fixture: FixtureCase) async {
        let difference = await fixture.run()
        #expect(difference == nil, "\(fixture)")
    }

    @Test(
        "each code of an error but cancelled is expected by at least two cases",
        arguments: VerificationError.Code.allCases.filter { $0 != .cancelled }
    )
    func everyCodeHasCases(_ code: VerificationError.Code) throws {
        let cases = try Self.own.get().flatMap(\.cases).filter { $0.expectedCode == code }
        #expect(cases.count >= 2, "only waiting for keys can be cancelled; every other code must have cases")
    }

    /// The lines of the normative checklist that concern headers, tokens, keys or claims; a case names those it shows
    /// in brackets at the end of its name.
    @Test(
        "each checklist line about headers, tokens, keys or claims is shown by a case",
        arguments: Array(1...54) + Array(57...59)
    )
    func everyChecklistLineHasACase(_ line: Int) throws {
        let shown = try Self.own.get().flatMap(\.cases).contains { $0.checklistLines.contains(line) }
        #expect(shown)
    }

    @Test("every case says what it changes")
    func everyCaseSaysWhatItChanges() throws {
        for fixture in try Self.own.get().flatMap(\.cases) {
            #expect(fixture.change?.isEmpty == false, "\(fixture)")
        }
    }

    @Test("the generator would write the same files as those that are there")
    func generatorWritesWhatIsThere() throws {
        let generator = Process()
        generator.executableURL = URL(filePath: "/usr/bin/env")
        generator.arguments = ["python3", "-B", ProjectRoot.path("Fixtures/generator"), "--check"]
        try generator.run()
        generator.waitUntilExit()
        #expect(generator.terminationStatus == 0, "python3 Fixtures/generator writes other files")
    }
}
