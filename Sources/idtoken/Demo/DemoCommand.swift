//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation

/// `idtoken demo`: runs an emulator, a service and callers on this machine, and prints the answers.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run a local emulator of Google, a private service, and good and bad callers, and show the answers.",
        discussion: """
            All requests stay on this machine. The exit status is 0 if each request gets the expected answer. Explanations \
            are wrapped to the width of the terminal, or to COLUMNS characters if this variable is set.
            """
    )

    func run() async throws {
        let start = ContinuousClock.now
        let sections = try await Demo.run()
        let seconds = start.duration(to: .now) / .seconds(1)
        let width = LineWidth.ofStandardOutput
        let table = DemoTable(sections: sections, width: width, isColoured: DemoTable.wantsColour)
        try StandardStreams.printLine(table.text)
        let rows = sections.flatMap(\.rows)
        let wrong = rows.count { $0.expected != nil }
        let time = seconds.formatted(.number.precision(.fractionLength(2)))
        // Each fits on a line of 80 characters.
        let closing = [
            "Shown: \(rows.count) requests over HTTP in \(time) seconds, "
                + (wrong == 0 ? "each with the expected answer." : "\(wrong) NOT with the expected answer."),
            "Your own service: see \"Use it\" in README.md; for web frameworks, Servers.md.",
            "An emulator of Google that keeps running: start 'idtoken emulate'.",
        ]
        try StandardStreams.printLine("\n" + closing.flatMap { width.wrap($0) }.joined(separator: "\n"))
        if wrong > 0 { throw ExitCode(CommandFailure.Status.rejected.rawValue) }
    }
}
#endif
