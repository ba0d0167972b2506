//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import OpenSSLSignature

@Suite("SHA-256")
struct SHA256Tests {
    private let sha256 = SHA256()

    @Test("the example of FIPS 180-4")
    func example() throws {
        let hashed = self.sha256.digest(Array("abc".utf8).span)
        let digest = try #require(hashed)
        let words: [UInt64] = [0xba7816bf_8f01cfea, 0x414140de_5dae2223, 0xb00361a3_96177a9c, 0xb410ff61_f20015ad]
        #expect(digest.words == (words[0], words[1], words[2], words[3]))
    }

    @Test("a context used again knows nothing of what came before")
    func again() {
        let (empty, one) = ([UInt8](), [UInt8(1)])
        let digests = [empty, one, empty].map { self.sha256.digest($0.span) }
        #expect(digests[0] != nil)
        #expect(digests[0] == digests[2])
        #expect(digests[0] != digests[1])
        #expect(Set(digests).count == 2)
    }
}
