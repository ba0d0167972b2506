//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
extension String {
    /// The text without words that may be a credential.
    ///
    /// Messages quote arguments, a user may give a credential in the wrong place, and logs keep messages. A word is
    /// left out if it begins like a known kind of credential, or contains a long run of characters that looks random;
    /// file names, URLs and addresses rarely contain one.
    var withoutCredentials: String {
        var text: [UInt8] = []
        for (index, part) in self.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 { text.append(UInt8(ascii: " ")) }
            text += CredentialMask.mayBeCredential(part) ? Array(CredentialMask.mark.utf8) : Array(part)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text without long arguments and long values after the `=` of an option, which may be credentials.
    func withoutLong(_ arguments: [String]) -> String {
        let values = arguments.flatMap { argument in
            [argument] + argument.split(separator: "=", maxSplits: 1).dropFirst().map(String.init)
        }
        return values.filter { $0.utf8.count > CredentialMask.longestQuoted }
            .sorted { $0.utf8.count > $1.utf8.count }
            .reduce(self) { $0.replacing($1, with: CredentialMask.mark) }
    }
}

/// The rules that distinguish a credential from ordinary words.
enum CredentialMask {
    /// The text that replaces a credential.
    static let mark = "(not shown: it may be a credential)"
    /// In bytes; every credential is longer.
    static let longestQuoted = 20

    /// The first characters of ID tokens, of Google's access and refresh tokens, API keys and client secrets, of
    /// GitHub's tokens, and of PEM.
    private static let beginnings = [
        "eyJ", "ya29.", "1//", "AIza", "GOCSPX-", "gho_", "ghp_", "ghs_", "ghu_", "github_pat_", "-----BEGIN",
    ]
    /// The shortest run of letters in both cases and digits that counts as random, in bytes.
    private static let shortestRun = 16

    /// Whether some text between spaces may be a credential.
    static func mayBeCredential(_ word: Substring.UTF8View) -> Bool {
        let bytes = Array(word)
        return Self.beginnings.contains { Self.contains(bytes, $0) } || Self.hasRandomRun(bytes)
    }

    /// Whether some text contains a known beginning, at the start of a word, followed by more characters.
    private static func contains(_ bytes: [UInt8], _ beginning: String) -> Bool {
        let wanted = Array(beginning.utf8)
        guard bytes.count >= wanted.count + 8 else { return false }
        return (0...bytes.count - wanted.count)
            .contains { start in
                bytes[start..<start + wanted.count].elementsEqual(wanted)
                    && (start == 0 || !Self.isRunCharacter(bytes[start - 1]))
            }
    }

    /// Whether there is a long run of base64url characters with letters in both cases, and with digits if it is short.
    private static func hasRandomRun(_ bytes: [UInt8]) -> Bool {
        bytes.split(whereSeparator: { !Self.isRunCharacter($0) })
            .contains { run in
                let hasLower = run.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
                let hasUpper = run.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
                let hasDigit = run.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
                return run.count >= Self.shortestRun && hasLower && hasUpper
                    && (hasDigit || run.count > 2 * Self.shortestRun)
            }
    }

    private static func isRunCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
#endif
