//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import CurlTransport
@testable internal import GoogleIDToken

/// What is made of one response; whole fetches are in ``KeyFaultTests`` and ``KeyRotationTests``.
@Suite("Key fetcher")
struct KeyFetcherTests {
    private static func judge(
        _ status: Int,
        _ fields: [(name: String, value: String)] = [],
        wasConditional: Bool = false
    ) throws -> KeyFetchOutcome {
        KeyFetcher(url: "https://keys.example.com/", profile: .googleIDToken, client: KeyClient(CurlTransport()))
            .judge(
                KeySource.Response(status: status, headerFields: fields, body: try TestToken.keyDocument),
                wasConditional: wasConditional
            )
    }

    private static func validators(_ outcome: KeyFetchOutcome) -> KeyValidators? {
        switch outcome.result {
        case .document(_, let fresh), .notModified(let fresh): fresh.validators
        case .failure: nil
        }
    }

    @Test("a document counts only with status 200", arguments: [201, 203, 206, 226])
    func otherSuccess(status: Int) throws {
        guard case .failure(let words, retryAfter: nil) = try Self.judge(status).result else {
            Issue.record("the document was taken")
            return
        }
        #expect(words.contains("status \(status)"))
        guard case .document = try Self.judge(200).result else {
            Issue.record("the document was not taken")
            return
        }
    }

    @Test("304 counts only when it was asked for, whatever fields it has")
    func notModified() throws {
        let fields = [(name: "Cache-Control", value: "max-age=600"), (name: "ETag", value: "\"a\"")]
        guard case .failure(let words, retryAfter: nil) = try Self.judge(304, fields).result else {
            Issue.record("the answer was taken")
            return
        }
        #expect(words.contains("304"))
        guard case .notModified = try Self.judge(304, fields, wasConditional: true).result else {
            Issue.record("the answer was not taken")
            return
        }
    }

    @Test("a validator of 1 KiB is kept, a longer one is not", arguments: ["ETag", "Last-Modified"])
    func longValidators(name: String) throws {
        let longest = String(repeating: "a", count: 1_024)
        let kept = try #require(Self.validators(try Self.judge(200, [(name, longest)])))
        #expect(kept.requestFields.map(\.value) == [longest])
        let refused = try #require(Self.validators(try Self.judge(200, [(name, longest + "a")])))
        #expect(refused.requestFields.isEmpty)
    }

    @Test(
        "a Date more than 5 s off is an offset of the clock, less the time that the answer was held",
        arguments: [(5, 0, false), (10, 0, true), (-60, 60, false), (-60, 0, true), (-7_200, 7_140, true)]
    )
    func clock(secondsFromNow: Int, age: Int, isOff: Bool) throws {
        let date = HTTPDateText.text(secondsFromNow: secondsFromNow)
        let outcome = try Self.judge(200, [("Date", date), ("Age", "\(age)")])
        switch try #require(outcome.clock) {
        case .inTime: #expect(!isOff)
        case .offset(let offset):
            #expect(isOff)
            // The clock goes on between the two looks at it.
            #expect(abs(offset / .seconds(1) + Double(secondsFromNow + age)) <= 4)
        }
    }
}
