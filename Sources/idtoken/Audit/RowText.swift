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
        if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            self.append(UInt8(ascii: "\""))
            self += text.utf8
            self.append(UInt8(ascii: "\""))
        } else {
            self += JSONValue.string(text).json.utf8
        }
    }

    /// Appends a cell of a table of comma-separated values (RFC 4180 §2).
    ///
    /// Text that a spreadsheet would take for a formula, or that has control characters, is written as JSON writes
    /// text, in quotation marks that are part of the cell; so is text that begins with such a mark, so that nothing
    /// is lost.
    mutating func append(csv text: String) {
        var cell = text
        if let first = text.utf8.first, "=+-@\"".utf8.contains(first) || text.utf8.contains(where: Self.isControl) {
            cell = JSONValue.string(text).json
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

extension String {
    /// The text as it is if a terminal can take it and it is told from what is not, else as JSON writes it.
    var printable: String {
        self.utf8.allSatisfy { 0x20...0x7E ~= $0 } ? self : JSONValue.string(self).json
    }
}

extension Double {
    /// A time in seconds since 1970 as ISO 8601 has it, to the second.
    var utcText: String {
        // Beyond the year 9999 or before 1 a calendar has nothing to say.
        guard -62_135_596_800..<253_402_300_800 ~= self else { return "\(self) s since 1970" }
        let seconds = Int(self.rounded(.down))
        let ofDay = ((seconds % 86_400) + 86_400) % 86_400
        let day = CalendarDay(daysSince1970: (seconds - ofDay) / 86_400)
        var text: [UInt8] = []
        func append(_ number: Int, _ width: Int) {
            let digits = String(number)
            text += repeatElement(UInt8(ascii: "0"), count: Swift.max(width - digits.utf8.count, 0))
            text += digits.utf8
        }
        append(day.year, 4)
        text += "-".utf8
        append(day.month, 2)
        text += "-".utf8
        append(day.day, 2)
        text += "T".utf8
        append(ofDay / 3_600, 2)
        text += ":".utf8
        append(ofDay / 60 % 60, 2)
        text += ":".utf8
        append(ofDay % 60, 2)
        text += "Z".utf8
        return String(decoding: text, as: UTF8.self)
    }
}
#endif
