//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import GoogleIDToken

extension ServerAnswer {
    /// The longest accepted token, in bytes, as of a verifier.
    static let longestToken = 16 * 1024
    /// The longest time to the expiry of a token, in seconds; Google's are valid for an hour.
    static let longestLife = 7.0 * 86_400

    /// Takes an ID token from the response only if it can be one for the audience, and has not expired.
    ///
    /// Its signature is not verified: it comes from Google over TLS or from the metadata server, and the receiver verifies it.
    ///
    /// - Parameters:
    ///   - text: The token, or nil if the response has none.
    ///   - audience: The audience that was asked for.
    /// - Returns: The token.
    /// - Throws: ``IDTokenCredentialsError`` with `answer_invalid`, `audience_mismatch` or `token_expired`.
    func idToken(_ text: String?, for audience: String) throws(IDTokenCredentialsError) -> FetchedToken {
        guard let text, let token = try? CompactToken(parsing: text, maximumSize: Self.longestToken) else {
            throw self.invalid("contains no ID token\(self.likeness)")
        }
        guard
            !token.isSignatureRemoved, let claims = (try? JSONReader.read(token.payload))?.objectValue,
            let expiresAt = claims["exp"]?.doubleValue, expiresAt - self.now <= Self.longestLife
        else { throw self.invalid("contains a token without readable claims or without a usable exp") }
        let audiences = claims["aud"].map { $0.stringValue.map { [$0] } ?? $0.stringsValue ?? [] } ?? []
        guard audiences.count == 1, let found = audiences.first, found.isExactly(audience) else {
            throw IDTokenCredentialsError(
                .audienceMismatch,
                "The response to \(self.target) contains a token for another audience than "
                    + "\(audience.quotedForOperators), so that the receiver would refuse it. Check that no cache or proxy "
                    + "responds in the server's place."
            )
        }
        let life = expiresAt - (claims["iat"]?.doubleValue ?? self.now)
        let offset = if case .offset(let offset)? = self.clock { offset.inSeconds } else { 0.0 }
        let fetched = FetchedToken(text, expiresAt: expiresAt, life: life, clockOffset: offset)
        guard self.now < fetched.usableUntil else {
            throw IDTokenCredentialsError(
                .tokenExpired,
                "The response to \(self.target) contains a token that expired "
                    + "\(durationInWords(seconds: self.now - fetched.usableUntil)) ago."
                    + (self.clockOffset.words.isEmpty ? " Check this machine's clock." : self.clockOffset.words),
                isTransient: true
            )
        }
        return fetched
    }

    /// Takes an access token from the response (RFC 6749 §5.1).
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `answer_invalid`.
    func accessToken() throws(IDTokenCredentialsError) -> FetchedToken {
        let members = try self.object()
        guard let text = members["access_token"]?.stringValue, Self.isAccessToken(text) else {
            throw self.invalid("contains no access_token\(self.likeness)")
        }
        // Some servers send the number as a string.
        let seconds = members["expires_in"].flatMap { $0.doubleValue ?? $0.stringValue.flatMap { Double($0) } }
        guard let seconds, seconds > 0, seconds <= Self.longestLife else {
            throw self.invalid("contains no usable expires_in")
        }
        return FetchedToken(text, expiresAt: self.now + seconds, life: seconds)
    }

    /// Takes an access token of the IAM Credentials API from the response, which states the time of its expiry (RFC 3339).
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `answer_invalid`.
    func accessTokenWithExpireTime() throws(IDTokenCredentialsError) -> FetchedToken {
        let members = try self.object()
        guard let text = members["accessToken"]?.stringValue, Self.isAccessToken(text) else {
            throw self.invalid("contains no accessToken\(self.likeness)")
        }
        // A fraction of a second does not matter.
        let time = members["expireTime"]?.stringValue?.utf8.prefix(40)
            .prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "Z") }
        guard
            let time, let date = try? Date("\(String(Substring(time)))Z", strategy: .iso8601),
            case let seconds = date.timeIntervalSince1970 - self.now, seconds > 0, seconds <= Self.longestLife
        else { throw self.invalid("contains no usable expireTime") }
        return FetchedToken(text, expiresAt: date.timeIntervalSince1970, life: seconds)
    }

    /// Whether a text can be sent as a bearer token: not empty, without white space, control characters and non-ASCII.
    static func isAccessToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= Self.longestToken && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    }
}
