//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import IDTokenPlatform

/// A line on the terminal that shows the progress of a run, its speed, and how long the rest will take.
struct ProgressBar {
    private static let barWidth = 24
    /// The width of a terminal that does not tell it.
    private static let usualWidth = 80
    private static let interval = Duration.milliseconds(200)

    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let totalSize: Int?
    private let isShown: Bool
    private var last: ContinuousClock.Instant?

    /// - Parameter totalSize: How many bytes there are to read, if that is known.
    init(totalSize: Int?) {
        self.start = self.clock.now
        self.totalSize = totalSize
        // Rows on the same terminal would mix with it, and a terminal without commands could not remove it.
        self.isShown =
            OpenFile.standardError.kind == .terminal && OpenFile.standardOutput.kind != .terminal
            && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Shows the progress, unless it was shown a short time ago.
    mutating func update(recordCount: Int, offset: Int) {
        guard self.isShown else { return }
        let now = self.clock.now
        if let last, now - last < Self.interval { return }
        self.last = now
        // The window may have become narrower, and a line that wraps could not be removed again.
        let width = OpenFile.standardError.terminalWidth ?? Self.usualWidth
        let line = self.line(recordCount: recordCount, offset: offset, elapsed: now - self.start, width: width)
        Self.write("\r\u{1B}[K" + line)
    }

    /// Removes the line.
    mutating func clear() {
        if self.isShown, self.last != nil { Self.write("\r\u{1B}[K") }
        self.last = nil
    }

    /// The line, which leaves the last column of the terminal free: some terminals wrap once that is used.
    func line(recordCount: Int, offset: Int, elapsed: Duration, width: Int) -> String {
        let seconds = max(elapsed / .seconds(1), 0.001)
        let rate = Int(Double(recordCount) / seconds)
        let counts = "\(recordCount) records, \(rate) a second"
        var line = counts
        if let totalSize, totalSize > 0, offset > 0 {
            let part = min(Double(offset) / Double(totalSize), 1)
            let filled = Int(part * Double(Self.barWidth))
            let bar =
                String(repeating: "#", count: filled) + String(repeating: ".", count: Self.barWidth - filled)
            let left = durationInWords(seconds: (seconds / part - seconds).rounded(.up))
            let percent = "\(Int(part * 100)) %"
            line = "[\(bar)] \(percent)  \(counts), \(left) left"
            if line.utf8.count >= width { line = "\(percent)  \(counts)" }
        }
        return String(line.prefix(max(width - 1, 0)))
    }

    private static func write(_ text: String) {
        // The run goes on although its progress cannot be shown.
        try? OpenFile.standardError.write(Array(text.utf8).span)
    }
}
#endif
