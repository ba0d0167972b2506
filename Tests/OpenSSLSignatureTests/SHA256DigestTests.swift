//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature
internal import Testing

/// SHA-256 against the examples of FIPS 180-4.
@Suite("SHA-256 digest")
struct SHA256DigestTests {
    @Test(
        "the examples of FIPS 180-4 have their hashes, also when the context is used again",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func matchesTheStandard(_ message: String, _ expected: String) throws {
        let digest = try SHA256Digest()
        // Twice, since the context is used again.
        for _ in 0..<2 {
            guard let hash = digest.hash(Array(message.utf8).span) else {
                Issue.record("OpenSSL has no digest")
                return
            }
            var text = ""
            for index in hash.indices {
                text += String(hash[index] >> 4, radix: 16) + String(hash[index] & 15, radix: 16)
            }
            #expect(text == expected)
        }
    }
}
