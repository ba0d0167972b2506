//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation

/// `idtoken demo`: runs a stand-in, a service and callers on this machine, and prints the answers.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run a local stand-in for Google, a private service, and good and bad callers, and show the answers.",
        discussion: """
            All requests stay on this machine. The exit status is 0 if each request gets the expected answer.
            """
    )

    func run() async throws {
        let start = ContinuousClock.now
        let rows = try await Demo.run()
        let seconds = start.duration(to: .now) / .seconds(1)
        try StandardStreams.printLine(DemoTable(rows: rows, isColoured: DemoTable.wantsColour).text)
        let wrong = rows.count { $0.expected != nil }
        let time = seconds.formatted(.number.precision(.fractionLength(2)))
        try StandardStreams.printLine(
            "\n\(rows.count) requests over HTTP in \(time) seconds, "
                + (wrong == 0 ? "each with the expected answer" : "\(wrong) NOT with the expected answer")
        )
        if wrong > 0 { throw ExitCode(CommandFailure.Status.rejected.rawValue) }
    }
}
#endif
