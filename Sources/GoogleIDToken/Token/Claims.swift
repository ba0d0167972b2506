//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The claims of a token whose signature is verified, or was removed and the policy accepts that.
final class Claims: Sendable {
    /// All claims of the token.
    let tape: JSONTape
    /// The claim `iat` in seconds since 1970 (RFC 7519 §4.1.6).
    let issuedAt: Double
    /// The claim `exp` in seconds since 1970 (RFC 7519 §4.1.4).
    let expiresAt: Double
    /// The claim `nbf` in seconds since 1970 (RFC 7519 §4.1.5).
    let notBefore: Double?
    /// Whether the issuer has verified the e-mail address, as the profile says: usually the claim `email_verified` must be
    /// the JSON value `true`; the string "true" does not count.
    let isEmailVerified: Bool
    /// The profile by whose rules the claims are read.
    let profile: TrustProfile
    // Strings are created only on access: most requests need none, and cached tokens stay small.
    private let issuerIndex: Int?
    private let subjectIndex: Int?
    private let audienceIndex: Int?
    private let emailIndex: Int?
    private let hostedDomainIndex: Int?
    private let confirmationIndex: Int?

    private static let names: InlineArray<10, [UInt8]> = [
        Array("sub".utf8), Array("iat".utf8), Array("exp".utf8), Array("nbf".utf8), Array("email_verified".utf8),
        Array("iss".utf8), Array("aud".utf8), Array("email".utf8), Array("hd".utf8),
        Array("cnf".utf8),
    ]

    /// Parses the claims.
    ///
    /// - Parameters:
    ///   - payload: The decoded second segment.
    ///   - profile: The kind of token.
    /// - Throws: ``VerificationError`` with `claims_malformed`.
    init(parsing payload: [UInt8], for profile: TrustProfile) throws(VerificationError) {
        let tape = try Self.tape(of: payload)
        let indices = tape.members(Self.names, of: 0)
        self.subjectIndex = indices[0]
        let subject = profile.rules.subject
        guard subject.allows(self.subjectIndex, in: tape) else {
            throw VerificationError(.claimsMalformed) { "The claim sub is not \(subject.inWords); \($0.remedy)." }
        }
        guard let issuedAt = try Self.date("iat", at: indices[1], in: tape) else { throw Self.missing("iat") }
        guard let expiresAt = try Self.date("exp", at: indices[2], in: tape) else { throw Self.missing("exp") }
        self.notBefore = try Self.date("nbf", at: indices[3], in: tape)
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.isEmailVerified =
            profile.rules.isEmailVerified?(tape) ?? (indices[4].map { tape.kind(at: $0) } == .true)
        self.issuerIndex = indices[5]
        self.audienceIndex = indices[6]
        self.emailIndex = indices[7]
        self.hostedDomainIndex = indices[8]
        self.confirmationIndex = indices[9]
        self.tape = tape
        self.profile = profile
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
        throw VerificationError(.claimsMalformed, underlying: underlying) {
            "The claims are not one complete JSON object with unique names; \($0.remedy)."
        }
    }

    /// Reads a date (RFC 7519 §2).
    ///
    /// - Parameters:
    ///   - name: The claim's name.
    ///   - index: The index of its value.
    ///   - tape: The claims.
    /// - Returns: The seconds since 1970, or nil if there is no such claim.
    /// - Throws: ``VerificationError`` with `claims_malformed`.
    static func date(_ name: String, at index: Int?, in tape: JSONTape) throws(VerificationError) -> Double? {
        guard let index else { return nil }
        guard let seconds = tape.double(at: index) else {
            throw VerificationError(.claimsMalformed) {
                "The claim \(name) is not a number of seconds since 1970; \($0.remedy)."
            }
        }
        return seconds
    }

    /// Creates the error for a claim that every token has.
    static func missing(_ name: String) -> VerificationError {
        VerificationError(.claimsMalformed) { "The claim \(name) is missing; \($0.remedy)." }
    }
}

extension Claims {
    /// The claim `iss`, or nil if it is absent or not a string (RFC 7519 §4.1.1).
    var issuer: String? { self.tape.string(at: self.issuerIndex) }

    /// The claim `sub`: a string of at most 255 ASCII characters (RFC 7519 §4.1.2, OpenID Connect Core §2).
    var subject: String { self.tape.string(at: self.subjectIndex) ?? "" }

    /// The claim `aud` as a list, or nil if it is absent or not a string or a list of strings (RFC 7519 §4.1.3).
    var audience: [String]? {
        guard let index = self.audienceIndex else { return nil }
        return self.tape.string(at: index).map { [$0] } ?? self.tape.value(at: index).stringsValue
    }

    /// The claim `email`, or nil if it is absent or not a string.
    var email: String? { self.tape.string(at: self.emailIndex) }

    /// The claim `hd`, or nil if it is absent or not a string.
    var hostedDomain: String? { self.tape.string(at: self.hostedDomainIndex) }

    /// Whether the token is bound to a key or a certificate (claim `cnf`, RFC 7800 §3.1).
    var isBound: Bool { self.confirmationIndex != nil }

    /// The claim `cnf`, or nil if it is absent.
    var confirmation: IDTokenJSON? { self.confirmationIndex.map { self.tape.value(at: $0) } }

    func hasIssuer(in accepted: ExactStrings) -> Bool { self.tape.isString(at: self.issuerIndex, in: accepted) }

    func hasSubject(in accepted: ExactStrings) -> Bool { self.tape.isString(at: self.subjectIndex, in: accepted) }

    /// Whether the claim `aud` is a single string, not a list, and an accepted audience.
    func hasOneAudience(in accepted: ExactStrings) -> Bool {
        self.tape.isString(at: self.audienceIndex, in: accepted)
    }

    /// Whether the claim `aud` is a string or a non-empty list of strings.
    var hasAudience: Bool {
        guard let index = self.audienceIndex else { return false }
        return self.tape.kind(at: index).isString || self.tape.isListOfStrings(at: index)
    }

    /// Whether the claim `aud` is a list of more than one string.
    var hasSeveralAudiences: Bool {
        guard let index = self.audienceIndex, self.tape.kind(at: index) == .array else { return false }
        return self.tape.end(of: index) - index > 2
    }

    /// Returns the first audience that is not accepted, if there is one.
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
