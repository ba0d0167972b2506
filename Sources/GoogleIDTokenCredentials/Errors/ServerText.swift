//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenBytes

/// Text that a server or another program sent, for an explanation.
///
/// A server may repeat a secret that it was sent, so a word that looks like one, or holds a part of one, is left out.
struct ServerText {
    /// The longest run of characters of base64 in a word that is shown; Google's project IDs have at most 30.
    static let longestRun = 32
    /// The length of the parts of a secret that are looked for.
    static let partLength = 12
    /// The longest text that is shown, in bytes.
    static let longest = 240

    /// How access tokens, JSON Web Tokens and secrets of clients begin.
    static let beginnings = ["ya29.", "eyJ", "GOCSPX-"]

    /// The text, in printable ASCII, in quotes.
    let quoted: String

    /// Prepares a text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - secrets: What the request contained that no text may repeat.
    init?(_ text: String, withoutSecrets secrets: [String]) {
        // A word that is cut off may be the beginning of a secret, so that a long text loses its last one.
        var words = Array(text.utf8.prefix(Self.longest)).split { $0 <= 0x20 }
        if text.utf8.count > Self.longest { words = words.dropLast() }
        guard !words.isEmpty else { return nil }
        let shown = words.map { word in
            Self.isSecret(word, secrets) ? "[left out]" : String(decoding: word, as: UTF8.self)
        }
        self.quoted = shown.joined(separator: " ").quotedForOperators
    }

    private static func isSecret(_ word: ArraySlice<UInt8>, _ secrets: [String]) -> Bool {
        if Self.beginnings.contains(where: { word.starts(with: $0.utf8) }) { return true }
        var run = 0
        for byte in word {
            run = Self.isBase64(byte) ? run + 1 : 0
            if run > Self.longestRun { return true }
        }
        guard word.count >= Self.partLength else {
            return secrets.contains { !$0.isEmpty && $0.utf8.elementsEqual(word) }
        }
        let parts = (word.startIndex...(word.endIndex - Self.partLength)).map { word[$0..<($0 + Self.partLength)] }
        return secrets.contains { secret in
            parts.contains { Self.contains($0, in: secret) }
        }
    }

    /// Whether a secret contains some bytes.
    private static func contains(_ part: ArraySlice<UInt8>, in secret: String) -> Bool {
        let bytes = secret.utf8.span
        guard let first = part.first else { return false }
        var start = 0
        while let found = Bytes.firstIndex(of: first, in: bytes, from: start) {
            guard found + part.count <= bytes.count else { return false }
            if Bytes.areEqual(bytes.extracting(found..<(found + part.count)), part.span) { return true }
            start = found + 1
        }
        return false
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
