//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import OpenSSLSignature
internal import OpenSSLSigning

/// A JWT that a service account has signed with its own key, in order to get a token (RFC 7523 §2.1) or instead of one.
struct Assertion {
    /// Google accepts assertions for an hour; clocks may differ by this many seconds.
    private static let clockSkew = 30.0
    private static let longestLifetime = 3_600.0

    let claims: [IDTokenJSON.Member]

    /// Reads an assertion and checks its signature.
    ///
    /// Old clients pad the segments, contrary to RFC 7515 §2; the signature is over the bytes as they were received.
    ///
    /// - Parameters:
    ///   - text: The assertion, a JWT.
    ///   - key: The service account's key.
    /// - Throws: ``AssertionError`` in Google's words, as far as they are known.
    init(_ text: String, key: TestIssuer) throws(AssertionError) {
        let segments = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let decoded = segments.map { Base64URL.decode(Array(Self.withoutPadding($0)).span) }
        guard
            decoded.count == 3, let headerBytes = decoded[0], let payload = decoded[1], let signature = decoded[2],
            let header = (try? JSONReader.read(headerBytes))?.objectValue,
            let claims = (try? JSONReader.read(payload))?.objectValue
        else { throw AssertionError("Invalid JWT: Token must be a signed JWT.") }
        guard header["alg"]?.stringValue?.isExactly("RS256") == true else {
            throw AssertionError("Invalid JWT: alg must be RS256.")
        }
        let signed = Array(text.utf8.prefix(segments[0].count + 1 + segments[1].count))
        guard
            header["kid"].map({ $0.stringValue?.isExactly(key.keyID) == true }) ?? true,
            (try? key.keyPair.publicKey().verify(signature.span, over: signed.span)) != nil
        else {
            throw AssertionError("Invalid JWT Signature.")
        }
        self.claims = claims
    }

    /// Checks issuer, audience and times of an assertion for the token endpoint.
    ///
    /// - Parameters:
    ///   - account: The service account that must have issued it.
    ///   - audiences: The token endpoint's URLs.
    /// - Throws: ``AssertionError`` in Google's words, as far as they are known.
    func check(account: String, audiences: [String]) throws(AssertionError) {
        try self.checkIssuer(account)
        guard let audience = self.claims["aud"]?.stringValue, audiences.contains(where: { $0.isExactly(audience) })
        else {
            throw AssertionError("Invalid JWT: Failed audience check.")
        }
        try self.checkTimes()
    }

    /// Checks an assertion that a client sends as an access token to an API of Google, for its audience or with a scope.
    ///
    /// - Parameters:
    ///   - account: The service account that must have issued it.
    ///   - audience: The URL of the API.
    /// - Throws: ``AssertionError``.
    func checkAsAccessToken(account: String, audience: String) throws(AssertionError) {
        try self.checkIssuer(account)
        guard self.claims["aud"]?.stringValue?.isExactly(audience) == true || self.claims["scope"]?.stringValue != nil
        else { throw AssertionError("Invalid JWT: Failed audience check.") }
        try self.checkTimes()
    }

    private func checkIssuer(_ account: String) throws(AssertionError) {
        guard self.claims["iss"]?.stringValue?.isExactly(account) == true else {
            throw AssertionError("Invalid grant: account not found")
        }
    }

    private func checkTimes() throws(AssertionError) {
        let now = Date().timeIntervalSince1970
        guard
            let issuedAt = self.claims["iat"]?.doubleValue, let expiresAt = self.claims["exp"]?.doubleValue,
            expiresAt > now - Self.clockSkew, issuedAt < now + Self.clockSkew,
            // Some clients set the issue time back, so that the whole lifetime is more than an hour.
            expiresAt <= now + Self.longestLifetime + Self.clockSkew
        else {
            throw AssertionError(
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your "
                    + "iat and exp values in the JWT claim."
            )
        }
    }

    private static func withoutPadding(_ segment: Substring.UTF8View) -> Substring.UTF8View {
        var segment = segment
        for _ in 0..<2 where segment.last == UInt8(ascii: "=") { segment = segment.dropLast() }
        return segment
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
