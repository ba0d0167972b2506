//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// A value of the configuration that a claim must equal, and a mistake in its text that no claim can match.
///
/// Such a value would reject every caller, far from the place where the mistake was made.
package struct ConfiguredText {
    let text: String
    /// Whether a comma may be a part of the value: of one URL, without white space.
    private let allowsCommas: Bool

    package init(_ text: String) {
        self.text = text
        let schemes = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { $0.contains(UInt8(ascii: ":")) && $0.contains(UInt8(ascii: "/")) }
        self.allowsCommas =
            schemes.first == true && !schemes.dropFirst().contains(true)
            && !text.unicodeScalars.contains(where: \.properties.isWhitespace)
    }

    /// Splits a text of several values at white space and commas.
    static func values(in text: String) -> [String] {
        text.utf8.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") || 0x09...0x0D ~= $0 }
            .map { String(Substring($0)) }
    }

    /// A mistake: what is wrong, as the end of a sentence, and the values that were probably meant.
    package struct Mistake {
        package let what: String
        package let meant: [String]
    }

    /// The mistake in the text, or nil if a claim can equal it.
    package var mistake: Mistake? {
        var position = 0
        let last = self.text.unicodeScalars.count - 1
        for scalar in self.text.unicodeScalars {
            let isAllowed = scalar == "," && self.allowsCommas
            if !isAllowed, let what = Self.mistake(scalar, isAtEnd: position == 0 || position == last) {
                return Mistake(what: what, meant: self.parts)
            }
            position += 1
        }
        return nil
    }

    /// Describes why a character cannot be part of the value, with the likely cause.
    private static func mistake(_ scalar: Unicode.Scalar, isAtEnd: Bool) -> String? {
        switch scalar {
        case ",":
            "which contains a comma, probably because several values were joined into one"
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
            "which contains a line break, probably because it was read from a file that ends in one"
        case _ where scalar.properties.isWhitespace:
            "which contains white space, probably because it was copied with it"
        case _ where Self.isQuote(scalar) || isAtEnd && Self.isApostrophe(scalar):
            "which contains a quotation mark, probably because the quotes around it became part of it"
        case "$" where isAtEnd:
            "which begins or ends with $, probably because a variable was not replaced by its value"
        case _ where isAtEnd && Self.isBracket(scalar):
            "which begins or ends with a bracket, probably because it was copied with it"
        case _ where scalar.properties.generalCategory == .control:
            "which contains a control character, probably because it was copied with it"
        case _ where scalar.properties.generalCategory == .format:
            "which contains an invisible character, probably because it was copied with it"
        default: nil
        }
    }

    private static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "\u{AB}", "\u{BB}", "\u{2018}"..."\u{201F}": true
        default: false
        }
    }

    /// Whether a character is a quotation mark only at an end: addresses may contain an apostrophe.
    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "'" || scalar == "`"
    }

    private static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "[", "]", "<", ">": true
        default: false
        }
    }

    /// The values between commas, white space and control characters, without quotation marks.
    private var parts: [String] {
        var parts: [String] = []
        var part = String.UnicodeScalarView()
        func end() {
            while let first = part.first, Self.isApostrophe(first) || Self.isBracket(first) { part.removeFirst() }
            while let last = part.last, Self.isApostrophe(last) || Self.isBracket(last) { part.removeLast() }
            if !part.isEmpty { parts.append(String(part)) }
            part = String.UnicodeScalarView()
        }
        for scalar in self.text.unicodeScalars {
            if Self.isSeparator(scalar) {
                end()
            } else if !Self.isQuote(scalar), scalar.properties.generalCategory != .format {
                part.append(scalar)
            }
        }
        end()
        return parts
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "," || scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
    }
}

extension [String] {
    /// The strings in quotes, safe to write to a log: at most three, and the number of the others.
    var quotedForOperators: String {
        let shown = self.prefix(3).map(\.quotedForOperators)
        if self.count > shown.count { return "\(shown.joined(separator: ", ")) and \(self.count - shown.count) more" }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "nothing" }
        return "\(shown.dropLast().joined(separator: ", ")) and \(last)"
    }
}

extension IDTokenVerifier.ConfigurationError {
    /// Creates the error for a mistake in a text.
    ///
    /// - Parameters:
    ///   - code: The kind of mistake.
    ///   - subject: The beginning of the sentence, up to the value.
    ///   - text: The value.
    ///   - mistake: What is wrong with it.
    init(_ code: Code, _ subject: String, _ text: String, _ mistake: ConfiguredText.Mistake) {
        let remedy =
            switch mistake.meant.count {
            case 0: "remove it"
            case 1: "give \(mistake.meant.quotedForOperators) instead"
            default: "give each value separately: \(mistake.meant.quotedForOperators)"
            }
        self.init(code, "\(subject) \(text.quotedForOperators), \(mistake.what); \(remedy).")
    }
}
