//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import Testing

@Suite("durations in words")
struct DurationInWordsTests {
    @Test(
        "a duration is a count of its largest whole unit",
        arguments: [
            (0, "0 seconds"), (0.9, "0 seconds"), (1, "1 second"), (45, "45 seconds"), (59.99, "59 seconds"),
            (60, "1 minute"), (119, "1 minute"), (3_599, "59 minutes"), (3_600, "1 hour"), (7_200, "2 hours"),
            (86_399, "23 hours"), (86_400, "1 day"), (364 * 86_400, "364 days"), (365 * 86_400, "1 year"),
            (3 * 365 * 86_400 + 5, "3 years"), (1e9, "31 years"),
        ] as [(Double, String)]
    )
    func units(_ seconds: Double, _ words: String) {
        #expect(durationInWords(seconds: seconds) == words)
        #expect(durationInWords(seconds: -seconds) == words)
    }

    @Test("no number is too large, and what is not a number has words too")
    func extremes() {
        for seconds in [4e13, 1e19, 1e300, Double.greatestFiniteMagnitude, .infinity, -.infinity] {
            #expect(durationInWords(seconds: seconds) == "more than 1000000 years")
        }
        #expect(durationInWords(seconds: .nan) == "an unknown time")
        #expect(durationInWords(seconds: 1_000_000 * 365 * 86_400) == "1000000 years")
        #expect(durationInWords(seconds: .leastNonzeroMagnitude) == "0 seconds")
    }
}
