//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import TestSupport
internal import Testing

@Suite("Base64url text")
struct Base64URLTests {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func decode(_ text: [UInt8]) -> [UInt8]? {
        Base64URL.decode(text.span)
    }

    private static func decode(_ text: String) -> [UInt8]? {
        Self.decode(Array(text.utf8))
    }

    /// What Foundation reads, whose alphabet is another and which wants padding.
    private static func decodedByFoundation(_ text: String) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let standard = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        return Data(base64Encoded: standard).map { Array($0) }
    }

    @Test(
        "the vectors of RFC 4648 §10, without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func vectors(text: String, encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Self.decode(encoded) == Array(text.utf8))
    }

    @Test("the two characters that base64 writes otherwise")
    func ownCharacters() {
        #expect(Base64URL.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
        #expect(Self.decode("-_-_") == [0xFB, 0xFF, 0xBF])
        #expect(Self.decode("+/+/") == nil)
    }

    @Test("of all bytes just the 64 of the alphabet are taken, in each position", arguments: 0..<4)
    func alphabet(position: Int) {
        for byte in UInt8.min ... .max {
            var text = Array("AAAA".utf8)
            text[position] = byte
            let value = Self.alphabet.firstIndex(of: byte)
            let expected = value.map { value -> [UInt8] in
                let bits = value << (6 * (3 - position))
                return [UInt8(bits >> 16), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
            }
            #expect(Self.decode(text) == expected, "byte \(byte)")
        }
    }

    @Test("of all bytes just the canonical ones are taken, in each position of an end", arguments: [2, 3])
    func ends(length: Int) {
        for position in 0..<length {
            let accepted = (UInt8.min ... .max)
                .filter { byte in
                    var text = [UInt8](repeating: UInt8(ascii: "A"), count: 4 + length)
                    text[4 + position] = byte
                    return Self.decode(text) != nil
                }
            let step = position < length - 1 ? 1 : length == 2 ? 16 : 4
            let canonical = stride(from: 0, to: 64, by: step).map { Self.alphabet[$0] }
            #expect(accepted == canonical.sorted(), "position \(position)")
        }
    }

    @Test("every end has one spelling: no more texts are taken than there are bytes")
    func noncanonicalEnds() {
        var seen = Set<[UInt8]>()
        for first in Self.alphabet {
            for second in Self.alphabet {
                if let bytes = Self.decode([first, second]) {
                    #expect(bytes.count == 1)
                    #expect(seen.insert(bytes).inserted)
                }
            }
        }
        #expect(seen.count == 256)

        seen = []
        for second in Self.alphabet {
            for third in Self.alphabet {
                if let bytes = Self.decode([UInt8(ascii: "Q"), second, third]) {
                    #expect(bytes.count == 2)
                    #expect(seen.insert(bytes).inserted)
                }
            }
        }
        // Two of the bits of the first byte come from the second character.
        #expect(seen.count == 4 * 256)
    }

    @Test("a length that no bytes have is refused", arguments: [1, 5, 9, 13, 1_001])
    func impossibleLengths(length: Int) {
        #expect(Self.decode(String(repeating: "A", count: length)) == nil)
        #expect(Self.decode(String(repeating: "A", count: length - 1)) != nil)
    }

    @Test(
        "padding, line breaks and other characters are refused",
        arguments: [
            "Zg==", "Zg=", "Zm8=", "Zm9v=", "=", "==", "====", "Zm9v\n", "\nZm9v", "Zm9\nv", "Zm9v\r\n", " Zm9v",
            "Zm9v ",
            "Zm 9v", "Zm9v.", ".", "Zm9v\0", "\0\0\0\0", "Zm+v", "Zm/v", "Zm9é", "ＡＡＡＡ", "Zm9v%3D", "\u{FEFF}Zm9v",
        ]
    )
    func foreign(text: String) {
        #expect(Self.decode(text) == nil)
    }

    @Test("bytes come back, and Foundation reads the same")
    func roundTrip() {
        var generator = FixedGenerator(seed: 3)
        for length in 0...200 {
            let bytes = generator.bytes(length)
            let text = Base64URL.encode(bytes)
            #expect(text.utf8.count == (length * 4 + 2) / 3)
            #expect(Self.decode(text) == bytes)
            #expect(Self.decodedByFoundation(text) == bytes)
        }
    }

    @Test("what is taken is what would be written")
    func respelling() {
        var generator = FixedGenerator(seed: 4)
        var taken = 0
        for _ in 0..<5_000 {
            let length = Int.random(in: 0...12, using: &generator)
            let text = (0..<length).map { _ in Self.alphabet.randomElement(using: &generator) ?? 0 }
            guard let bytes = Self.decode(text) else { continue }
            taken += 1
            #expect(Array(Base64URL.encode(bytes).utf8) == text)
        }
        #expect(taken > 1_000)
    }
}
