//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The claims of a token whose signature holds, or, where the platform has vouched for it, was removed.
final class Claims: Sendable {
    /// All of them.
    let object: JSONObject
    /// The bytes they were read from.
    let payload: [UInt8]
    /// The claim `iss`, or nil if it is absent or no text (RFC 7519 §4.1.1).
    let issuer: String?
    /// The claim `sub`: text of at most 255 ASCII characters (RFC 7519 §4.1.2, OpenID Connect Core §2).
    let subject: String
    /// The claim `aud` as a list, or nil if it is absent or not text or texts (RFC 7519 §4.1.3).
    let audience: [String]?
    /// The claim `iat` in seconds since 1970 (RFC 7519 §4.1.6).
    let issuedAt: Double
    /// The claim `exp` in seconds since 1970 (RFC 7519 §4.1.4).
    let expiresAt: Double
    /// The claim `nbf` in seconds since 1970 (RFC 7519 §4.1.5).
    let notBefore: Double?
    /// The claim `email`, or nil if it is absent or no text.
    let email: String?
    /// Whether the claim `email_verified` is `true`; text that says so is not.
    let isEmailVerified: Bool
    /// The claim `hd`, or nil if it is absent or no text.
    let hostedDomain: String?

    /// Reads the claims.
    ///
    /// - Parameter payload: The decoded second segment.
    /// - Throws: ``VerificationError`` with `claims_malformed`.
    init(parsing payload: [UInt8]) throws(VerificationError) {
        let object = try Self.object(payload)
        guard
            let subject = object["sub"]?.stringValue,
            1...255 ~= subject.utf8.count,
            subject.utf8.allSatisfy({ $0 < 0x80 })
        else { throw Self.malformed("The claim sub must be text of 1 to 255 ASCII characters.") }
        guard let issuedAt = try Self.date("iat", in: object) else {
            throw Self.malformed("The claim iat is missing; Google's ID tokens have it.")
        }
        guard let expiresAt = try Self.date("exp", in: object) else {
            throw Self.malformed("The claim exp is missing; Google's ID tokens have it.")
        }
        self.notBefore = try Self.date("nbf", in: object)
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.subject = subject
        self.issuer = object["iss"]?.stringValue
        self.audience = Self.audience(object["aud"])
        self.email = object["email"]?.stringValue
        self.isEmailVerified = object["email_verified"]?.boolValue == true
        self.hostedDomain = object["hd"]?.stringValue
        self.object = object
        self.payload = payload
    }

    private static func object(_ payload: [UInt8]) throws(VerificationError) -> JSONObject {
        let underlying: JSONError?
        do throws(JSONError) {
            if case .object(let object) = try JSONReader.read(payload) { return object }
            underlying = nil
        } catch {
            underlying = error
        }
        throw Self.malformed("The claims are not one complete JSON object with each name once.", underlying)
    }

    private static func date(_ name: String, in object: JSONObject) throws(VerificationError) -> Double? {
        guard let value = object[name] else { return nil }
        guard let seconds = value.numberValue?.double else {
            throw Self.malformed("The claim \(name) must be a number of seconds since 1970.")
        }
        return seconds
    }

    private static func audience(_ value: JSONValue?) -> [String]? {
        switch value {
        case .string(let audience): return [audience]
        default: return value?.stringsValue
        }
    }

    private static func malformed(_ explanation: String, _ underlying: JSONError? = nil) -> VerificationError {
        VerificationError(.claimsMalformed, explanation, underlying: underlying)
    }
}
