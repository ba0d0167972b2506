//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

/// How long a response says that it is fresh.
@Suite("Cache lifetime")
struct CacheLifetimeTests {
    private typealias Fields = [(name: String, value: String)]

    private static let now = 1_700_000_000

    private static func seconds(_ fields: Fields) -> Double? {
        CacheLifetime.read(HeaderFields(fields), now: Self.now).map { $0 / .seconds(1) }
    }

    @Test("a response of Google's with max-age and Age is fresh for the difference")
    func googlesResponseOf2016LosesTheTimeItWasHeld() {
        // max-age counts from Date, and the response says that caches have held it since (RFC 9111 §4.2.3).
        let fields: Fields = [
            ("Expires", "Thu, 23 Jun 2016 23:48:39 GMT"), ("Date", "Thu, 23 Jun 2016 16:54:06 GMT"),
            ("Cache-Control", "public, max-age=24873, must-revalidate, no-transform"), ("Age", "5059"),
        ]
        #expect(Self.seconds(fields) == Double(24_873 - 5_059))
    }

    @Test(
        "max-age and its spellings [69, 71, 77]",
        arguments: [
            ("max-age=3600", 3_600.0), ("Max-Age=3600", 3_600), ("MAX-AGE=3600", 3_600), ("max-age=\"3600\"", 3_600),
            ("public,max-age=3600,no-transform", 3_600), ("  public ,  max-age=3600  ", 3_600),
            ("max-age = 3600", 3_600),
            ("s-maxage=7200, max-age=3600", 3_600), ("unknown=1, max-age=600", 600),
            ("unknown=\"a, max-age=60, b\", max-age=600", 600), ("max-age=60", 60), ("max-age=61", 61),
            ("max-age=86400", 86_400), ("stale-while-revalidate=1, max-age=600", 600),
        ]
    )
    func maxAge(_ value: String, _ seconds: Double) {
        #expect(Self.seconds([("Cache-Control", value)]) == seconds)
    }

    @Test(
        "a lifetime is clamped to 60 s ... 24 h, and saturates [72]",
        arguments: [
            ("max-age=0", 60.0), ("max-age=59", 60), ("max-age=86401", 86_400), ("max-age=2147483648", 86_400),
            ("max-age=9223372036854775807", 86_400), ("max-age=9223372036854775808", 86_400),
            ("max-age=\(String(repeating: "9", count: 400))", 86_400.0),
        ]
    )
    func clamped(_ value: String, _ seconds: Double) {
        #expect(Self.seconds([("Cache-Control", value)]) == seconds)
    }

    @Test(
        "what is no number of seconds means none [71]",
        arguments: [
            "max-age", "max-age=", "max-age=x", "max-age=-1", "max-age=+3600", "max-age=3600.5", "max-age=1e4",
            "max-age=0x10", "max-age=3600 s", "max-age=\u{0663}\u{0666}\u{0660}\u{0660}", "max-age=3600, max-age=x",
        ]
    )
    func unreadable(_ value: String) {
        #expect(Self.seconds([("Cache-Control", value)]) == 60)
    }

    @Test("of conflicting ones the shortest counts [71]")
    func conflicting() {
        #expect(Self.seconds([("Cache-Control", "max-age=3600, max-age=600")]) == 600)
        #expect(Self.seconds([("Cache-Control", "max-age=600"), ("cache-control", "max-age=3600")]) == 600)
    }

    @Test(
        "no-store and no-cache mean the shortest time [73]",
        arguments: [
            "no-store", "no-cache", "No-Store, max-age=3600", "max-age=3600, NO-CACHE",
            "no-cache=\"Set-Cookie\", max-age=600",
        ]
    )
    func forbidden(_ value: String) {
        #expect(Self.seconds([("Cache-Control", value)]) == 60)
    }

    @Test(
        "Age is taken off; an invalid one is ignored, of a list the first counts [70]",
        arguments: [
            (["100"], 3_500.0), (["0"], 3_600), (["100, 3000"], 3_500), (["100", "3000"], 3_500), (["x"], 3_600),
            (["-100"], 3_600), (["1.5"], 3_600), ([""], 3_600), (["4000"], 60), (["99999999999999999999"], 60),
        ] as [([String], Double)]
    )
    func age(_ values: [String], _ seconds: Double) {
        #expect(Self.seconds([("Cache-Control", "max-age=3600")] + values.map { ("Age", $0) }) == seconds)
    }

    @Test("without max-age it is Expires less Date [69]")
    func expires() {
        let date: Fields = [("Date", "Tue, 14 Nov 2023 22:13:20 GMT")]
        #expect(Self.seconds(date + [("Expires", "Tue, 14 Nov 2023 23:03:20 GMT")]) == 3_000)
        #expect(Self.seconds(date + [("Expires", "Fri, 14 Nov 2053 23:03:20 GMT")]) == 86_400)
        // Of an hour before this machine's clock says it is: the clocks differ, the difference counts.
        #expect(
            Self.seconds([("Date", "Tue, 14 Nov 2023 21:00:00 GMT"), ("Expires", "Tue, 14 Nov 2023 21:10:00 GMT")])
                == 600
        )
        // Caches on the way have held it, as long as the response says.
        #expect(Self.seconds(date + [("Expires", "Tue, 14 Nov 2023 23:03:20 GMT"), ("Age", "1000")]) == 2_000)
        // Without Date this machine's clock stands in.
        #expect(Self.seconds([("Expires", "Tue, 14 Nov 2023 22:23:20 GMT")]) == 600)
        #expect(
            Self.seconds(date + [("Expires", "Tue, 14 Nov 2023 23:03:20 GMT"), ("Cache-Control", "max-age=600")]) == 600
        )
    }

    @Test(
        "an invalid Expires is long past [74]",
        arguments: [
            ["0"], ["-1"], [""], ["tomorrow"], ["2023-11-14T23:03:20Z"], ["1700003000"],
            ["Tue, 14 Nov 2023 21:03:20 GMT"],
            ["Tue, 14 Nov 2023 23:03:20 GMT", "Wed, 15 Nov 2023 23:03:20 GMT"],
        ]
    )
    func invalidExpires(_ values: [String]) {
        #expect(Self.seconds(values.map { ("Expires", $0) }) == 60)
    }

    @Test(
        "without a word nothing is known, and it is an hour [74]",
        arguments: [
            [], [("Cache-Control", "public")], [("Cache-Control", "s-maxage=7200")],
            [("Cache-Control", "x-max-age=60")], [("Cache-Control", "")], [("Cache-Control", ",,")], [("Age", "100")],
            [("Date", "Tue, 14 Nov 2023 22:13:20 GMT")], [("Pragma", "no-cache")],
        ] as [[(String, String)]]
    )
    func nothingSaid(_ fields: [(String, String)]) {
        #expect(Self.seconds(fields.map { (name: $0.0, value: $0.1) }) == nil)
        #expect(CacheLifetime.fallback == .seconds(3_600))
    }
}
