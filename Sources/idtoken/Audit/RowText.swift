//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

extension [UInt8] {
    /// Appends a number of at least zero.
    mutating func append(decimal number: Int) {
        self += String(number).utf8
    }

    /// Appends text as JSON has it, in ASCII.
    mutating func append(json text: String) {
        let start = self.count
        self.append(UInt8(ascii: "\""))
        let span = text.utf8.span
        for index in span.indices {
            let byte = span[index]
            guard 0x20...0x7E ~= byte, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else {
                self.removeLast(self.count - start)
                self += IDTokenJSON.string(text).json.utf8
                return
            }
            self.append(byte)
        }
        self.append(UInt8(ascii: "\""))
    }

    /// Appends text as JSON has it, or `null` for none.
    mutating func append(jsonOrNull text: String) {
        if text.isEmpty { self += "null".utf8 } else { self.append(json: text) }
    }

    /// Appends a time in seconds since 1970 as text in JSON, or `null`.
    mutating func append(jsonTime seconds: Double?) {
        guard let seconds else {
            self += "null".utf8
            return
        }
        self.append(UInt8(ascii: "\""))
        self.append(utc: seconds)
        self.append(UInt8(ascii: "\""))
    }

    /// Appends a cell of a table of comma-separated values (RFC 4180 §2).
    ///
    /// Text that a spreadsheet would treat as a formula, and text with control characters, is written as JSON text,
    /// whose quotation marks are part of the cell. Text that begins with a quotation mark is written so too, so that
    /// readers can tell the two apart.
    mutating func append(csv text: String) {
        var cell = text
        if let first = text.utf8.first, "=+-@\"".utf8.contains(first) || text.utf8.contains(where: Self.isControl) {
            cell = IDTokenJSON.string(text).json
        }
        guard cell.utf8.contains(where: { ",\" ".utf8.contains($0) }) else {
            self += cell.utf8
            return
        }
        self.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
            self.append(byte)
            if byte == UInt8(ascii: "\"") { self.append(byte) }
        }
        self.append(UInt8(ascii: "\""))
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F
    }
}
#endif
