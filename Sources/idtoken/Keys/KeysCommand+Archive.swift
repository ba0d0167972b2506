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
            abstract: "Add the keys that are published now to a folder, for a later --keys FOLDER.",
            discussion: """
                Run this once a day or more often, for example by cron: Google's keys change about every eight days \
                and are published at least a day before they are used. The folder has a file for each day, with a line \
                for each time that a key was seen. Lines are never changed or removed, runs at the same time wait for \
                one another, and a run that is killed leaves the folder unchanged. If no key is new, nothing is \
                printed. A folder may have the keys of several issuers; a token is only verified with those of its own.
                The exit status is 1 if different keys have had the same key ID, and 74 if a line of the archive is \
                damaged; such a line is skipped.
                """
        )

        @Argument(help: "The folder; it is created if it does not exist.")
        var folder: String

        @OptionGroup var issuerOption: IssuerOption

        @Option(help: "A file or URL of a key document. (default: that of the issuer)")
        var from: String?

        @Option(
            help: """
                The time at which the keys were published, in the years 1970 to 9999, for a document of another day. \
                (default: now)
                """
        )
        var seen: TimeArgument?

        func run() async throws {
            let profile = self.issuerOption.issuer
            let document: KeyDocument
            if let file = self.from, !file.contains("://") {
                document = try KeysCommand.read(file, for: profile)
            } else {
                document = try await KeysCommand.fetch(from: self.from, for: profile).document
            }
            let archive = KeyArchive(folder: self.folder, profile: profile)
            try archive.add(
                document,
                source: self.from ?? profile.keysURL,
                at: (self.seen?.date ?? Date()).timeIntervalSince1970
            )
            let keys = try archive.read()
            for key in document.skipped {
                let id = key.id.map { IDTokenJSON.string($0).json } ?? "a key without a key ID"
                StandardStreams.report("not archived: \(id), \(key.reason)")
            }
            // Cron sends mail about what a job prints, so nothing is printed when nothing has changed.
            let new = document.keySet.keys.filter { keys.isNew($0) }
            if !new.isEmpty {
                try StandardStreams.printLine(
                    "\(document.keySet.keys.count) keys seen, \(new.count) of them new, \(keys.usable.count) in the "
                        + "archive"
                )
            }
            if let status = keys.reportProblems() { throw ExitCode(status.rawValue) }
        }
    }
}
#endif
