//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import OpenSSLSignature
internal import OpenSSLSigning

/// A JWT that a service account signs with its own key in order to get a token (RFC 7523 §2.1).
struct Assertion {
    /// The audience of the ID token that is requested, or nil for an access token.
    let targetAudience: String?
    /// The scope of the access token that is requested.
    let scope: String?

    /// Reads an assertion and checks it.
    ///
    /// - Parameters:
    ///   - text: The assertion, a JWT.
    ///   - account: The service account that must have signed it.
    ///   - key: The service account's key.
    ///   - audiences: The token endpoint's URLs.
    /// - Throws: ``AssertionError`` in Google's words, as far as they are known.
    init(_ text: String, account: String, key: TestIssuer, audiences: [String]) throws(AssertionError) {
        guard
            let token = try? CompactToken(parsing: text, maximumSize: 16_384),
            let header = (try? JSONReader.read(token.header))?.objectValue,
            let claims = (try? JSONReader.read(token.payload))?.objectValue
        else { throw AssertionError("Invalid JWT: Token must be a signed JWT.") }
        guard header["alg"]?.stringValue == "RS256" else { throw AssertionError("Invalid JWT: alg must be RS256.") }
        guard header["kid"].map({ $0.stringValue == key.keyID }) ?? true, Self.isSigned(text, token, by: key) else {
            throw AssertionError("Invalid JWT Signature.")
        }
        guard claims["iss"]?.stringValue == account else {
            throw AssertionError("Invalid grant: account not found")
        }
        guard let audience = claims["aud"]?.stringValue, audiences.contains(audience) else {
            throw AssertionError("Invalid JWT: Failed audience check.")
        }
        let now = Date().timeIntervalSince1970
        guard
            let issuedAt = claims["iat"]?.doubleValue,
            let expiresAt = claims["exp"]?.doubleValue,
            expiresAt > now - 30, issuedAt < now + 30, expiresAt - issuedAt <= 3_600
        else {
            throw AssertionError(
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your "
                    + "iat and exp values in the JWT claim."
            )
        }
        self.targetAudience = claims["target_audience"]?.stringValue
        self.scope = claims["scope"]?.stringValue
    }

    private static func isSigned(_ text: String, _ token: CompactToken, by key: TestIssuer) -> Bool {
        guard let dot = text.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        let (signed, signature) = (Array(text.utf8[..<dot]), token.signature)
        return (try? key.keyPair.publicKey().verify(signature.span, over: signed.span)) != nil
    }
}

/// Why an assertion is refused.
struct AssertionError: Error {
    let words: String

    init(_ words: String) {
        self.words = words
    }
}
#endif
