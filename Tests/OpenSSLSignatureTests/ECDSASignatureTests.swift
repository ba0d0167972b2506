//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import OpenSSLSignature

@Suite("ECDSA signature in two forms")
struct ECDSASignatureTests {
    private static let order = Self.bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func integer(_ last: UInt8...) -> [UInt8] {
        [UInt8](repeating: 0, count: 32 - last.count) + last
    }

    private static func der(_ signature: [UInt8]) -> [UInt8]? {
        guard let der = ECDSASignature.der(signature.span) else { return nil }
        return (0..<der.count).map { der.bytes[$0] }
    }

    private static func added(_ number: Int, to integer: [UInt8]) -> [UInt8] {
        var result = integer
        var carry = number
        for index in result.indices.reversed() {
            carry += Int(result[index])
            result[index] = UInt8(truncatingIfNeeded: carry)
            carry >>= 8
        }
        return result
    }

    @Test("integers are as short as DER requires, and positive")
    func shortest() {
        #expect(Self.der(Self.integer(1) + Self.integer(0x7F)) == [0x30, 6, 2, 1, 1, 2, 1, 0x7F])
        #expect(Self.der(Self.integer(0x80) + Self.integer(1, 0)) == [0x30, 8, 2, 2, 0, 0x80, 2, 2, 1, 0])
        let large = [0x80] + [UInt8](repeating: 0, count: 31)
        #expect(Self.der(large + large) == [0x30, 70, 2, 33, 0] + large + [2, 33, 0] + large)
        let small = [0x7F] + [UInt8](repeating: 0xFF, count: 31)
        #expect(Self.der(small + small) == [0x30, 68, 2, 32] + small + [2, 32] + small)
    }

    @Test("[22] another length than 64 bytes", arguments: [0, 1, 32, 63, 65, 70, 72, 96, 128])
    func length(count: Int) {
        #expect(Self.der([UInt8](repeating: 1, count: count)) == nil)
    }

    @Test("r and s are from 1 to the order minus 1")
    func range() {
        let one = Self.integer(1)
        let largest = Self.added(-1, to: Self.order)
        #expect(Self.der(largest + largest) != nil)
        #expect(Self.der(one + one) != nil)
        for wrong in [
            Self.integer(0), Self.order, Self.added(1, to: Self.order), [UInt8](repeating: 0xFF, count: 32),
        ] {
            #expect(Self.der(wrong + one) == nil)
            #expect(Self.der(one + wrong) == nil)
        }
    }
}
