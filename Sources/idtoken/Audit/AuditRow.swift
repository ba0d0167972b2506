//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import FoundationEssentials
internal import GoogleIDToken

/// The content of a row, without the number and the place of the record.
struct AuditRow: Sendable {
    enum Verdict: String, Sendable, CaseIterable {
        case verified
        case rejected
        case forbidden
        case undecided
        /// The record contains no credential.
        case none
        /// The record is malformed or too large.
        case unreadable
    }

    var verdict: Verdict
    /// The verifier's code, or the audit's own; empty if verified.
    var code = ""
    /// The verified e-mail address, else `subject:` with the subject; empty unless the signature held.
    var caller = ""
    var subject = ""
    var audiences: [String] = []
    /// In seconds since 1970.
    var issuedAt: Double?
    /// In seconds since 1970.
    var expiresAt: Double?
    /// The key that the token names; it is shown even if the signature was not verified.
    var keyID = ""
    /// The time at which it is judged, in words.
    var judged = ""
    /// The first 16 digits of the token's SHA-256, which identify it.
    var token = ""
    var explanation = ""

    /// Takes over the claims of a verified token.
    mutating func take(_ token: VerifiedIDToken) {
        self.keyID = token.keyID ?? ""
        self.audiences = token.audiences
        self.issuedAt = token.issuedAt.timeIntervalSince1970
        self.expiresAt = token.expiresAt.timeIntervalSince1970
        self.name(subject: token.subject, email: token.isEmailVerified ? token.email : nil)
    }

    /// Takes over the claims of a token that has a valid signature and was refused for another reason.
    mutating func take(claims: [IDTokenJSON.Member]) {
        let isVerified = claims["email_verified"]?.boolValue == true
        self.name(
            subject: claims["sub"]?.stringValue ?? "",
            email: isVerified ? claims["email"]?.stringValue : nil
        )
        switch claims["aud"] {
        case .string(let audience): self.audiences = [audience]
        case .array(let audiences): self.audiences = audiences.compactMap(\.stringValue)
        default: break
        }
        self.issuedAt = claims["iat"]?.doubleValue
        self.expiresAt = claims["exp"]?.doubleValue
    }

    private mutating func name(subject: String, email: String?) {
        self.subject = subject
        self.caller = email ?? (subject.isEmpty ? "" : "subject:\(subject)")
    }
}
#endif
