//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Testing
@testable internal import idtoken

@Suite("idtoken audit: times of records")
struct CapturedTimeTests {
    /// 2026-11-26T12:00:00Z.
    private static let now = 1_795_694_400.0

    @Test(
        "every spelling of a time is read",
        arguments: [
            "2026-11-26T01:30:21Z", "2026-11-26t01:30:21z", "2026-11-26 01:30:21Z", "2026-11-26T02:30:21+01:00",
            "2026-11-26 02:30:21+01", "2026-11-26 02:30:21 +0100", "2026-11-26 01:30:21 UTC", "2026-11-26 01:30:21",
            "2026/11/26 01:30:21", "20261126T013021Z", "26/Nov/2026:01:30:21 +0000", "[26/Nov/2026:02:30:21 +0100]",
            "26/Nov/2026:01:30:21", "Thu, 26 Nov 2026 01:30:21 GMT", "Thursday, 26-Nov-26 01:30:21 GMT",
            "Thu Nov 26 01:30:21 2026", "Thu Nov 26 01:30:21 UTC 2026", "Nov 26 01:30:21", "I1126 01:30:21",
            "26-Nov-2026 01:30:21", "Nov 26, 2026 01:30:21", "1795656621", "1795656621000", "1795656621000000",
            "1795656621000000000", "1.795656621e9", "2026-11-26 01:30:21 AM", "Nov 26, 2026 01:30:21 AM UTC",
            "2026/11/26 - 01:30:21", "2026-11-26\t01:30:21", "2026-11-25 13:30:21 -12:00",
        ]
    )
    func spellings(_ text: String) {
        #expect(TimeSpelling.whole(text.utf8.span, now: Self.now)?.seconds == 1_795_656_621)
    }

    @Test(
        "parts of seconds are read after a dot and after a comma",
        arguments: [
            "2026-11-26T01:30:21.25Z", "2026-11-26 01:30:21,25", "I1126 01:30:21.250000", "1795656621.25",
            "1795656621250", "26/Nov/2026:01:30:21.250 +0000", "[Thu Nov 26 01:30:21.250000 2026]",
        ]
    )
    func partsOfSeconds(_ text: String) throws {
        let seconds = try #require(TimeSpelling.whole(text.utf8.span, now: Self.now)?.seconds)
        #expect(abs(seconds - 1_795_656_621.25) < 1e-6)
    }

    @Test(
        "text that is not a time is none",
        arguments: [
            "", "yesterday", "2026-02-29T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-26T24:00:00Z", "2026-11-26",
            "2026-11-26T01:30:21+24:00", "2026-11-26T01:30:21Z x", "26/Foo/2026:01:30:21 +0000", "-", "1e400", "nan",
            "99999999999999999999999", "Nov 31 01:30:21", "I1326 01:30:21", "2026-11-26T01:30:21+01:", "0x10",
            "0.034", "12.5", "86400000", "2026-11-26 01:30:21 CET", "Thu Nov 26 01:30:21 PST 2026",
            "2026-11-26 13:30:21 PM",
        ]
    )
    func noTimes(_ text: String) {
        #expect(TimeSpelling.whole(text.utf8.span, now: Self.now) == nil)
    }

    @Test("the hours of a half day are read")
    func halfDays() {
        func read(_ text: String) -> String? { TimeSpelling.whole(text.utf8.span, now: Self.now)?.seconds.utcText }
        #expect(read("2026-11-26 01:30:21 PM") == "2026-11-26T13:30:21Z")
        #expect(read("2026-11-26 12:30:21 PM") == "2026-11-26T12:30:21Z")
        #expect(read("2026-11-26 12:30:21 AM") == "2026-11-26T00:30:21Z")
    }

    @Test("a missing year is the latest that is not in the future, and the basis says so")
    func missingYears() {
        func read(_ text: String) -> String? { TimeSpelling.whole(text.utf8.span, now: Self.now)?.seconds.utcText }
        #expect(read("Nov 27 11:00:00") == "2026-11-27T11:00:00Z")
        #expect(read("Nov 28 00:00:00") == "2025-11-28T00:00:00Z")
        #expect(read("Dec 31 23:59:59") == "2025-12-31T23:59:59Z")
        #expect(read("Feb 29 00:00:00") == "2024-02-29T00:00:00Z")
        #expect(Records("Nov  6 01:30:21 host app: \(Records.token)").bases.first?.contains("without a year") == true)
        #expect(Records("2026-11-26 01:30:21 \(Records.token)").bases.first?.contains("read as UTC") == true)
    }

    @Test("a field that was named and is missing or unreadable makes the time unknown, whatever other times there are")
    func namedFields() {
        let time = "\"time\":\"2026-11-26T01:30:21Z\",\"t\":\"\(Records.token)\"}\n"
        let lines =
            "{\"when\":\"2026-11-26T02:00:00Z\",\(time){\(time){\"when\":\"soon\",\(time){\"when\":1,\"when\":2,\(time)"
        let records = Records(
            lines + "2026-11-26T01:30:21Z \(Records.token)",
            fields: .init(time: FieldPath(argument: ".when"))
        )
        #expect(records.times == ["2026-11-26T02:00:00Z", "unknown", "unknown", "unknown", "unknown"])
        #expect(records.bases[1] == "--time-field .when is missing")
        #expect(records.bases[2] == "field .when is not a time")
    }

