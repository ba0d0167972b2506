//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes
internal import TestSupport
internal import Testing

@Suite("Bytes")
struct BytesTests {
    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

    @Test(
        "of all bytes just the alphabet's are taken, at any place in a text of any length",
        arguments: [1, 16, 33, 100]
    )
    func alphabets(count: Int) {
        let base64URL = Set((Self.letters + "-_").utf8)
        let token = Set((Self.letters + "-._~+/").utf8)
        for byte in UInt8.min ... .max {
            for place in [0, count / 2, count - 1] {
                var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: count)
                bytes[place] = byte
                let isToken = Bytes.isB64Token(bytes.span)
                #expect(isToken == token.contains(byte))
                var text = [UInt8](repeating: UInt8(ascii: "A"), count: count / 4 * 4 + 4)
                text[place] = byte
                let isDecoded = Bytes.decodeBase64URL(text.span) != nil
                #expect(isDecoded == base64URL.contains(byte))
            }
        }
    }

    @Test("plain text in JSON ends before a quote, a backslash or a control character, and nowhere else")
    func endOfPlainText() {
        for byte in UInt8.min ... .max {
            let ends = byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            for count in 1...20 {
                for place in 0..<count {
                    var bytes = [UInt8](repeating: 0x80, count: count)
                    bytes[place] = byte
                    let end = Bytes.endOfPlainText(in: bytes.span, from: 0)
                    let endFromHere = Bytes.endOfPlainText(in: bytes.span, from: place)
                    let endAfter = Bytes.endOfPlainText(in: bytes.span, from: place + 1)
                    #expect(end == (ends ? place : count))
                    #expect(endFromHere == end)
                    #expect(endAfter == count)
                }
            }
        }
    }

    @Test("the first of several is found")
    func firstEnd() {
        var generator = FixedGenerator(seed: 3)
        for count in 0..<200 {
            let bytes = generator.bytes(count).map { $0 % 8 == 0 ? UInt8(ascii: "\"") : $0 | 0x80 }
            let end = Bytes.endOfPlainText(in: bytes.span, from: 0)
            #expect(end == bytes.firstIndex(of: UInt8(ascii: "\"")) ?? count)
        }
    }

    @Test("the first of a byte, from anywhere")
    func firstIndex() {
        var generator = FixedGenerator(seed: 1)
        for count in 0..<100 {
            let bytes = generator.bytes(count).map { $0 % 8 }
            for start in -1...count + 1 {
                let found = Bytes.firstIndex(of: 3, in: bytes.span, from: start)
                #expect(found == (start < 0 ? nil : bytes.indices.first { $0 >= start && bytes[$0] == 3 }))
            }
        }
    }

    @Test("equal are only as many of the same bytes")
    func areEqual() {
        for count in 0..<40 {
            let bytes = [UInt8](repeating: 7, count: count)
            let longer = bytes + [7]
            let isSame = Bytes.areEqual(bytes.span, Array(bytes).span)
            let isSameAsLonger = Bytes.areEqual(bytes.span, longer.span)
            #expect(isSame)
            #expect(!isSameAsLonger)
            for place in bytes.indices {
                var changed = bytes
                changed[place] ^= 0x80
                let isSameAsChanged = Bytes.areEqual(bytes.span, changed.span)
                #expect(!isSameAsChanged)
            }
        }
    }

    @Test("of two bytes only the letters of ASCII are the same in upper and lower case")
    func ignoringCase() {
        for byte in UInt8.min ... .max {
            let same = (UInt8.min..<0x80)
                .filter { other in
                    let text = String(UnicodeScalar(other))
                    return Bytes.areEqual([byte].span, ignoringCaseOf: text)
                }
            let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
            #expect(same == (letters ~= byte ? [byte + 0x20] : byte < 0x80 ? [byte] : []))
        }
        let (longer, shorter) = (Array("abc".utf8), Array("a".utf8))
        let areTheSame =
            Bytes.areEqual(longer.span, ignoringCaseOf: "ab")
            || Bytes.areEqual(shorter.span, ignoringCaseOf: "ab")
        #expect(!areTheSame)
    }

    @Test("decoding, against arithmetic", arguments: 0..<100)
    func decode(count: Int) {
        let alphabet = Array((Self.letters + "-_").utf8)
        var generator = FixedGenerator(seed: UInt64(count))
        for keepsBitsLeftOver in [true, false] {
            var values = generator.bytes(count).map { $0 % 64 }
            if !keepsBitsLeftOver, let last = values.last {
                values[count - 1] = last & [0b11_1111, 0, 0b11_0000, 0b11_1100][count % 4]
            }
            let bits = values.flatMap { value in (0..<6).map { value >> (5 - $0) & 1 } }
            let expected = stride(from: 0, to: count * 6 / 8 * 8, by: 8)
                .map { start in
                    bits[start..<start + 8].reduce(0) { $0 << 1 | $1 }
                }
            let isCanonical = count % 4 != 1 && !bits[(expected.count * 8)...].contains(1)
            let text = values.map { alphabet[Int($0)] }
            let decoded = Bytes.decodeBase64URL(text.span)
            #expect(decoded == (isCanonical ? expected : nil))
        }
    }
}
