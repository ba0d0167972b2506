//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform

/// Limits the log lines about refused requests, so that a flood of bad tokens cannot flood the log.
///
/// In each period of ten seconds every error code has ten lines. If there are more refusals, their number is reported when
/// the period ends. The memory is bounded by the number of codes.
package final class RefusalLimit: Sendable {
    /// The length of a period.
    package static let period = Duration.seconds(10)
    /// The number of lines that a code has in a period.
    package static let lineCount = 10

    /// The time by which periods are measured.
    package struct Clock: Sendable {
        let now: @Sendable () -> Duration
        let sleep: @Sendable (Duration) async -> Void

        package init(
            now: @escaping @Sendable () -> Duration,
            sleep: @escaping @Sendable (Duration) async -> Void
        ) {
            self.now = now
            self.sleep = sleep
        }

        /// This machine's monotonic clock.
        package static var system: Clock {
            let start = Stopwatch()
            return Clock(now: { start.elapsed }, sleep: { try? await Task.sleep(for: $0, clock: .continuous) })
        }
    }

    private struct Period {
        var end: Duration
        var lineCount = 0
        /// The refusals without a line that have not been reported yet, perhaps from the period before.
        var leftOutCount = 0
    }

    private enum Verdict {
        case line
        /// No line; the number is reported after this time, or if nil, by a task that waits already.
        case none(Duration?)
    }

    private let clock: Clock
    private let periods = Lock<[VerificationError.Code: Period]>([:])

    package init(clock: Clock = .system) {
        self.clock = clock
    }

    /// Counts a refusal.
    ///
    /// - Parameters:
    ///   - code: The code of the refusal.
    ///   - report: Called when the period ends, with the number of refusals that had no line, if there are any.
    /// - Returns: Whether the refusal may have a line.
    package func allowsLine(for code: VerificationError.Code, report: @escaping @Sendable (Int) -> Void) -> Bool {
        switch self.verdict(on: code, at: self.clock.now()) {
        case .line:
            return true
        case .none(nil):
            return false
        case .none(let remaining?):
            // Detached, so that it does not keep the task-local values of the request.
            Task.detached {
                await self.clock.sleep(remaining)
                report(self.takeLeftOutCount(of: code))
            }
            return false
        }
    }

    private func verdict(on code: VerificationError.Code, at now: Duration) -> Verdict {
        self.periods.withLock { periods in
            var period = periods[code] ?? Period(end: now + Self.period)
            if now >= period.end {
                period.end = now + Self.period
                period.lineCount = 0
            }
            defer { periods[code] = period }
            guard period.lineCount >= Self.lineCount else {
                period.lineCount += 1
                return .line
            }
            period.leftOutCount += 1
            return .none(period.leftOutCount == 1 ? period.end - now : nil)
        }
    }

    private func takeLeftOutCount(of code: VerificationError.Code) -> Int {
        self.periods.withLock { periods in
            let count = periods[code]?.leftOutCount ?? 0
            periods[code]?.leftOutCount = 0
            return count
        }
    }
}
