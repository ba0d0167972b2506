//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken

/// The rows of the demo in columns, in colour if they are shown on a terminal.
struct DemoTable {
    let rows: [DemoRow]
    let isColoured: Bool

    private enum Colour: String {
        case green = "32"
        case red = "31"
        case yellow = "33"
        case dim = "2"
        case bold = "1"
        case alarm = "1;37;41"
    }

    /// Whether standard output is a terminal that shows colours, and the user has not turned them off.
    static var wantsColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty
            && environment["TERM"] != "dumb"
    }

    var text: String {
        let widths = (
            name: self.rows.map(\.name.count).max() ?? 0,
            code: self.rows.map { ($0.code?.rawValue ?? "").count }.max() ?? 0
        )
        let heading = self.line("sent", "status", "code", widths)
        var lines = [self.paint(heading, .bold), ""]
        for row in self.rows {
            let line = self.line(row.name, " \(row.status)", row.code?.rawValue ?? "", widths)
            lines.append(self.paint(line, Self.colour(row.status)))
            lines.append(self.paint("    \(row.words)", .dim))
            if let expected = row.expected {
                lines.append(self.paint("    NOT AS EXPECTED: the expected answer is \(expected)", .alarm))
            }
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ name: String, _ status: String, _ code: String, _ widths: (name: Int, code: Int)) -> String {
        let cells = [Self.padded(name, widths.name), Self.padded(status, 6), Self.padded(code, widths.code)]
        return cells.joined(separator: "  ").trimmingSuffix(" ")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func colour(_ status: Int) -> Colour {
        switch status {
        case 200: .green
        case 500...: .yellow
        default: .red
        }
    }

    private func paint(_ text: String, _ colour: Colour) -> String {
        self.isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        String(self.reversed().drop { $0 == character }.reversed())
    }
}
#endif
