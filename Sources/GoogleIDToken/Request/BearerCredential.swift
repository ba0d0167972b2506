//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// The value of a header that carries a bearer token (RFC 6750 §2.1).
enum BearerCredential {
    /// Takes the token out of a header's value.
    ///
    /// - Parameters:
    ///   - value: The header's value.
    ///   - header: Where it stands, for the explanation.
    ///   - maximumSize: The longest token taken, in bytes; a longer one is refused before it is looked at.
    /// - Returns: The token; ``check(_:of:)`` looks at its characters.
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
                "\(header.rawValue) carries no bearer token; the caller must send 'Bearer' and an ID token."
            )
        }
        // One or more spaces, and no tab, come after the scheme (RFC 9110 §11.4).
        start += Self.scheme.utf8.count
        while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
        var end = bytes.count
        guard end - start <= maximumSize else { throw .tokenTooLarge }
        while end > start, Self.isWhiteSpace(bytes[end - 1]) { end -= 1 }
        let view = value.utf8
        return value[view.index(view.startIndex, offsetBy: start)..<view.index(view.startIndex, offsetBy: end)]
    }

    /// Looks at the characters of a token; one in compact form needs no such look, since it has no others.
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - header: Where it stands, for the explanation.
    /// - Throws: ``VerificationError`` with `credentials_ambiguous` or `credentials_malformed`.
    static func check(_ token: Substring, of header: CredentialHeader) throws(VerificationError) {
        let bytes = token.utf8.span
        guard Bytes.firstIndex(of: UInt8(ascii: ","), in: bytes) == nil else { throw Self.ambiguous(header) }
        guard Self.isB64Token(bytes) else {
            throw VerificationError(
                .credentialsMalformed,
                "\(header.rawValue) is not 'Bearer', a space and a token of the characters that RFC 6750 §2.1 allows."
            )
        }
    }

    private static func ambiguous(_ header: CredentialHeader) -> VerificationError {
        VerificationError(
            .credentialsAmbiguous,
            "\(header.rawValue) holds several credentials joined by a comma; a proxy may have added its own."
        )
    }

    private static let scheme = "bearer"

    /// Whether a value begins with the scheme, alone or before white space.
    private static func hasBearer(_ value: Span<UInt8>) -> Bool {
        let count = Self.scheme.utf8.count
        guard value.count >= count, value.count == count || Self.isWhiteSpace(value[count]) else { return false }
        return Bytes.areEqual(value.extracting(..<count), ignoringCaseOf: Self.scheme)
    }

    /// Whether a value of another scheme has a bearer token joined to it.
    private static func hasBearerAfterComma(_ value: Span<UInt8>) -> Bool {
        var first = 0
        while first < value.count, value[first] == UInt8(ascii: ",") { first += 1 }
        var end = Bytes.firstIndex(of: UInt8(ascii: ","), in: value, from: first)
        while let comma = end {
            var start = comma + 1
            end = Bytes.firstIndex(of: UInt8(ascii: ","), in: value, from: start)
            while start < value.count, Self.isWhiteSpace(value[start]) { start += 1 }
            // Behind white space that goes up to the next comma there is nothing.
            if start < end ?? value.count, Self.hasBearer(value.extracting(start..<(end ?? value.count))) {
                return true
            }
        }
        return false
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Whether characters are a `b64token`: some of one alphabet, then any number of `=`.
    private static func isB64Token(_ characters: Span<UInt8>) -> Bool {
        var end = characters.count
        while end > 0, characters[end - 1] == UInt8(ascii: "=") { end -= 1 }
        return end > 0 && Bytes.isB64Token(characters.extracting(..<end))
    }
}
