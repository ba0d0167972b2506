//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//
#if CommandLine
internal import Testing

@testable internal import idtoken

@Suite("idtoken audit: cells of CSV")
struct SpreadsheetTextTests {
    @Test(
        "text that a spreadsheet would compute, round or turn into a date is not kept",
        arguments: [
            "=1+1", "+1", "-1", "@SUM(1)", " =1", "#N/A", "\tx", "\rx", "a\nb", "108312345678901234567", "1", "007",
            "1e5", "1E400", "12e34567890", "1.5", "1,5", "1 000", "50%", "$5", "(5)", "1/2", "3-4", "2026-01-31",
            "12:30", "12:30 pm", "5 May", "May 5", "1dec2026", "Sept 2026", "true", "FALSE", "\"x", "100.200.100.200",
            "10.0.0.1:443", "::1",
        ]
    )
    func notKept(_ text: String) {
        #expect(!SpreadsheetText.isKept(text))
    }

    @Test(
        "text with characters that nobody sees, or that may stand for others, is not kept",
        arguments: [
            "a\u{80}b", "a\u{9B}b", "a\u{202E}b", "a\u{2066}b", "\u{FEFF}a", "a\u{200B}b", "a\u{AD}b", "a\u{3164}b",
            "a\u{34F}b", "\u{FF1D}1+1", "a\u{2028}b", "a\u{E000}b", "a\u{7F}b", "5\u{20AC}", "\u{FF11}", "\u{A0}1",
        ]
    )
    func hiddenCharacters(_ text: String) {
        #expect(!SpreadsheetText.isKept(text))
        #expect(text.printable.unicodeScalars.allSatisfy { $0.value != 0x202E && $0.value != 0x200B })
    }

    @Test(
        "names, addresses, URLs, times and digests are kept as they are",
        arguments: [
            "", "caller@my-project.iam.gserviceaccount.com", "subject:1083", "https://service.example.run.app",
            "10.0.0.1",
            "203.0.113.7", "2001:db8::1", "GET /profiles?x=1", "2026-01-31T12:00:00Z", "180d67c58c58e18b", "may",
            "j\u{FC}rgen",
            "\u{65E5}\u{672C}", "issue, no captured time",
        ]
    )
    func kept(_ text: String) {
        #expect(SpreadsheetText.isKept(text))
    }

    @Test("what is not kept is written as JSON text, and only where needed there are quotation marks around a cell")
    func cells() {
        let cells = [
            ("a", "a"), ("", ""), ("a b", "\"a b\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
            ("=1", "\"\"\"=1\"\"\""),
            ("12", "\"\"\"12\"\"\""), ("\u{202E}x", "\"\"\"\\u202ex\"\"\""),
        ]
        for (text, cell) in cells {
            var bytes: [UInt8] = []
            bytes.append(csv: text)
            #expect(bytes == Array(cell.utf8))
        }
    }
}
#endif
