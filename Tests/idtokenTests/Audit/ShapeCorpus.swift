//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// The corpus of log shapes in `Tests/Shapes`, with what an audit must say about each of them.
struct ShapeCorpus: Decodable {
    /// A token that must be in a row.
    struct Token: Decodable {
        /// Which of the six tokens it is.
        let token: String
        let verdict: String
        /// The line on which it stands; tokens that stand over several lines have none.
        let line: Int?
        /// The time of its record: `2026-11-26T09:00:00`, or `-11-26T09:00:00` where the record has no year.
        let captured: String?
    }

    struct Shape: Decodable, CustomTestStringConvertible {
        let name: String
        /// Further arguments of the audit.
        let options: [String]?
        let tokens: [Token]
        /// How many further rows there must be of a code.
        let codes: [String: Int]?
        /// Whether tokens stand in it that no reader can put together, so that the exit status must not be 0.
        let loud: Bool?
        /// Whether its lines may stand among lines of other shapes; yes, if not said otherwise.
        let mixes: Bool?

        var testDescription: String { self.name }

        var file: URL { ShapeCorpus.folder.appending(path: "files/\(self.name)") }
    }

    let keys: String
    let audience: String
    /// The first 16 digits of each token's SHA-256, by its letter.
    let tokens: [String: String]
    let shapes: [Shape]

    static let folder = Command.projectRoot.appending(path: "Tests/Shapes")

    static let corpus = Result {
        let manifest = try Data(contentsOf: ShapeCorpus.folder.appending(path: "manifest.json"))
        return try JSONDecoder().decode(ShapeCorpus.self, from: manifest)
    }

    /// The shapes, or none if the manifest cannot be read, which a test of its own tells.
    static var shapes: [Shape] { (try? Self.corpus.get().shapes) ?? [] }
}
#endif
