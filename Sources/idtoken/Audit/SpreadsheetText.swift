//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// What a spreadsheet makes of the text of a cell.
enum SpreadsheetText {
    /// Whether a spreadsheet shows the text as it is.
    ///
    /// It does not if it takes the text for a formula, a number, a date or a truth value: it would compute
    /// `=1+1`, round `108312345678901234567`, and read `1e5`, `007` and `3-4` as a number or a date. Text that
    /// begins with a quotation mark, or contains a character that nobody sees, is not kept either.
    static func isKept(_ text: String) -> Bool {
        let bytes = text.utf8.span
        var isASCII = true
        var start = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 || byte == 0x7F { return false }
            if byte >= 0x80 { isASCII = false }
            if byte == UInt8(ascii: " "), index == start { start += 1 }
        }
        guard isASCII || text.unicodeScalars.allSatisfy({ Self.isSeen($0) }) else { return false }
        guard start < bytes.count else { return bytes.isEmpty }
        switch bytes[start] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "#"),
            UInt8(ascii: "\""):
            return false
        default: return !Self.isNumber(bytes)
        }
    }

    /// Whether a character is printable ASCII, or a letter or an accent of another alphabet.
    ///
    /// Other characters may be invisible, may turn the direction of text, or may stand for a sign of ASCII, as a wide
    /// `＝` does.
    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return true }
        return scalar.properties.isAlphabetic && !scalar.properties.isDefaultIgnorableCodePoint
            || scalar.properties.generalCategory == .nonspacingMark
                && !scalar.properties.isDefaultIgnorableCodePoint
    }

    /// The letters that may stand in a number, a time or a date, apart from the names of months.
    private static let wordsOfNumbers = ["e", "d", "am", "pm", "a", "p"].map { Array($0.utf8) }
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    .map { Array($0.utf8) }
    private static let truthValues = ["true", "false"].map { Array($0.utf8) }

    /// Whether there is a digit and no word that is in no number and no date, or the text is a truth value.
    private static func isNumber(_ bytes: Span<UInt8>) -> Bool {
        var hasDigit = false
        var wordStart = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if byte >= 0x80 { return false }
            if UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 {
                // No such word is longer than `september`.
                if index - wordStart >= 9 { return false }
                continue
            }
            if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { hasDigit = true }
            guard index == wordStart || Self.isOfNumber(bytes.extracting(wordStart..<index)) else { return false }
            wordStart = index + 1
        }
        let last = bytes.extracting(wordStart...)
        if wordStart == 0 { return Self.truthValues.contains { $0.count == last.count && Self.begins($0, last) } }
        guard last.isEmpty || Self.isOfNumber(last) else { return false }
        return hasDigit && !Self.isAddress(bytes)
    }

    private static func isOfNumber(_ word: Span<UInt8>) -> Bool {
        Self.wordsOfNumbers.contains { $0.count == word.count && Self.begins($0, word) }
            || word.count >= 3 && Self.months.contains { Self.begins($0, word) }
    }

    /// Whether a name begins with a word, in any case.
    private static func begins(_ name: [UInt8], _ word: Span<UInt8>) -> Bool {
        guard word.count <= name.count else { return false }
        for index in word.indices where word[index] | 0x20 != name[index] { return false }
        return true
    }

    /// Whether the text is an IPv4 address, which is no number unless its dots could separate thousands.
    private static func isAddress(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count <= 15 else { return false }
        var lengths = [0]
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "."): lengths.append(0)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): lengths[lengths.count - 1] += 1
            default: return false
            }
        }
        return lengths.count == 4 && lengths.allSatisfy { 1...3 ~= $0 } && !lengths.dropFirst().allSatisfy { $0 == 3 }
    }
}
#endif