    @Test("two times that differ are both told, and the later counts")
    func conflictingTimes() {
        let records = Records(
            #"{"time":"2026-11-26T01:30:21Z","timestamp":"2026-11-26T01:40:21Z","t":"\#(Records.token)"}"#
        )
        #expect(records.times == ["conflicting 2026-11-26T01:40:21Z"])
        #expect(records.bases.first?.contains(".time 2026-11-26T01:30:21Z and .timestamp 2026-11-26T01:40:21Z") == true)
        let same = #"{"time":"2026-11-26T01:30:21.4Z","ts":1795656621,"t":"\#(Records.token)"}"#
        #expect(Records(same).times == ["2026-11-26T01:30:21Z"])
        let stored =
            #"{"receiveTimestamp":"2026-11-26T02:00:00Z","timestamp":"2026-11-26T01:30:21Z","t":"\#(Records.token)"}"#
        #expect(Records(stored).times == ["2026-11-26T01:30:21Z"])
        let repeated = #"{"time":"2026-11-26T01:30:21Z","time":"2026-11-26T01:30:21Z","t":"\#(Records.token)"}"#
        #expect(Records(repeated).times == ["unknown"])
    }

    @Test(
        "what the sender writes is not the time of a record",
        arguments: [
            #"{"body":{"timestamp":"2020-01-01T00:00:00Z","t":"%@"}}"#,
            #"{"headers":{"date":"Wed, 01 Jan 2020 00:00:00 GMT","authorization":"%@"}}"#,
            #"{"message":"{\"time\":\"2020-01-01T00:00:00Z\",\"t\":\"%@\"}"}"#,
            #"{"message":{"timestamp":"2020-01-01T00:00:00Z","t":"%@"}}"#,
            #"GET /?[01/Jan/2020:00:00:00+0000] "[01/Jan/2020:00:00:00 +0000]" %@"#,
            #"10.0.0.1 - - "GET / HTTP/1.1" "agent [01/Jan/2020:00:00:00 +0000]" "%@""#,
            #"msg="x" time=2020-01-01T00:00:00Z t=%@"#, #"POST / body={"time":"2020-01-01T00:00:00Z","t":"%@"}"#,
        ]
    )
    func whatTheSenderWrites(_ pattern: String) {
        #expect(Records(pattern.replacing("%@", with: Records.token)).times == ["unknown"])
    }

    @Test("a user name with brackets makes the time of an access log conflicting")
    func userNames() {
        let line =
            #"10.0.0.1 - [01/Jan/2020:00:00:00 +0000] [26/Nov/2026:01:30:21 +0000] "GET / HTTP/1.1" "\#(Records.token)""#
        #expect(Records(line).times == ["conflicting 2026-11-26T01:30:21Z"])
    }

    @Test("the time in brackets is told beside what stands before it, which the sender may have chosen")
    func forwardedFor() {
        let line = #"2020-01-01T00:00:00Z, 10.0.0.1 - - [26/Nov/2026:01:30:21 +0000] "GET /?t=\#(Records.token)""#
        #expect(Records(line).times == ["conflicting 2026-11-26T01:30:21Z"])
        // Without a year, the time before it says less.
        let syslog = "Nov 26 01:30:21 lb haproxy[1]: 10.0.0.1:5 [26/Nov/2020:01:30:21.000] \(Records.token)"
        #expect(Records(syslog).times == ["2020-11-26T01:30:21Z"])
    }

    @Test(
        "the time of a line of text is found",
        arguments: [
            #"10.0.0.1 - bob [26/Nov/2026:01:30:21 +0000] "GET / HTTP/1.1" 200 "[01/Jan/2020:00:00:00 +0000]" "%@""#,
            #"[2026-11-26T01:30:21.000Z] "GET / HTTP/1.1" 200 - "%@""#, "<34>1 2026-11-26T01:30:21Z h a - - - %@",
            "<34>Nov 26 01:30:21 h a: %@",
            "2026-11-26T01:30:21Z stdout F {\"time\":\"2020-01-01T00:00:00Z\",\"t\":\"%@\"}",
            "[pod/web-1/app] 2026-11-26T01:30:21Z %@", "web-1  | {\"time\":\"2026-11-26T01:30:21Z\",\"t\":\"%@\"}",
            "level=info ts=2026-11-26T01:30:21Z msg=%@", "INFO 2026-11-26 01:30:21 %@", "1795656621.000 45 %@",
            "time=\"2026-11-26T01:30:21Z\" level=info msg=%@", "[Thu Nov 26 01:30:21 2026] [error] %@",
            "[INFO] 2026/11/26 01:30:21 %@", "\u{1B}[2m2026-11-26T01:30:21Z\u{1B}[0m INFO %@",
            "[GIN] 2026/11/26 - 01:30:21 | 200 | %@", "843 <34>1 2026-11-26T01:30:21Z h a - - - %@",
        ]
    )
    func lines(_ pattern: String) {
        #expect(Records(pattern.replacing("%@", with: Records.token)).times == ["2026-11-26T01:30:21Z"])
    }
}
#endif
