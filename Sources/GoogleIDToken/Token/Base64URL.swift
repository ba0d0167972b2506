//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The base64url encoding of RFC 4648 §5 without padding, line breaks or other characters, as JWS requires (RFC 7515
/// §2).
package enum Base64URL {
    /// Decodes canonical base64url.
    ///
    /// Padding, characters outside the alphabet, an impossible length and non-zero unused bits (RFC 4648 §3.5) are
    /// rejected, so that a token has only one valid encoding.
    ///
    /// - Parameter text: The encoded characters.
    /// - Returns: The bytes, or nil if the characters are not canonical base64url.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        Bytes.decodeBase64URL(text)
    }

    /// Encodes bytes without padding.
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: The canonical encoding.
    package static func encode(_ bytes: [UInt8]) -> String {
        Bytes.encodeBase64URL(bytes)
    }
}
