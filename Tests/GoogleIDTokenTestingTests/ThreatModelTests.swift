//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDTokenTesting
internal import Testing

/// What the page ThreatModel.md names as the proof of a defence is there.
@Suite("the page ThreatModel.md") struct ThreatModelTests {
    /// An attack, and the parts of what it is shown by.
    private struct Row: CustomTestStringConvertible {
        let attack: String
        let proofs: [String]
        var testDescription: String { self.attack }
    }

    private static let rows: [Row] = {
        let path = ProjectRoot.path("Sources/GoogleIDToken/GoogleIDToken.docc/ThreatModel.md")
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n")
            .compactMap { line in
                let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                guard line.hasPrefix("| "), cells.count == 3 || cells.count == 2, cells[0] != "attack",
                    cells[0] != "mistake"
                else { return nil }
                return Row(
                    attack: cells[0],
                    proofs: cells.last.map { $0.split(separator: "; ").map(String.init) } ?? []
                )
            }
    }()

    private static let caseNames = Result {
        Dictionary(
            uniqueKeysWithValues: try FixtureFile.load(ProjectRoot.path("Fixtures/cases"))
                .map { (URL(filePath: $0.path).lastPathComponent, $0.cases.map(\.name)) }
        )
    }

    /// What the program that counts instructions has between quotation marks, the names of its families among it.
    private static let costFamilies = Result {
        let folder = ProjectRoot.path("Tests/Cost/Sources/Cost")
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .flatMap { name in
                try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                    .matches(of: /"([^"\n]+)"/).map { String($0.1) }
            }
    }

    @Test("there are attacks") func count() {
        #expect(Self.rows.count > 55)
    }

    @Test("each attack names what shows its defence, and that is there", arguments: rows)
    private func shown(row: Row) throws {
        #expect(!row.proofs.isEmpty)
        for proof in row.proofs {
            let subject = try #require(proof.firstMatch(of: /`([^`]+)`/).map { String($0.1) }, "\(proof)")
            let quoted = proof.matches(of: /"((?:[^"])+)"/).map { String($0.1) }
            if proof.hasPrefix("fuzz ") {
                let script = try String(contentsOfFile: ProjectRoot.path("Tests/Fuzzing/fuzz"), encoding: .utf8)
                for match in proof.matches(of: /`([a-z0-9-]+)`/).prefix(2) where match.1 != "openssl" {
                    #expect(script.contains("    \(match.1))"), "no such fuzz target: \(match.1)")
                }
            } else if proof.hasPrefix("cost ") {
                let families = try Self.costFamilies.get()
                for match in proof.matches(of: /`([^`]+)`/) {
                    #expect(
                        families.contains { $0.hasPrefix("\(match.1),") || $0.hasPrefix("\(match.1):") },
                        "no such family of hostile input: \(match.1)"
                    )
                }
            } else if proof.hasPrefix("misuse ") {
                for match in proof.matches(of: /`([A-Za-z]+)`/) {
                    let path = ProjectRoot.path("Tests/Misuse/MustNotCompile/\(match.1).swift")
                    #expect(FileManager.default.fileExists(atPath: path), "no such misuse: \(match.1)")
                }
            } else if subject.hasSuffix(".json") {
                let names = try #require(try Self.caseNames.get()[subject], "no such file: \(subject)")
                #expect(!quoted.isEmpty, "\(proof)")
                for start in quoted {
                    #expect(names.contains { $0.hasPrefix(start) }, "\(subject) has no case \(start)")
                }
            } else {
                let source = try #require(TestSources.all[subject], "no such suite: \(subject)")
                #expect(!quoted.isEmpty, "\(proof)")
                for name in quoted {
                    #expect(source.contains(name), "\(subject) has no test \(name)")
                }
            }
        }
    }
}
