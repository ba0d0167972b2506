//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation
internal import GoogleIDToken

/// `idtoken keys`: fetches, lists or archives the published keys.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Fetch, list or archive the keys that verify tokens.",
        subcommands: [Fetch.self, List.self, Archive.self]
    )

    /// `idtoken keys fetch`: the document as it is published, to standard output.
    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch the key document and write it to standard output, for a later --keys FILE."
        )

        @OptionGroup var issuerOption: IssuerOption

        @Option(help: "The document's URL. (default: that of the issuer)")
        var from: String?

        func run() async throws {
            let published = try await KeysCommand.fetch(from: self.from, for: self.issuerOption.issuer)
            try StandardStreams.print(published.bytes)
        }
    }

    /// `idtoken keys list`: lists the keys of a document or an archive.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "List the keys of a document or an archive, with key ID, bits and algorithm, and keys that are skipped."
        )

        @OptionGroup var issuerOption: IssuerOption

        @OptionGroup var keySource: KeySourceOption

        func run() async throws {
            let profile = self.issuerOption.issuer
            if let archive = self.keySource.archive(for: profile) {
                try Self.list(archive)
                return
            }
            let document: KeyDocument
            let freshness: String
            let url = self.keySource.url(for: profile)
            if url == nil {
                document = try KeysCommand.read(self.keySource.keys, for: profile)
                freshness = "from a file, which has no lifetime"
            } else {
                let published = try await KeysCommand.fetch(from: url, for: profile)
                document = published.document
                freshness = "fresh until \(Date(timeIntervalSinceNow: published.lifetime.inSeconds).utc)"
            }
            for key in document.keySet.keys {
                try StandardStreams.printLine(
                    "\(IDTokenJSON.string(key.id).json)  \(key.bitCount) bits  \(profile.algorithm)"
                )
            }
            for key in document.skipped {
                let id = key.id.map { IDTokenJSON.string($0).json } ?? "without a key ID"
                try StandardStreams.printLine("\(id)  skipped: \(key.reason)")
            }
            let counts = "\(document.keySet.keys.count) keys, \(document.skipped.count) skipped"
            try StandardStreams.printLine("\(counts), \(freshness)")
        }

        private static func list(_ archive: KeyArchive) throws {
            let keys = try archive.read()
            let usable = keys.usable
            for entry in usable {
                let sources = entry.sources.sorted().map(\.printable).joined(separator: ", ")
                try StandardStreams.printLine(
                    "\(IDTokenJSON.string(entry.key.id).json)  \(entry.key.bitCount) bits  \(archive.profile.algorithm)  "
                        + "\(entry.firstSeen.utcText) to \(entry.lastSeen.utcText)  \(sources)"
                )
            }
            for gap in keys.history.days.gaps {
                try StandardStreams.printLine("no sighting on \(gap.count.of("day")): \(DaySet.text(gap))")
            }
            try StandardStreams.printLine("\(usable.count) keys, \(keys.conflicts.count) key IDs in conflict")
            if let status = keys.reportProblems() { throw ExitCode(status.rawValue) }
        }
    }

    func run() async throws {
        throw CommandFailure.verbMissing("keys fetch, keys list or keys archive")
    }

    static func fetch(from url: String?, for profile: TrustProfile) async throws -> PublishedKeys {
        do {
            return try await PublishedKeys.fetch(from: url, for: profile)
        } catch let error as IDTokenVerifier.ConfigurationError {
            throw CommandFailure(error)
        } catch {
            throw CommandFailure(status: .keysUnavailable, message: "\(error)")
        }
    }

    static func read(_ file: String, for profile: TrustProfile) throws -> KeyDocument {
        do throws(IDTokenVerifier.ConfigurationError) {
            return try KeyDocument(readingFile: file, for: profile)
        } catch {
            throw CommandFailure(error)
        }
    }
}
#endif
