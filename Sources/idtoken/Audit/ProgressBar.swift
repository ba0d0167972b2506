//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken
internal import IDTokenPlatform

/// A line on the terminal that shows the progress of a run, its speed, and how long the rest will take.
struct ProgressBar {
    private static let width = 24
    private static let interval = Duration.milliseconds(200)

    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let totalSize: Int?
    private let isShown: Bool
    private var last: ContinuousClock.Instant?

    /// - Parameters:
    ///   - totalSize: How many bytes there are to read, if that is known.
    ///   - isShown: Whether there is a terminal that can show it.
    init(totalSize: Int?, isShown: Bool) {
        self.start = self.clock.now
        self.totalSize = totalSize
        self.isShown = isShown
    }

    /// Shows the progress, unless it was shown a short time ago.
    mutating func update(recordCount: Int, offset: Int) {
        guard self.isShown else { return }
        let now = self.clock.now
        if let last, now - last < Self.interval { return }
        self.last = now
        Self.write("\r\u{1B}[K" + self.line(recordCount: recordCount, offset: offset, elapsed: now - self.start))
    }

    /// Removes the line.
    func clear() {
        if self.isShown, self.last != nil { Self.write("\r\u{1B}[K") }
    }

    private func line(recordCount: Int, offset: Int, elapsed: Duration) -> String {
        let seconds = max(elapsed / .seconds(1), 0.001)
        let rate = Int(Double(recordCount) / seconds)
        guard let totalSize, totalSize > 0, offset > 0 else { return "\(recordCount) records, \(rate) a second" }
        let part = min(Double(offset) / Double(totalSize), 1)
        let filled = Int(part * Double(Self.width))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
        let left = durationInWords(seconds: (seconds / part - seconds).rounded(.up))
        return "[\(bar)] \(Int(part * 100)) %  \(recordCount) records, \(rate) a second, \(left) left"
    }

    private static func write(_ text: String) {
        // The run goes on although its progress cannot be shown.
        try? OpenFile.standardError.write(Array(text.utf8).span)
    }
}
#endif
