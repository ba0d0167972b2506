//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import TestSupport
internal import Testing

/// How many lines a log has for refused requests.
@Suite("Limit of the lines about refused requests", .timeLimit(.minutes(5)))
struct RefusalLimitTests {
    private let clock = SteppedClock()

    /// Returns how many of a number of refusals have a line.
    private func lineCount(
        _ limit: RefusalLimit,
        _ code: VerificationError.Code,
        of count: Int,
        report: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> Int {
        (0..<count).count { _ in limit.allowsLine(for: code, report: report) }
    }

    @Test("ten lines in ten seconds, then the number of the others")
    func period() async {
        let limit = self.clock.limit()
        let (reports, continuation) = AsyncStream.makeStream(of: Int.self)
        var report = reports.makeAsyncIterator()
        #expect(self.lineCount(limit, .tokenExpired, of: 4) == 4)
        self.clock.advance(by: .seconds(3))
        #expect(self.lineCount(limit, .tokenExpired, of: 1_000) { continuation.yield($0) } == 6)
        #expect(await self.clock.passNextSleep() == .seconds(7))
        #expect(await report.next() == 994)

        #expect(self.lineCount(limit, .tokenExpired, of: 12) { continuation.yield($0) } == 10)
        #expect(await self.clock.passNextSleep() == .seconds(10))
        #expect(await report.next() == 2)
    }

    @Test("each code has lines of its own, so that a flood hides nothing else")
    func codes() async {
        let limit = self.clock.limit()
        #expect(self.lineCount(limit, .tokenMalformed, of: 11) == 10)
        for code in VerificationError.Code.allCases where code != .tokenMalformed {
            #expect(self.lineCount(limit, code, of: 10) == 10)
        }
        await self.clock.passNextSleep()
    }

    @Test("few refusals leave nothing to report, and no task that waits")
    func few() {
        let limit = self.clock.limit()
        for _ in 0..<100 {
            #expect(
                self.lineCount(limit, .audienceMismatch, of: 10) { _ in Issue.record("nothing was left out") } == 10
            )
            self.clock.advance(by: .seconds(10))
        }
    }
}
