//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//
#if CommandLine
internal import Testing

@testable internal import idtoken

@Suite("idtoken audit: the table")
struct RowTableTests {
    private static func row(caller: String, explanation: String = "The signature holds.") -> AuditRow {
        var row = AuditRow(verdict: .verified)
        row.record = 1_234_567
        row.file = "access.log"
        row.line = 1_234_567
        row.place = ".httpRequest.headers.authorization"
        row.caller = caller
        row.audiences = [String(repeating: "https://service.example.run.app/", count: 10)]
        row.issuedAt = 1_700_000_000
        row.expiresAt = 1_700_003_600
        row.keyID = "b061c17ced3c145097c8004e1e5a3802b4946c10"
        row.keyFirstSeen = "2023-11-14T01:00:00Z"
        row.keyLastSeen = "2023-11-16T01:00:00Z"
        row.capturedAt = 1_700_000_000
        row.basis = "field .timestamp"
        row.judged = "captured 2023-11-14T22:13:20Z"
        row.request = "GET /profiles"
        row.peer = "10.0.0.1"
        row.token = "180d67c58c58e18b"
        row.carried = [String(repeating: "\u{65E5}\u{672C}", count: 100), nil]
        row.explanation = explanation
        return row
    }

    private static func lines(_ row: AuditRow, width: Int, isColoured: Bool = false) -> [String] {
        let table = RowTable(width: width, isColoured: isColoured, namesFile: true)
        var bytes = table.header
        table.append(row, carriedNames: [".trace", ".none"], to: &bytes)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test(
        "no line is wider than the table, and everything is in it",
        arguments: [40, 79, 80, 120, 200],
        ["caller@my-project.iam.gserviceaccount.com", String(repeating: "long", count: 60)]
    )
    func width(_ width: Int, _ caller: String) {
        let explanation = String(repeating: "words ", count: 50) + String(repeating: "x", count: 300)
        let lines = Self.lines(Self.row(caller: caller, explanation: explanation), width: width)
        #expect(lines.allSatisfy { $0.columnCount <= width })
        #expect(lines.allSatisfy { $0.utf8.last != UInt8(ascii: " ") })
        let text = lines.joined(separator: "\n").filter { $0 != " " && $0 != "\n" }
        for part in [
            caller, "access.log", ".httpRequest", "b061c17ced3c145097c8004e1e5a3802b4946c10", "2023-11-14T23:13:20Z",
            "GET/profiles", "10.0.0.1", "180d67c58c58e18b", String(repeating: "\u{65E5}\u{672C}", count: 100),
            String(repeating: "x", count: 300), "field.timestamp", "2023-11-16T01:00:00Z",
        ] {
            #expect(text.contains(part))
        }
        #expect(!text.contains(".none"))
    }

    @Test("a wider table has more columns in its first line")
    func columns() {
        let headers = [80, 120, 200].map { RowTable(width: $0, isColoured: false, namesFile: false).header.count }
        #expect(headers == headers.sorted())
        #expect(Set(headers).count == 3)
    }

    @Test("colours are commands around lines, and without them there is none")
    func colours() {
        let row = Self.row(caller: "c")
        let coloured = Self.lines(row, width: 80, isColoured: true).joined()
        #expect(coloured.contains("\u{1B}[32m"))
        let plain = Self.lines(row, width: 80).joined()
        #expect(!plain.utf8.contains(0x1B))
    }

    @Test("wide characters take two columns, and accents none")
    func columnsOfCharacters() {
        #expect("abc".columnCount == 3)
        #expect("\u{65E5}\u{672C}".columnCount == 4)
        #expect("e\u{301}".columnCount == 1)
    }
}

@Suite("idtoken audit: the progress")
struct ProgressBarTests {
    @Test("the line is shorter than the terminal is wide, however wide that is")
    func width() {
        let bar = ProgressBar(totalSize: 1 << 40)
        for width in 0...200 {
            let line = bar.line(recordCount: 123_456_789, offset: 1 << 38, elapsed: .seconds(3_700), width: width)
            #expect(line.utf8.count < max(width, 1))
        }
        let wide = bar.line(recordCount: 10, offset: 1 << 39, elapsed: .seconds(10), width: 120)
        #expect(wide.contains("50 %  10 records, 1 a second"))
        #expect(wide.contains("####"))
    }
}
#endif
