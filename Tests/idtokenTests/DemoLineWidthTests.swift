//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Glibc
internal import IDTokenPlatform
internal import Testing

@testable internal import idtoken

@Suite("idtoken demo: width of lines")
struct DemoLineWidthTests {
    @Test(
        "COLUMNS comes before the terminal, which comes before 80",
        arguments: [
            ("120", 100, 120), (nil, 100, 100), (nil, nil, 80), ("", 100, 100), ("0", 100, 100), ("wide", nil, 80),
            ("-1", nil, 80), ("99999999999999999999", nil, 80), ("5", nil, 40), (nil, 1, 40),
        ] as [(String?, Int?, Int)]
    )
    func chosen(columns: String?, terminalWidth: Int?, width: Int) {
        #expect(LineWidth(columns: columns, terminalWidth: terminalWidth).count == width)
    }

    @Test("words fill each line, with their indentation, and a word that is too long stays whole")
    func wrapped() {
        let width = LineWidth(columns: "40", terminalWidth: nil)
        let word = String(repeating: "a", count: 19)
        #expect(width.wrap("\(word) \(word) b") == ["\(word) \(word)", "b"])
        #expect(width.wrap("\(word) \(word)a b") == ["\(word) \(word)a", "b"])
        #expect(width.wrap("\(word) \(word) b", indentation: 4) == ["    \(word)", "    \(word) b"])
        let long = String(repeating: "a", count: 50)
        #expect(width.wrap("b \(long) c") == ["b", long, "c"])
        #expect(width.wrap("") == [""])
    }

    @Test("a terminal tells its width, and a file has none")
    func terminal() throws {
        let descriptor = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let terminal = OpenFile(borrowing: descriptor)
        // A new terminal does not know its size.
        #expect(terminal.terminalWidth == nil)
        var size = winsize(ws_row: 50, ws_col: 123, ws_xpixel: 0, ws_ypixel: 0)
        try #require(unsafe ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0)
        #expect(terminal.terminalWidth == 123)
        #expect(try OpenFile(reading: "/dev/null").terminalWidth == nil)
    }
}
#endif
