//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes
internal import OpenSSLSignature

/// A token taken apart, of which nothing is known to be true yet: the compact form of RFC 7515 §7.1.
package final class CompactToken: Sendable {
    /// What stands in place of a signature that Google has removed.
    ///
    /// It is legal base64url and decodes to 20 bytes, so it has to be recognised as text.
    package static let removedSignature = "SIGNATURE_REMOVED_BY_GOOGLE"

    /// The token as it was received.
    let text: Substring
    /// How many bytes come before the second dot: these are what is signed.
    private let signedCount: Int
    /// The first segment, decoded.
    package let header: [UInt8]
    /// The second segment, decoded.
    package let payload: [UInt8]
    /// The third segment, decoded.
    package let signature: [UInt8]
    /// Whether ``removedSignature`` stands in place of the signature.
    package let isSignatureRemoved: Bool

    /// Takes a token apart.
    ///
    /// - Parameters:
    ///   - text: The token.
    ///   - maximumSize: The longest token taken, in bytes.
    /// - Throws: ``VerificationError`` with `token_too_large` or `token_malformed`.
    package init(parsing text: Substring, maximumSize: Int) throws(VerificationError) {
        let bytes = text.utf8.span
        guard bytes.count <= maximumSize else { throw .tokenTooLarge }
        let dot = UInt8(ascii: ".")
        guard
            let firstDot = Bytes.firstIndex(of: dot, in: bytes), firstDot > 0,
            let secondDot = Bytes.firstIndex(of: dot, in: bytes, from: firstDot + 1), secondDot > firstDot + 1,
            Bytes.firstIndex(of: dot, in: bytes, from: secondDot + 1) == nil, secondDot + 1 < bytes.count
        else { throw Self.malformed(text) }
        guard
            let header = Base64URL.decode(bytes.extracting(..<firstDot)),
            let payload = Base64URL.decode(bytes.extracting((firstDot + 1)..<secondDot)),
            let signature = Base64URL.decode(bytes.extracting((secondDot + 1)...))
        else {
            throw VerificationError(
                .tokenMalformed,
                "A segment of the token is not unpadded, canonical base64url; the token was cut, padded or re-encoded "
                    + "on its way."
            )
        }
        self.text = text
        self.signedCount = secondDot
        self.header = header
        self.payload = payload
        self.signature = signature
        self.isSignatureRemoved = Self.isRemoved(bytes.extracting((secondDot + 1)...))
    }

    /// Takes a token apart that is a text of its own.
    ///
    /// - Parameters:
    ///   - text: The token.
    ///   - maximumSize: The longest token taken, in bytes.
    /// - Throws: ``VerificationError`` with `token_too_large` or `token_malformed`.
    package convenience init(parsing text: String, maximumSize: Int) throws(VerificationError) {
        try self.init(parsing: Substring(text), maximumSize: maximumSize)
    }

    /// Checks the signature over the received bytes, never over a re-encoding of them (RFC 7515 §5.2).
    ///
    /// - Parameter key: The key that the token names.
    /// - Throws: ``VerificationError`` with `signature_invalid`.
    func verifySignature(with key: RSAPublicKey) throws(VerificationError) {
        let (signature, text) = (self.signature, self.text)
        do throws(OpenSSLError) {
            try key.verify(signature.span, over: text.utf8.span.extracting(..<self.signedCount))
        } catch {
            throw VerificationError(
                .signatureInvalid,
                "The signature does not hold for the key that the token names: the token was changed, cut or forged.",
                underlying: error
            )
        }
    }

    private static func isRemoved(_ segment: Span<UInt8>) -> Bool {
        guard segment.count == Self.removedSignature.utf8.count else { return false }
        var index = 0
        for byte in Self.removedSignature.utf8 {
            guard segment[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private static func malformed(_ text: Substring) -> VerificationError {
        if text.utf8.starts(with: "ya29.".utf8) {
            return VerificationError(
                .tokenMalformed,
                "This is an OAuth access token, not an ID token; have the caller fetch an ID token for this service's "
                    + "audience."
            )
        }
        return VerificationError(
            .tokenMalformed,
            "A token is three non-empty segments with a dot between each two; this one was cut, or is another kind of "
                + "credential."
        )
    }
}
