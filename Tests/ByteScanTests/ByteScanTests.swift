//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import ByteScan
internal import TestSupport
internal import Testing

@Suite("ByteScan")
struct ByteScanTests {
    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

    @Test(
        "of all bytes just the alphabets' are taken, at any place in a text of any length",
        arguments: [1, 16, 33, 100]
    )
    func alphabets(count: Int) {
        let base64URL = Set((Self.letters + "-_").utf8)
        let token = Set((Self.letters + "-._~+/").utf8)
        for byte in UInt8.min ... .max {
            for place in [0, count / 2, count - 1] {
                var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: count)
                bytes[place] = byte
                let isBase64URL = ByteScan.isBase64URL(bytes.span)
                let isToken = ByteScan.isB64Token(bytes.span)
                #expect(isBase64URL == base64URL.contains(byte))
                #expect(isToken == token.contains(byte))
            }
        }
    }

    @Test("the first of a byte, from anywhere")
    func firstIndex() {
        var generator = FixedGenerator(seed: 1)
        for count in 0..<100 {
            let bytes = generator.bytes(count).map { $0 % 8 }
            for start in -1...count + 1 {
                let found = ByteScan.firstIndex(of: 3, in: bytes.span, from: start)
                #expect(found == (start < 0 ? nil : bytes.indices.first { $0 >= start && bytes[$0] == 3 }))
            }
        }
    }

    @Test("equal are only as many of the same bytes")
    func areEqual() {
        for count in 0..<40 {
            let bytes = [UInt8](repeating: 7, count: count)
            let longer = bytes + [7]
            let isSame = ByteScan.areEqual(bytes.span, Array(bytes).span)
            let isSameAsLonger = ByteScan.areEqual(bytes.span, longer.span)
            #expect(isSame)
            #expect(!isSameAsLonger)
            for place in bytes.indices {
                var changed = bytes
                changed[place] ^= 0x80
                let isSameAsChanged = ByteScan.areEqual(bytes.span, changed.span)
                #expect(!isSameAsChanged)
            }
        }
    }

    @Test("decoding, against arithmetic")
    func decode() {
        let alphabet = Array((Self.letters + "-_").utf8)
        var generator = FixedGenerator(seed: 2)
        for count in 0..<100 {
            let values = generator.bytes(count).map { $0 % 64 }
            let bits = values.flatMap { value in (0..<6).map { value >> (5 - $0) & 1 } }
            let expected = stride(from: 0, to: count * 6 / 8 * 8, by: 8)
                .map { start in
                    bits[start..<start + 8].reduce(0) { $0 << 1 | $1 }
                }
            let text = values.map { alphabet[Int($0)] }
            let decoded = ByteScan.decodeBase64URL(text.span)
            #expect(decoded == (count % 4 == 1 ? nil : expected))
        }
    }
}
