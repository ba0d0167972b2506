//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken
internal import IDTokenBytes

extension [UInt8] {
    /// Appends a number of at least zero.
    mutating func append(decimal number: Int) {
        self += String(number).utf8
    }

    /// Appends text that is known when the program is compiled.
    mutating func append(constant text: StaticString) {
        Bytes.append(text, to: &self)
    }

    private static let notPlainJSON = ByteSet { byte in
        !(0x20...0x7E ~= byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Appends text as JSON has it, in ASCII.
    mutating func append(json text: String) {
        let bytes = text.utf8.span
        guard Self.notPlainJSON.firstIndex(in: bytes, 0..<bytes.count) == bytes.count else {
            self += IDTokenJSON.string(text).json.utf8
            return
        }
        self.append(UInt8(ascii: "\""))
        Bytes.append(bytes, to: &self)
        self.append(UInt8(ascii: "\""))
    }

    /// Appends text as JSON has it, or `null` for none.
    mutating func append(jsonOrNull text: String) {
        if text.isEmpty { self.append(constant: "null") } else { self.append(json: text) }
    }

    /// Appends a time in seconds since 1970 as text in JSON, or `null`.
    mutating func append(jsonTime seconds: Double?) {
        guard let seconds else {
            self.append(constant: "null")
            return
        }
        self.append(UInt8(ascii: "\""))
        self.append(utc: seconds)
        self.append(UInt8(ascii: "\""))
    }

    /// Appends a comma and a cell of a table of comma-separated values.
    mutating func append(nextCSV text: String) {
        self.append(UInt8(ascii: ","))
        if !text.isEmpty { self.append(csv: text) }
    }

    /// Appends a comma and a cell whose text needs no quotation marks, such as a code.
    mutating func append(nextPlain text: String) {
        self.append(UInt8(ascii: ","))
        self += text.utf8
    }

    /// Appends a comma and a time in seconds since 1970, or an empty cell.
    mutating func append(nextCSVTime seconds: Double?) {
        self.append(UInt8(ascii: ","))
        if let seconds { self.append(utc: seconds) }
    }

    /// Appends a cell of a table of comma-separated values (RFC 4180 §2).
    ///
    /// Text that a spreadsheet would change or obey (``SpreadsheetText``) is written as JSON text, whose quotation marks
    /// are part of the cell. Text that begins with a quotation mark is written so too, so that readers can tell the two
    /// apart.
    mutating func append(csv text: String) {
        let cell = SpreadsheetText.isKept(text) ? text : IDTokenJSON.string(text).json
        var isPlain = true
        var hasMark = false
        let span = cell.utf8.span
        for index in span.indices {
            switch span[index] {
            case UInt8(ascii: "\""): hasMark = true
            case UInt8(ascii: ","), UInt8(ascii: " "): isPlain = false
            default: continue
            }
        }
        guard hasMark else {
            if !isPlain { self.append(UInt8(ascii: "\"")) }
            self += cell.utf8
            if !isPlain { self.append(UInt8(ascii: "\"")) }
            return
        }
        self.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
            self.append(byte)
            if byte == UInt8(ascii: "\"") { self.append(byte) }
        }
        self.append(UInt8(ascii: "\""))
    }
}
#endif
