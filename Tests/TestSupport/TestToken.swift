//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

package import FoundationEssentials
internal import GoogleIDToken
internal import OpenSSLSignature
package import OpenSSLSigning

/// One valid token and the key that signs it, for tests that change one thing.
package enum TestToken {
    package static let audience = "https://service.example.com"
    package static let email = "caller@project.iam.gserviceaccount.com"
    package static let subject = "104029292853099978293"
    package static let keyID = "test-key"
    /// When the token is issued, in seconds since 1970.
    package static let issuedAt = 1_700_000_000
    /// When the token expires, in seconds since 1970.
    package static let expiresAt = Self.issuedAt + 3_600
    /// A time at which the token is valid, in seconds since 1970.
    package static let now = Double(Self.issuedAt + 60)
    /// The same time as a date.
    package static let date = Date(timeIntervalSince1970: Self.now)

    private static let madeKey = Result { try RSAKeyPair(bitCount: 2_048) }

    /// The one key of the process.
    package static var key: RSAKeyPair {
        get throws { try Self.madeKey.get() }
    }

    /// A valid header with changes.
    ///
    /// - Parameter changes: JSON by name; nil takes the name away.
    /// - Returns: The header's JSON.
    package static func header(_ changes: [String: String?] = [:]) -> String {
        Self.object(["alg": #""RS256""#, "kid": "\"\(Self.keyID)\"", "typ": #""JWT""#], changes)
    }

    /// Valid claims with changes.
    ///
    /// - Parameter changes: JSON by name; nil takes the name away.
    /// - Returns: The claims' JSON.
    package static func claims(_ changes: [String: String?] = [:]) -> String {
        Self.object(
            [
                "iss": #""https://accounts.google.com""#,
                "aud": "\"\(Self.audience)\"",
                "sub": "\"\(Self.subject)\"",
                "email": "\"\(Self.email)\"",
                "email_verified": "true",
                "iat": "\(Self.issuedAt)",
                "exp": "\(Self.expiresAt)",
            ],
            changes
        )
    }

    /// Signs a token.
    ///
    /// - Parameters:
    ///   - header: The header's JSON.
    ///   - claims: The claims' JSON.
    /// - Returns: The token.
    /// - Throws: `OpenSSLError` if the key cannot be made or cannot sign.
    package static func minted(header: String = Self.header(), claims: String = Self.claims()) throws -> String {
        try Self.key.signedJWT(header: header, claims: claims)
    }

    /// A JWK with the key's numbers, and changes.
    ///
    /// - Parameter changes: JSON by name; nil takes the name away.
    /// - Returns: The JWK's JSON.
    /// - Throws: `OpenSSLError` if the key cannot be made.
    package static func webKey(_ changes: [String: String?] = [:]) throws -> String {
        let key = try Self.key.publicKey()
        return Self.object(
            [
                "kty": #""RSA""#, "alg": #""RS256""#, "use": #""sig""#, "kid": "\"\(Self.keyID)\"",
                "n": "\"\(Base64URL.encode(key.modulus))\"", "e": "\"\(Base64URL.encode(key.exponent))\"",
            ],
            changes
        )
    }

    /// A JWK set of the one key.
    package static var keyDocument: [UInt8] {
        get throws { Array(#"{"keys":[\#(try Self.webKey())]}"#.utf8) }
    }

    /// A JWK set of the one key under several key IDs.
    ///
    /// - Parameter ids: The key IDs.
    /// - Returns: The document.
    /// - Throws: `OpenSSLError` if the key cannot be made.
    package static func keyDocument(_ ids: [String]) throws -> [UInt8] {
        let keys = try ids.map { try Self.webKey(["kid": "\"\($0)\""]) }
        return Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8)
    }

    private static func object(_ members: [String: String], _ changes: [String: String?]) -> String {
        var members = members
        for (name, json) in changes {
            members[name] = json
        }
        return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }
}
