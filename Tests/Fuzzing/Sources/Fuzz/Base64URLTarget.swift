//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDToken

/// Bytes have one spelling, and what is decoded was that spelling.
enum Base64URLTarget {
    static func run(_ bytes: [UInt8]) {
        if let decoded = Base64URL.decode(bytes.span) {
            promise(Array(Base64URL.encode(decoded).utf8) == bytes, "only the canonical spelling is decoded")
        }
        let encoded = Array(Base64URL.encode(bytes).utf8)
        promise(Base64URL.decode(encoded.span) == bytes, "every spelling is decoded")
    }
}
