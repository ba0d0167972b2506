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
    @Test("the example of FIPS 180-4")
    func example() throws {
        let hashed = SHA256.digest(Array("abc".utf8).span)
        let digest = try #require(hashed)
        let words: [UInt64] = [0xba7816bf_8f01cfea, 0x414140de_5dae2223, 0xb00361a3_96177a9c, 0xb410ff61_f20015ad]
        #expect(digest.words == (words[0], words[1], words[2], words[3]))
    }

    @Test("a digest does not depend on what was hashed before")
    func again() {
        let (empty, one) = ([UInt8](), [UInt8(1)])
        let digests = [empty, one, empty].map { SHA256.digest($0.span) }
        #expect(digests[0] != nil)
        #expect(digests[0] == digests[2])
        #expect(digests[0] != digests[1])
        #expect(Set(digests).count == 2)
    }

    @Test("hashes are equal only if each of their bytes is", arguments: 0..<32)
    func equality(index: Int) {
        let hash = SHA256Hash(InlineArray(repeating: 7))
        var bytes = InlineArray<32, UInt8>(repeating: 7)
        #expect(hash == SHA256Hash(bytes))
        bytes[index] = 8
        #expect(hash != SHA256Hash(bytes))
        #expect(hash.hashValue != SHA256Hash(bytes).hashValue)
    }

    @Test("many threads that hash at once do not disturb one another")
    func threads() async {
        let messages = (0..<200).map { [UInt8](repeating: UInt8($0), count: 5_000) }
        let alone = messages.map { SHA256.digest($0.span) }
        let together = await withTaskGroup { group in
            for (index, message) in messages.enumerated() {
                group.addTask { (index, (0..<20).map { _ in SHA256.digest(message.span) }) }
            }
            return await group.reduce(into: [Int: Set<SHA256Hash?>]()) { $0[$1.0] = Set($1.1) }
        }
        for (index, digest) in alone.enumerated() { #expect(together[index] == [digest]) }
    }
}
