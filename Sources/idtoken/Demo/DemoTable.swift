//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken

/// The rows of the demo in columns under headings, in colour if they are shown on a terminal.
struct DemoTable {
    let sections: [DemoSection]
    /// How long the lines of explanations may be.
    let width: LineWidth
    let isColoured: Bool

    private enum Colour: String {
        case green = "32"
        case red = "31"
        case yellow = "33"
        case dim = "2"
        case bold = "1"
        case alarm = "1;37;41"
    }

    private static let indentation = 4

    /// Whether standard output is a terminal that shows colours, and the user has not turned them off.
    static var wantsColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty
            && environment["TERM"] != "dumb"
    }

    var text: String {
        let rows = self.sections.flatMap(\.rows)
        let widths = (
            name: rows.map(\.name.count).max() ?? 0,
            code: rows.map { ($0.code?.rawValue ?? "").count }.max() ?? 0
        )
        var lines = [self.paint(self.line("sent", "status", "code", widths), .bold)]
        for section in self.sections {
            lines += ["", self.paint(section.title.uppercased(), .bold)]
            for row in section.rows { lines += self.lines(of: row, widths) }
        }
        return lines.joined(separator: "\n")
    }

    private func lines(of row: DemoRow, _ widths: (name: Int, code: Int)) -> [String] {
        let line = self.line(row.name, " \(row.status)", row.code?.rawValue ?? "", widths)
        let words = self.width.wrap(row.words, indentation: Self.indentation).map { self.paint($0, .dim) }
        let alarm = row.expected.map {
            self.width.wrap("NOT AS EXPECTED: the expected answer is \($0)", indentation: Self.indentation)
                .map { self.paint($0, .alarm) }
        }
        return [self.paint(line, Self.colour(row.status))] + words + (alarm ?? [])
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
