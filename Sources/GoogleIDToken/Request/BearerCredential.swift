//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The value of a header that carries a bearer token (RFC 6750 §2.1).
enum BearerCredential {
    /// Extracts the token from a header's value.
    ///
    /// - Parameters:
    ///   - value: The header's value.
    ///   - header: The header, which the explanation of an error names.
    ///   - maximumSize: The longest accepted token, in bytes; a longer one is rejected before its characters are read.
    /// - Returns: The token; use ``check(_:of:)`` to check its characters.
    /// - Throws: ``VerificationError`` with `credentials_missing`, `credentials_ambiguous` or `token_too_large`.
    static func token(
        in value: String,
        of header: CredentialHeader,
        maximumSize: Int
    ) throws(VerificationError) -> Substring {
        let bytes = value.utf8.span
        var start = 0
        while start < bytes.count, Self.isWhiteSpace(bytes[start]) { start += 1 }
        guard Self.hasBearer(bytes.extracting(start...)) else {
            if Self.hasBearerAfterComma(bytes.extracting(start..<min(bytes.count, start + maximumSize))) {
                throw Self.ambiguous(header)
            }
            throw VerificationError(
                .credentialsMissing,
                "\(header.rawValue) carries no bearer token; the caller must send 'Bearer', a space and an ID token."
            )
        }
        // One or more spaces, but no tab, follow the scheme (RFC 9110 §11.4).
        start += Self.scheme.utf8.count
        while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
        var end = bytes.count
        guard end - start <= maximumSize else { throw .tokenTooLarge }
        while end > start, Self.isWhiteSpace(bytes[end - 1]) { end -= 1 }
        let view = value.utf8
        return value[view.index(view.startIndex, offsetBy: start)..<view.index(view.startIndex, offsetBy: end)]
    }

    /// Checks the characters of a token; a token in compact form needs no such check, since it passes a stricter one.
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - header: The header, which the explanation of an error names.
    /// - Throws: ``VerificationError`` with `credentials_ambiguous` or `credentials_malformed`.
    static func check(_ token: Substring, of header: CredentialHeader) throws(VerificationError) {
        let bytes = token.utf8.span
        guard Bytes.firstIndex(of: UInt8(ascii: ","), in: bytes) == nil else { throw Self.ambiguous(header) }
        guard Self.isB64Token(bytes) else {
            throw VerificationError(
                .credentialsMalformed,
                header.hasScheme
                    ? "\(header.rawValue) does not have the form that RFC 6750 §2.1 requires; the caller must send "
                        + "'Bearer', a space and an ID token."
                    : "\(header.rawValue) is not a token alone, without a scheme; something between Identity-Aware Proxy "
                        + "and this service has changed the header."
            )
        }
    }

    private static func ambiguous(_ header: CredentialHeader) -> VerificationError {
        VerificationError(
            .credentialsAmbiguous,
            "\(header.rawValue) contains several credentials separated by commas; a proxy may have added its own. Make "
                + "sure that the request carries one credential."
        )
    }

    private static let scheme = "bearer"

    /// Whether a value begins with the scheme, followed by white space or nothing.
    private static func hasBearer(_ value: Span<UInt8>) -> Bool {
        let count = Self.scheme.utf8.count
        guard value.count >= count, value.count == count || Self.isWhiteSpace(value[count]) else { return false }
        return Bytes.areEqual(value.extracting(..<count), ignoringCaseOf: Self.scheme)
    }

    /// Whether a bearer token follows the comma in a value of another scheme.
    private static func hasBearerAfterComma(_ value: Span<UInt8>) -> Bool {
        var first = 0
        while first < value.count, value[first] == UInt8(ascii: ",") { first += 1 }
        var end = Bytes.firstIndex(of: UInt8(ascii: ","), in: value, from: first)
        while let comma = end {
            var start = comma + 1
            end = Bytes.firstIndex(of: UInt8(ascii: ","), in: value, from: start)
            while start < value.count, Self.isWhiteSpace(value[start]) { start += 1 }
            // If only white space follows up to the next comma, there is no credential.
            if start < end ?? value.count, Self.hasBearer(value.extracting(start..<(end ?? value.count))) {
                return true
            }
        }
        return false
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Whether characters form a `b64token` (RFC 6750 §2.1): characters of one alphabet, followed by any number of `=`.
    private static func isB64Token(_ characters: Span<UInt8>) -> Bool {
        var end = characters.count
        while end > 0, characters[end - 1] == UInt8(ascii: "=") { end -= 1 }
        return end > 0 && Bytes.isB64Token(characters.extracting(..<end))
    }
}
