//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import IDTokenPlatform

/// How many characters a line of output may have.
struct LineWidth {
    let count: Int

    /// Narrower columns would have hardly more than a word in each line.
    private static let narrowest = 40

    /// Takes the width from the variable `COLUMNS`, or else from the terminal.
    ///
    /// - Parameters:
    ///   - columns: The value of the variable, if it is set; what is no positive number is ignored.
    ///   - terminalWidth: The width of the terminal, if output goes to one.
    ///   - usual: The width if nothing tells it.
    init(columns: String?, terminalWidth: Int?, usual: Int = 80) {
        let chosen = columns.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        self.count = max(Self.narrowest, chosen ?? terminalWidth ?? usual)
    }

    /// The width of standard output.
    static var ofStandardOutput: LineWidth {
        LineWidth(
            columns: ProcessInfo.processInfo.environment["COLUMNS"],
            terminalWidth: OpenFile.standardOutput.terminalWidth
        )
    }

    /// Breaks a text between words into lines.
    ///
    /// - Parameters:
    ///   - text: The text. A word that is longer than a line stays whole, so that it can be copied.
    ///   - indentation: The number of spaces before each line; they count too.
    /// - Returns: The lines.
    func wrap(_ text: String, indentation: Int = 0) -> [String] {
        let margin = String(repeating: " ", count: indentation)
        var lines: [String] = []
        var line = margin
        for word in text.split(separator: " ") {
            if line.count > indentation {
                if line.count + 1 + word.count <= self.count {
                    line += " "
                } else {
                    lines.append(line)
                    line = margin
                }
            }
            line += word
        }
        return lines + [line]
    }
}
#endif
