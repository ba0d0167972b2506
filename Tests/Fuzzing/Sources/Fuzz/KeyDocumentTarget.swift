//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDToken

/// A key set has some keys and not too many, each found by its own ID and within the limits of its size.
enum KeyDocumentTarget {
    private static let token = try? CompactToken(
        parsing: "e30.e30.\(String(repeating: "A", count: 342))",
        maximumSize: 1_024
    )

    static func run(_ bytes: [UInt8]) {
        let document: KeyDocument
        do throws(KeyDocumentError) {
            document = try KeyDocument(parsing: bytes, for: .googleIDToken)
        } catch {
            promise(!error.description.isEmpty, "a document that is refused is explained")
            return
        }
        let keys = document.keySet.keys
        promise(1...KeyDocument.maximumKeyCount ~= keys.count + document.skipped.count, "the count of keys is bounded")
        promise(Set(keys.map { ExactString($0.id) }).count == keys.count, "no key ID comes twice")
        for key in keys {
            promise(2_048...8_192 ~= key.bitCount, "a key has 2048 to 8192 bits")
            promise(document.keySet[key.id] != nil, "a key is found by its ID")
            promise((try? Self.token?.verifySignature(with: key.publicKey)) == nil, "zeros are no signature")
        }
    }
}
