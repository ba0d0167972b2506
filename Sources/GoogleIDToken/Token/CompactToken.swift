//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes
internal import OpenSSLSignature

/// A parsed but unverified token in the compact form of RFC 7515 §7.1.
package final class CompactToken: Sendable {
    /// The text by which Google replaces a signature that it removes.
    ///
    /// It is valid base64url and decodes to 20 bytes, so it is compared as text.
    package static let removedSignature = "SIGNATURE_REMOVED_BY_GOOGLE"

    /// The token as it was received.
    let text: Substring
    /// The number of bytes before the second dot; these bytes are signed.
    private let signedCount: Int
    /// The first segment, decoded.
    package let header: [UInt8]
    /// The second segment, decoded.
    package let payload: [UInt8]
    /// The third segment, decoded.
    package let signature: [UInt8]
    /// Whether the third segment is ``removedSignature``.
    package let isSignatureRemoved: Bool

    /// Parses a token.
    ///
    /// - Parameters:
    ///   - text: The token.
    ///   - maximumSize: The longest accepted token, in bytes.
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
                    + "in transit. The caller must send the token unchanged."
            )
        }
        self.text = text
        self.signedCount = secondDot
        self.header = header
        self.payload = payload
        self.signature = signature
        self.isSignatureRemoved = Self.isRemoved(bytes.extracting((secondDot + 1)...))
    }

    /// Parses a token that is a `String`.
    ///
    /// - Parameters:
    ///   - text: The token.
    ///   - maximumSize: The longest accepted token, in bytes.
    /// - Throws: ``VerificationError`` with `token_too_large` or `token_malformed`.
    package convenience init(parsing text: String, maximumSize: Int) throws(VerificationError) {
        try self.init(parsing: Substring(text), maximumSize: maximumSize)
    }

    /// Verifies the signature of the received bytes, which are not encoded again (RFC 7515 §5.2).
    ///
    /// - Parameter key: The key with the token's key ID.
    /// - Throws: ``VerificationError`` with `signature_invalid`.
    func verifySignature(with key: SignatureKey) throws(VerificationError) {
        let (signature, text) = (self.signature, self.text)
        do throws(OpenSSLError) {
            try key.verify(signature.span, over: text.utf8.span.extracting(..<self.signedCount))
        } catch {
            throw VerificationError(
                .signatureInvalid,
                "The signature is not valid for the key with the token's key ID; the token was changed, cut or forged. "
                    + "The caller must send the token unchanged.",
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
                "The credential is an OAuth access token, not an ID token; have the caller request an ID token for "
                    + "this service's audience."
            )
        }
        if text.utf8.last == UInt8(ascii: "."), text.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 {
            return VerificationError(.tokenMalformed) {
                "The token has no signature, as those of the Firebase emulator; such tokens are never accepted, so "
                    + "\($0.remedy)."
            }
        }
        return VerificationError(
            .tokenMalformed,
            "The token does not have three non-empty segments separated by dots; it was cut, or it is another kind of "
                + "credential. The caller must send an ID token unchanged."
        )
    }
}
