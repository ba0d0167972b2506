//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenBytes

/// The first segment of a token: base64url of a JSON object with a member `alg` (RFC 7515 §4.1.1).
struct HeaderSegment {
    /// Where it begins in the text that was searched.
    let offset: Int
    /// Whether it names a content encryption algorithm, so that the token is encrypted (RFC 7516 §4.1.2).
    let isOfEncryptedToken: Bool
    /// Whether its algorithm is an RSA signature, which has at least 2,048 bits.
    let isOfRSASignature: Bool
    /// Whether its algorithm is `none`, so that the token has no signature (RFC 7515 §A.5).
    let isOfUnsignedToken: Bool
    /// Whether the object ends with the segment.
    private let isWhole: Bool

    /// No shorter text encodes an object with `alg`.
    static let shortest = 12
    /// A longer text is not decoded to its end, and the verifier accepts no such token.
    private static let longest = 16_384
    /// The most places inside one run of characters that are looked at.
    private static let mostPlaces = 8

    /// Finds a header that ends where the text ends.
    ///
    /// Other characters may stand immediately before it, such as those of an escape that is not known.
    ///
    /// - Parameter text: Characters of base64url only.
    init?(endOf text: Span<UInt8>) {
        let first = Self.canBegin(text, at: 0) ? Self(text, from: 0) : nil
        // Where one that is cut is followed by another directly, both decode to JSON, but only the later to all of it.
        if let first, first.isWhole {
            self = first
        } else if let header = Self(searching: text) ?? first {
            self = header
        } else {
            return nil
        }
    }

    private init?(searching text: Span<UInt8>) {
        var places = 0
        var index = max(1, text.count - Self.longest)
        while places < Self.mostPlaces, index + Self.shortest <= text.count,
            let found = Bytes.firstIndex(of: UInt8(ascii: "e"), in: text, from: index)
        {
            index = found + 1
            // Only the usual beginning is looked for, a brace and a quote.
            guard found + 2 < text.count, text[found + 1] == UInt8(ascii: "y"),
                UInt8(ascii: "I")...UInt8(ascii: "J") ~= text[found + 2]
            else { continue }
            places += 1
            if let header = Self(text, from: found) {
                self = header
                return
            }
        }
        return nil
    }

    private init?(_ text: Span<UInt8>, from offset: Int) {
        let part = text.extracting(offset..<min(text.count, offset + Self.longest))
        let json = Bytes.decodeBase64URL(part) ?? Self.decoded(part, 0..<part.count)
        guard let first = json.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") else { return nil }
        let span = json.span
        let words = Words(in: span)
        guard words.contains(.alg) || Self.hasEscapedName(json) else { return nil }
        self.offset = offset
        self.isOfEncryptedToken = words.contains(.enc)
        self.isOfRSASignature = words.contains(.rsa)
        self.isOfUnsignedToken = words.contains(.unsigned)
        self.isWhole = json.last { $0 > 0x20 } == UInt8(ascii: "}")
    }

    /// Whether the first two characters can encode a brace, perhaps after white space.
    static func canBegin(_ text: Span<UInt8>, at index: Int) -> Bool {
        guard index + 1 < text.count else { return false }
        let second = text[index + 1]
        return switch text[index] {
        case UInt8(ascii: "e"): second == UInt8(ascii: "y") || second == UInt8(ascii: "w")
        case UInt8(ascii: "I"): "HCA".utf8.contains(second)
        case UInt8(ascii: "C"): "nigXSQ".utf8.contains(second)
        case UInt8(ascii: "D"): "XSQ".utf8.contains(second)
        default: false
        }
    }

    /// Names in JSON may have escapes, such as `"\u0061lg"`.
    private static func hasEscapedName(_ json: [UInt8]) -> Bool {
        guard self.contains(json.span, Self.escape) else { return false }
        var plain: [UInt8] = []
        var index = 0
        while index < json.count {
            let (value, next) = TokenEscape.read(json.span, at: index, end: json.count)
            plain.append(json[index] == UInt8(ascii: "\\") ? value : json[index])
            index = json[index] == UInt8(ascii: "\\") ? next : index + 1
        }
        return Words(in: plain.span).contains(.alg)
    }

    private static let escape = Array("\\u00".utf8)

    static func contains(_ bytes: Span<UInt8>, _ text: [UInt8]) -> Bool {
        let wanted = text.span
        var start = 0
        while let found = Bytes.firstIndex(of: wanted[0], in: bytes, from: start), found + wanted.count <= bytes.count {
            // Most places differ in the second byte.
            if bytes[found + 1] == wanted[1], Bytes.areEqual(bytes.extracting(found..<found + wanted.count), wanted) {
                return true
            }
            start = found + 1
        }
        return false
    }

    /// Words in quotation marks that say what a token is.
    private struct Words: OptionSet {
        let rawValue: UInt8

        static let alg = Words(rawValue: 1)
        static let enc = Words(rawValue: 2)
        static let rsa = Words(rawValue: 4)
        static let unsigned = Words(rawValue: 8)

        private static let texts: [(Words, [UInt8])] = [
            (.alg, Array("alg\"".utf8)), (.enc, Array("enc\"".utf8)), (.rsa, Array("RS256\"".utf8)),
            (.unsigned, Array("none\"".utf8)),
        ]

        init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        init(in json: Span<UInt8>) {
            self = []
            var index = 0
            while let mark = Bytes.firstIndex(of: UInt8(ascii: "\""), in: json, from: index), mark + 1 < json.count {
                index = mark + 1
                for (word, text) in Self.texts where text[0] == json[index] && index + text.count <= json.count {
                    if Bytes.areEqual(json.extracting(index..<index + text.count), text.span) { self.insert(word) }
                }
            }
        }
    }

    /// Decodes base64 of either alphabet as far as it goes, without the checks that are the verifier's.
    static func decoded(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count * 3 / 4 + 3)
        var bits: UInt32 = 0
        var count = 0
        for index in range {
            guard let value = self.value(text[index]) else { break }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    @inline(__always)
    private static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 0x41
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 0x47
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
        case UInt8(ascii: "-"), UInt8(ascii: "+"): 62
        case UInt8(ascii: "_"), UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
#endif
