//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The value of a header that carries a token alone, without a scheme.
enum AssertionCredential {
    /// Extracts the token from a header's value.
    ///
    /// - Parameters:
    ///   - value: The header's value.
    ///   - header: The header, which the explanation of an error names.
    ///   - maximumSize: The longest accepted token, in bytes.
    /// - Returns: The value without white space around it; use ``BearerCredential/check(_:of:)`` to check its
    ///   characters.
    /// - Throws: ``VerificationError`` with `credentials_missing` or `token_too_large`.
    static func token(
        in value: String,
        of header: CredentialHeader,
        maximumSize: Int
    ) throws(VerificationError) -> Substring {
        let bytes = value.utf8.span
        var (start, end) = (0, bytes.count)
        while start < end, Self.isWhiteSpace(bytes[start]) { start += 1 }
        guard end - start <= maximumSize else { throw .tokenTooLarge }
        while end > start, Self.isWhiteSpace(bytes[end - 1]) { end -= 1 }
        guard start < end else {
            throw VerificationError(.credentialsMissing) { "\(header.rawValue) is empty. \($0.missing)" }
        }
        let view = value.utf8
        return value[view.index(view.startIndex, offsetBy: start)..<view.index(view.startIndex, offsetBy: end)]
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
