//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Testing
@testable internal import idtoken

@Suite("idtoken audit: input without bounds")
struct LargeRecordTests {
    private static let token = Records.token

    @Test("a record of several MiB is looked through in pieces, says so once, and the next record is whole")
    func largeRecords() {
        let filler = String(repeating: "word ", count: 600_000)
        let next = "{\"time\":\"2026-11-26T01:30:21Z\",\"t\":\"\(Self.token)\"}"
        for text in [
            "{\"time\":\"2026-11-26T01:30:20Z\",\"a\":\"\(filler)\",\"t\":\"\(Self.token)\"}", "\(filler)\(Self.token)",
            "{\"a\":{\"b\":[\n\"\(filler)\"\n],\"t\":\"\(Self.token)\"}}",
        ] {
            let records = Records(text + "\n" + next + "\n")
            #expect(records.texts == [Self.token, Self.token])
            #expect(records.times == ["unknown", "2026-11-26T01:30:21Z"])
            #expect(records.all.compactMap(\.flaw).count == 1)
        }
    }

    @Test("an archive of several MiB is read entry by entry, and an entry that is too large loses only its own time")
    func largeArchives() {
        let filler = String(repeating: "word ", count: 60_000)
        let large = String(repeating: "word ", count: 300_000)
        let entries = (0..<10)
            .map { number in
                "{\"startedDateTime\":\"2026-11-26T01:30:2\(number)Z\",\"a\":\"\(number == 5 ? large : filler)\","
                    + "\"t\":\"\(Self.token)\"}"
            }
        let records = Records("{\"log\":{\"entries\":[\n" + entries.joined(separator: ",\n") + "]}}")
        #expect(records.tokens.count == 10)
        #expect(records.times == (0..<10).map { $0 == 5 ? "unknown" : "2026-11-26T01:30:2\($0)Z" })
        #expect(records.all.compactMap(\.flaw).count == 1)
    }

    @Test("a token is found wherever the pieces of a long line are cut")
    func tokensAtCuts() {
        for text in ["a.", "x", "word "] {
            let run = String(repeating: text, count: 3_000_000 / text.utf8.count)
            let records = Records(run + " " + Self.token + "." + run + "." + Self.token)
            #expect(records.texts == [Self.token, Self.token])
        }
    }

    @Test("a token is found where a line of a container runtime, a body or a trace is longer than what is kept")
    func tokensAtCutsOfJoinedText() {
        let before = String(repeating: " ", count: (1 << 20) - 60)
        let text = before + Self.token + " " + Self.token
        let time = "2026-11-26T01:30:21.123456789Z stdout "
        var lines: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            lines.append(String(rest.prefix(16_384)))
            rest = rest.dropFirst(16_384)
        }
        let container = lines.enumerated()
            .map { "\(time)\($0.offset + 1 < lines.count ? "P" : "F") \($0.element)\n" }.joined()
        let head = "POST / HTTP/1.1\r\nContent-Length: \(text.utf8.count)\r\n\r\n"
        let signed = ";chunk-signature=" + String(repeating: "a", count: 64) + "\r\n"
        let chunks = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n32\(signed)\(Self.token.prefix(50))\r\n"
        let second = String(Self.token.utf8.count - 50, radix: 16) + signed + Self.token.dropFirst(50) + "\r\n0\r\n\r\n"
        #expect(Records(container).texts == [Self.token, Self.token])
        #expect(Records(head + text).texts == [Self.token, Self.token])
        #expect(Records(chunks + second).texts == [Self.token])
    }

    @Test("lines without content are no records, and many short lines are in batches of at most 4,096")
    func manyLines() {
        #expect(Records(String(repeating: "\n", count: 100_000)).all.isEmpty)
        let records = Records(String(repeating: "a\n", count: 20_000) + Self.token)
        #expect(records.all.count == 20_001)
        #expect(records.mostInABatch <= 4_096)
        #expect(records.tokens.map(\.line) == [20_001])
    }

    @Test("nesting without end is text, and the record after it is whole", arguments: ["[", "{\"a\":", "[{\"a\":["])
    func deepNesting(_ text: String) {
        let nested = String(repeating: text, count: 200_000)
        for before in ["", "{\"log\":{\"entries\":["] {
            let records = Records(before + nested + "\n{\"time\":\"2026-11-26T01:30:21Z\",\"t\":\"\(Self.token)\"}\n")
            #expect(records.texts == [Self.token])
            #expect(records.times == ["2026-11-26T01:30:21Z"])
        }
    }

    @Test("a head without end is cut into records, and many members of one name are no time")
    func endlessHeads() {
        let head = "GET / HTTP/1.1\n" + String(repeating: "a: b\n", count: 400_000) + "Authorization: \(Self.token)\n"
        #expect(Records(head).texts == [Self.token])
        let members = String(repeating: "\"time\":1,", count: 50_000)
        #expect(Records("{\(members)\"t\":\"\(Self.token)\"}").times == ["unknown"])
    }
}
#endif
