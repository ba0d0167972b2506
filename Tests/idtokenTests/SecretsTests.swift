//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import TestSupport
internal import Testing

/// Nothing that the command prints of a token that it does not accept repeats the token.
@Suite("secrets in the command's output") struct SecretsTests {
    @Test("no row of a failed case repeats what the case presents")
    func rows() async throws {
        let cases = try await RunCase.all()
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.copyCases(to: folder)
        let command = try await Command("check", folder.appending(path: "cases").path(percentEncoded: false))
        #expect(command.status == 1)
        let rows = (command.output + command.errors).split(separator: "\n").filter { $0.contains("expected cancelled") }
        #expect(rows.count == cases.count)
        for (row, fixture) in zip(rows, cases) {
            // What comes before is the case's name, which may say what is special in it.
            let said = String(row.suffix(from: try #require(row.firstRange(of: "expected cancelled")).lowerBound))
            #expect(fixture.secrets.found(in: said) == nil, "\(fixture.name)")
        }
    }

    /// Copies the project's cases so that every one of them fails, and says why.
    private static func copyCases(to folder: URL) throws {
        let fixtures = Command.projectRoot.appending(path: "Fixtures")
        let copies = folder.appending(path: "cases")
        try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: fixtures.appending(path: "keys"), to: folder.appending(path: "keys"))
        let names = try FileManager.default.contentsOfDirectory(atPath: fixtures.appending(path: "cases").path)
        for name in names {
            let text = try String(contentsOf: fixtures.appending(path: "cases/\(name)"), encoding: .utf8)
            let changed = text.replacing(/, "expect": \{.*\}\}(,?)\n/) {
                #", "expect": {"error": "cancelled"}}\#($0.1)\#n"#
            }
            try Data(changed.utf8).write(to: copies.appending(path: name))
        }
    }

    @Test("no verdict on a token that is refused repeats it", arguments: ["text", "json"])
    func verdicts(format: String) async throws {
        let refused = try await RunCase.all().filter { $0.error != nil && $0.presentedValues.count == 1 }
        // A process each: the first of each code and every tenth; the rows above show each case.
        var codes: Set<VerificationError.Code> = []
        for (index, fixture) in refused.enumerated() {
            let isFirst = fixture.error.map { codes.insert($0.code).inserted } ?? false
            guard isFirst || index.isMultiple(of: 10) else { continue }
            let command = try await Command(
                "verify",
                "--audience",
                "https://service.example.run.app",
                "--keys",
                "Fixtures/keys/google.json",
                "--at",
                "1700000000",
                "--caller",
                "serviceAccount:nobody@example.com",
                "--format",
                format,
                input: fixture.presentedValues[0].replacing("Bearer ", with: "")
            )
            #expect(command.status != 0)
            let text = command.output + command.errors
            let isVouchedFor = RunCase.quoting.contains { text.contains($0.rawValue) }
            let secrets = PresentedSecrets(fixture.presentedValues, isVouchedFor: isVouchedFor)
            #expect(secrets.found(in: text) == nil, "\(fixture.name)")
        }
    }
}
#endif
