//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The claims of a token whose signature holds, or, where the platform has vouched for it, was removed.
final class Claims: Sendable {
    /// All of them, as they are written.
    let tape: JSONTape
    /// The claim `iat` in seconds since 1970 (RFC 7519 §4.1.6).
    let issuedAt: Double
    /// The claim `exp` in seconds since 1970 (RFC 7519 §4.1.4).
    let expiresAt: Double
    /// The claim `nbf` in seconds since 1970 (RFC 7519 §4.1.5).
    let notBefore: Double?
    /// Whether the claim `email_verified` is `true`; text that says so is not.
    let isEmailVerified: Bool
    // Text is made when it is asked for: most requests need none, and a remembered token stays small.
    private let issuerIndex: Int?
    private let subjectIndex: Int?
    private let audienceIndex: Int?
    private let emailIndex: Int?
    private let hostedDomainIndex: Int?

    private static let names: InlineArray<9, [UInt8]> = [
        Array("sub".utf8), Array("iat".utf8), Array("exp".utf8), Array("nbf".utf8), Array("email_verified".utf8),
        Array("iss".utf8), Array("aud".utf8), Array("email".utf8), Array("hd".utf8),
    ]

    /// Reads the claims.
    ///
    /// - Parameter payload: The decoded second segment.
    /// - Throws: ``VerificationError`` with `claims_malformed`.
    init(parsing payload: [UInt8]) throws(VerificationError) {
        let tape = try Self.tape(of: payload)
        let indices = tape.members(Self.names, of: 0)
        self.subjectIndex = indices[0]
        guard tape.isASCII(at: self.subjectIndex, count: 1...255) else {
            throw Self.malformed("The claim sub must be text of 1 to 255 ASCII characters.")
        }
        guard let issuedAt = try Self.date("iat", at: indices[1], in: tape) else {
            throw Self.malformed("The claim iat is missing; Google's ID tokens have it.")
        }
        guard let expiresAt = try Self.date("exp", at: indices[2], in: tape) else {
            throw Self.malformed("The claim exp is missing; Google's ID tokens have it.")
        }
        self.notBefore = try Self.date("nbf", at: indices[3], in: tape)
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.isEmailVerified = indices[4].map { tape.kind(at: $0) } == .true
        self.issuerIndex = indices[5]
        self.audienceIndex = indices[6]
        self.emailIndex = indices[7]
        self.hostedDomainIndex = indices[8]
        self.tape = tape
    }

    private static func tape(of payload: [UInt8]) throws(VerificationError) -> JSONTape {
        let underlying: JSONError?
        do throws(JSONError) {
            let tape = try JSONReader.tape(of: payload)
            if tape.kind(at: 0) == .object { return tape }
            underlying = nil
        } catch {
            underlying = error
        }
        throw Self.malformed("The claims are not one complete JSON object with each name once.", underlying)
    }

    private static func date(
        _ name: String,
        at index: Int?,
        in tape: JSONTape
    ) throws(VerificationError) -> Double? {
        guard let index else { return nil }
        guard let seconds = tape.double(at: index) else {
            throw Self.malformed("The claim \(name) must be a number of seconds since 1970.")
        }
        return seconds
    }

    private static func malformed(_ explanation: String, _ underlying: JSONError? = nil) -> VerificationError {
        VerificationError(.claimsMalformed, explanation, underlying: underlying)
    }
}

extension Claims {
    /// The claim `iss`, or nil if it is absent or no text (RFC 7519 §4.1.1).
    var issuer: String? { self.tape.string(at: self.issuerIndex) }

    /// The claim `sub`: text of at most 255 ASCII characters (RFC 7519 §4.1.2, OpenID Connect Core §2).
    var subject: String { self.tape.string(at: self.subjectIndex) ?? "" }

    /// The claim `aud` as a list, or nil if it is absent or not text or texts (RFC 7519 §4.1.3).
    var audience: [String]? {
        guard let index = self.audienceIndex else { return nil }
        return self.tape.string(at: index).map { [$0] } ?? self.tape.value(at: index).stringsValue
    }

    /// The claim `email`, or nil if it is absent or no text.
    var email: String? { self.tape.string(at: self.emailIndex) }

    /// The claim `hd`, or nil if it is absent or no text.
    var hostedDomain: String? { self.tape.string(at: self.hostedDomainIndex) }

    func hasIssuer(in accepted: ExactStrings) -> Bool { self.tape.isString(at: self.issuerIndex, in: accepted) }

    func hasSubject(in accepted: ExactStrings) -> Bool { self.tape.isString(at: self.subjectIndex, in: accepted) }

    /// Whether the claim `aud` is one text, no list, and accepted.
    func hasOneAudience(in accepted: ExactStrings) -> Bool {
        self.tape.isString(at: self.audienceIndex, in: accepted)
    }

    /// Whether the claim `aud` is text, or a list of nothing but texts and of at least one.
    var hasAudience: Bool {
        guard let index = self.audienceIndex else { return false }
        return self.tape.kind(at: index).isString || self.tape.isListOfStrings(at: index)
    }

    /// The first audience that is not accepted, if there is one.
    func audience(notIn accepted: ExactStrings) -> String? {
        guard let index = self.audienceIndex else { return nil }
        let isOne = self.tape.kind(at: index).isString
        return self.tape.string(at: isOne ? index : self.tape.firstString(of: index, notIn: accepted))
    }

    func hasEmail(in accepted: ExactStrings) -> Bool { self.tape.isString(at: self.emailIndex, in: accepted) }

    func hasHostedDomain(in accepted: ExactStrings) -> Bool {
        self.tape.isString(at: self.hostedDomainIndex, in: accepted)
    }
}
