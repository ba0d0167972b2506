//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Splits a command as a shell does, without any other of a shell's rules.
enum CommandLineText {
    /// Splits at white space outside of quotation marks; a backslash takes the next character as it is.
    ///
    /// - Returns: The words, or nil if a quotation mark is open at the end.
    static func split(_ text: String) -> [String]? {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        var isInWord = false
        var quote: UInt8?
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped {
                word.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                isEscaped = true
                isInWord = true
            } else if let open = quote {
                if byte == open { quote = nil } else { word.append(byte) }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
                isInWord = true
            } else if byte > 0x20 {
                word.append(byte)
                isInWord = true
            } else if isInWord {
                words.append(word)
                word = []
                isInWord = false
            }
        }
        guard quote == nil, !isEscaped else { return nil }
        if isInWord { words.append(word) }
        return words.map { String(decoding: $0, as: UTF8.self) }
    }
}
