//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDToken

/// A token that is taken apart is spelled in the one way in which its parts can be spelled.
enum CompactTokenTarget {
    private static let maximumSize = 2_048

    static func run(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let token: CompactToken
        do throws(VerificationError) {
            token = try CompactToken(parsing: text, maximumSize: Self.maximumSize)
        } catch {
            promise(error.code == .tokenMalformed || error.code == .tokenTooLarge, "\(error)")
            promise((error.code == .tokenTooLarge) == (text.utf8.count > Self.maximumSize), "the limit is exact")
            return
        }
        let spelled = [token.header, token.payload, token.signature].map { Base64URL.encode($0) }
        promise(spelled.joined(separator: ".").isExactly(text), "one token has one spelling")
        promise(
            token.isSignatureRemoved
                == text.utf8.reversed().starts(with: ".SIGNATURE_REMOVED_BY_GOOGLE".utf8.reversed()),
            "a removed signature is recognised as text"
        )
    }
}
