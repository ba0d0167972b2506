//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation

/// `idtoken demo`: everything on this machine, and a table of the answers.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run a stand-in for Google, a private service and callers good and bad; show who gets which answer.",
        discussion: """
            Nothing leaves this machine. The exit status is 0 if each request is answered as it should be.
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
            "\n\(rows.count) requests over HTTP in \(time) s, "
                + (wrong == 0 ? "each answered as it should be" : "\(wrong) NOT answered as they should be")
        )
        if wrong > 0 { throw ExitCode(CommandFailure.Status.rejected.rawValue) }
    }
}
#endif
