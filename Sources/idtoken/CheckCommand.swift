//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import GoogleIDTokenTesting

/// `idtoken check`: runs fixture cases.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Run fixture cases from files or folders, and print those that fail."
    )

    @Argument(help: "A file of cases, or a folder with such files.")
    var path: [String]

    func run() async throws {
        var files: [FixtureFile] = []
        do throws(FixtureError) {
            for path in self.path {
                files += try FixtureFile.load(path)
            }
        } catch {
            throw CommandFailure(status: .unreadableInput, message: error.description)
        }
        var passed = 0
        var failed = 0
        for fixture in files.flatMap(\.cases) {
            if let difference = await fixture.run() {
                failed += 1
                try StandardStreams.printLine("\(fixture.rowTitle): \(difference)".printable)
            } else {
                passed += 1
            }
        }
        try StandardStreams.printLine("\(passed) passed, \(failed) failed")
        if failed > 0 { throw ExitCode(CommandFailure.Status.rejected.rawValue) }
    }
}
#endif
