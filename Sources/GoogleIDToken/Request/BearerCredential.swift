//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The value of a header that carries a bearer token (RFC 6750 §2.1).
enum BearerCredential {
    /// Takes the token out of a header's value.
    ///
    /// - Parameters:
    ///   - value: The header's value.
    ///   - header: Where it stands, for the explanation.
    ///   - maximumSize: The longest token taken, in bytes; a longer one is refused before it is looked at.
    /// - Returns: The token.
    /// - Throws: ``VerificationError`` with `credentials_missing`, `credentials_ambiguous`, `credentials_malformed`
    ///   or `token_too_large`.
    static func token(
        in value: String,
        of header: CredentialHeader,
        maximumSize: Int
    ) throws(VerificationError) -> String {
        let trimmed = value.utf8.drop(while: Self.isWhiteSpace)
        let scheme = trimmed.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        guard Self.isBearer(scheme) else {
            if Self.hasBearerAfterComma(trimmed.prefix(maximumSize)) {
                throw Self.ambiguous(header)
            }
            throw VerificationError(
                .credentialsMissing,
                "\(header.rawValue) carries no bearer token; the caller must send 'Bearer' and an ID token."
            )
        }
        // One or more spaces, and no tab, come after the scheme (RFC 9110 §11.4).
        var token = trimmed[scheme.endIndex...].drop { $0 == UInt8(ascii: " ") }
        guard token.count <= maximumSize else { throw .tokenTooLarge }
        while let last = token.last, Self.isWhiteSpace(last) {
            token.removeLast()
        }
        guard !token.contains(UInt8(ascii: ",")) else { throw Self.ambiguous(header) }
        guard Self.isB64Token(token), let text = String(token) else {
            throw VerificationError(
                .credentialsMalformed,
                "\(header.rawValue) is not 'Bearer', a space and a token of the characters that RFC 6750 §2.1 allows."
            )
        }
        return text
    }

    private static func ambiguous(_ header: CredentialHeader) -> VerificationError {
        VerificationError(
            .credentialsAmbiguous,
            "\(header.rawValue) holds several credentials joined by a comma; a proxy may have added its own."
        )
    }

    private static func isBearer(_ scheme: Substring.UTF8View) -> Bool {
        scheme.count == 6 && zip(scheme, "bearer".utf8).allSatisfy { $0.lowercasedASCII == $1 }
    }

    /// Whether a value of another scheme has a bearer token joined to it.
    private static func hasBearerAfterComma(_ value: Substring.UTF8View) -> Bool {
        value.split(separator: UInt8(ascii: ",")).dropFirst()
            .contains { part in
                let start = part.drop(while: Self.isWhiteSpace)
                return Self.isBearer(start.prefix { !Self.isWhiteSpace($0) })
            }
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Whether characters are a `b64token`: some of one alphabet, then any number of `=`.
    private static func isB64Token(_ characters: Substring.UTF8View) -> Bool {
        let body = characters.prefix { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
        return !body.isEmpty && characters[body.endIndex...].allSatisfy { $0 == UInt8(ascii: "=") }
    }
}
