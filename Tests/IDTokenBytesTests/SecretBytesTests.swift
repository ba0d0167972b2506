//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes
internal import Testing

@Suite("Bytes of a secret")
struct SecretBytesTests {
    @Test("the bytes move, and nothing is left in the array")
    func moving() {
        var bytes = Array("swordfish".utf8)
        let secret = SecretBytes(moving: &bytes)
        #expect(bytes.isEmpty)
        #expect(secret.count == 9)
        #expect(unsafe secret.withUnsafeBytes { unsafe Array($0) } == Array("swordfish".utf8))
    }

    @Test("memory is overwritten, also an empty one")
    func wiping() {
        var bytes = Array("swordfish".utf8)
        unsafe bytes.withUnsafeMutableBytes { unsafe SecretBytes.wipe($0) }
        #expect(bytes == [UInt8](repeating: 0, count: 9))
        var none: [UInt8] = []
        #expect(SecretBytes(moving: &none).count == 0)
    }
}
