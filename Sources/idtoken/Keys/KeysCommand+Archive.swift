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

extension KeysCommand {
    /// `idtoken keys archive`: adds the keys that are published now to a folder.
    struct Archive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add the keys published now to a folder, for --keys DIR later.",
            discussion: """
                Made for cron: Google's keys change about every eight days and are published a day or more before \
                they are used, so once a day is often enough, and every hour does no harm. The folder has a file for \
                each day with a line for each sighting of a key; lines are only ever added, runs at the same time \
                wait for one another, and a run that is killed leaves the folder as it was.
                Exit status 1: a key ID has had different keys; 74: a line of the archive is damaged and passed over.
                """
        )

        @Argument(help: "The folder; it is made if there is none.")
        var folder: String

        @Option(help: "A file or URL of a key document. (default: Google's)")
        var from: String?

        @Option(
            help:
                "When the keys were published, in the years 1970 to 9999, for documents of another day. (default: now)"
        )
        var seen: TimeArgument?

        func run() async throws {
            let document: KeyDocument
            if let file = self.from, !file.contains("://") {
                document = try KeysCommand.read(file)
            } else {
                document = try await KeysCommand.fetch(from: self.from).document
            }
            let archive = KeyArchive(folder: self.folder)
            try archive.add(
                document,
                source: self.from ?? TrustProfile.googleIDToken.keysURL,
                at: (self.seen?.date ?? Date()).timeIntervalSince1970
            )
            let keys = try archive.read()
            for key in document.skipped {
                let id = key.id.map { IDTokenJSON.string($0).json } ?? "a key without key ID"
                StandardStreams.report("not archived: \(id), \(key.reason)")
            }
            let counts = "\(document.keySet.keys.count) keys seen, \(keys.usable.count) in the archive"
            try StandardStreams.printLine(counts)
            if let status = keys.reportProblems() { throw ExitCode(status.rawValue) }
        }
    }
}
#endif
