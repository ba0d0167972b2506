//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import CurlTransport

@Suite("Transport: words of an error")
struct TransportErrorTests {
    @Test(
        "one line of printable ASCII is left",
        arguments: [
            ("connection refused", "connection refused"),
            ("a\r\nb", "ab"),
            ("\u{1B}[31mred\u{7}", "[31mred"),
            ("caf\u{E9} \u{202E}txt", "caf txt"),
            ("tab\tand\0null\u{7F}", "tabandnull"),
            ("", ""),
        ]
    )
    func printable(text: String, left: String) {
        #expect(TransportError(.other, text).description == left)
    }

    @Test("it is no longer than 300 characters")
    func length() {
        #expect(TransportError(.other, String(repeating: "x", count: 100_000)).description.count == 300)
    }
}
