//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import idtoken

/// Files in which lines of two shapes stand among each other, as in a log that several programs write.
@Suite("idtoken audit: lines of one shape among lines of another")
struct ShapeMixTests {
    /// Whole lines of a shape, and the tokens on them.
    struct Piece {
        var bytes: [UInt8] = []
        var tokens: [String] = []

        init(_ lines: Range<Int>, of shape: LinesOfShape) {
            for line in shape.lines[lines] { self.bytes += line + [0x0A] }
            self.tokens = shape.tokens.filter { lines.contains($0.line - 1) }.map(\.letter)
        }
    }

    /// A shape, split into its lines.
    struct LinesOfShape: Sendable {
        let name: String
        let lines: [ArraySlice<UInt8>]
        let tokens: [(letter: String, line: Int)]

        init(_ shape: ShapeCorpus.Shape) throws {
            self.name = shape.name
            self.lines = [UInt8](try Data(contentsOf: shape.file))
                .split(separator: 0x0A, omittingEmptySubsequences: false)
            self.tokens = shape.tokens.compactMap { token in token.line.map { (token.token, $0) } }
        }

        /// From the beginning to the second line with a token, in two parts.
        var beginning: (Piece, Piece) {
            let ends = Set(self.tokens.map(\.line)).sorted().prefix(2)
            let end = ends.last ?? self.lines.count
            let middle = ends.count == 2 ? (ends[0] + end) / 2 : end
            return (Piece(0..<middle, of: self), Piece(middle..<end, of: self))
        }

        /// What is put among lines of others: its beginning, the first line with a token, and its end.
        var samples: [Piece] {
            let first = (self.tokens.map(\.line).min() ?? 1) - 1
            let count = self.lines.count
            return [
                Piece(0..<min(2, count), of: self),
                Piece(first..<min(first + 1, count), of: self),
                Piece(max(count - 2, 0)..<count, of: self),
            ]
        }
    }

    static let shapes = Result {
        try ShapeCorpus.shapes.filter { $0.mixes != false }.map(LinesOfShape.init)
    }

    /// How many other shapes each shape is mixed with: a few, or all of them if the variable `IDTOKEN_ALL_MIXES` is set, which
    /// takes half an hour in a debug build.
    private static let othersOfEach = ProcessInfo.processInfo.environment["IDTOKEN_ALL_MIXES"] == nil ? 8 : .max

    @Test("no token is lost where lines of another shape stand before, between and after it", arguments: 0..<8)
    func tokensAreFoundAmongOthers(part: Int) async throws {
        let shapes = try Self.shapes.get()
        let letters = try Self.letters()
        let samples = shapes.map(\.samples)
        let lost = try await Blocking.run {
            var lost: [String] = []
            let folder = try TestFolder()
            for index in stride(from: part, to: shapes.count, by: 8) {
                let (first, second) = shapes[index].beginning
                // Each shape is mixed with others, and each is among the others as often.
                let step = max(shapes.count / Self.othersOfEach, 1)
                for distance in stride(from: 1 + index % step, to: shapes.count, by: step) {
                    let other = (index + distance) % shapes.count
                    let pieces = [samples[other][0], first, samples[other][1], second, samples[other][2]]
                    let path = folder.path + "/mixed"
                    try Data(pieces.flatMap(\.bytes)).write(to: URL(filePath: path))
                    let missing = try Self.tokens(in: path, letters).removed(from: pieces.flatMap(\.tokens))
                    if !missing.isEmpty {
                        lost.append("\(shapes[index].name) with lines of \(shapes[other].name) loses \(missing)")
                    }
                }
            }
            return lost
        }
        #expect(lost.isEmpty)
    }

    /// The letter of each token.
    private static func letters() throws -> [String: String] {
        let list = try String(contentsOf: ShapeCorpus.folder.appending(path: "files/tokens.txt"), encoding: .utf8)
        return Dictionary(
            uniqueKeysWithValues: zip(list.split(separator: "\n").map(String.init), "abcdef".map(String.init))
        )
    }

    /// The tokens that the audit reads in a file.
    private static func tokens(in path: String, _ letters: [String: String]) throws -> [String] {
        var reader = try RecordReader([path], format: nil, resumingAfter: 0, isDigested: false)
        var found: [String] = []
        while let batch = try reader.next() {
            for record in batch.records {
                let captured = CapturedRecord.read(record, of: batch, fields: CapturedRecord.Fields())
                found += captured.tokens.compactMap { letters[$0.text] }
            }
        }
        return found
    }
}

extension [String] {
    /// What remains of a list if these are taken from it, each as often as it occurs.
    fileprivate func removed(from list: [String]) -> [String] {
        var counts = Dictionary(self.map { ($0, 1) }, uniquingKeysWith: +)
        return list.filter { element in
            guard let count = counts[element], count > 0 else { return true }
            counts[element] = count - 1
            return false
        }
    }
}
#endif
