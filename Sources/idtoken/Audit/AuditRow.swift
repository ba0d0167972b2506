//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import FoundationEssentials
internal import GoogleIDToken
internal import OpenSSLSignature

/// A row: what is known about one token, and about the record that contains it.
///
/// An empty text means unknown.
struct AuditRow: Sendable {
    enum Verdict: String, Sendable, CaseIterable {
        case verified
        case rejected
        /// Nobody can tell: keys are missing, or a part of the token is.
        case undecided
    }

    /// The number of the record, counted from 1 over all files.
    var record = 0
    var file = ""
    /// The line of the file on which the token begins, counted from 1.
    var line = 0
    /// The place in the record, such as `Authorization`.
    var place = ""

    var verdict: Verdict
    /// The verifier's code, or the audit's own; empty if verified.
    var code = ""
    /// The verified e-mail address, else `subject:` with the subject; empty unless the signature holds.
    var caller = ""
    var subject = ""
    var audiences: [String] = []
    /// In seconds since 1970.
    var issuedAt: Double?
    /// In seconds since 1970.
    var expiresAt: Double?
    /// The key that the token names; it is shown even if the signature was not verified.
    var keyID = ""
    /// When the archive saw the key; empty if the keys are not an archive.
    var keyFirstSeen = ""
    var keyLastSeen = ""

    /// The time of the record in seconds since 1970.
    var capturedAt: Double?
    /// Where that time comes from, or why it is unknown.
    var basis = ""
    /// The time at which the token is judged, in words.
    var judged = ""

    /// The method and the target of the request.
    var request = ""
    /// The address of the sender.
    var peer = ""
    /// The first 16 digits of the token's SHA-256, which identify it.
    var token = ""
    /// The values of the fields that `--carry` names.
    var carried: [String?] = []
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
    mutating func take(claims: [IDTokenJSON.Member], hasVerifiedEmail: Bool?) {
        let isVerified = hasVerifiedEmail ?? (claims["email_verified"]?.boolValue == true)
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

extension SHA256Hash {
    /// The first 16 hexadecimal digits of the digest.
    var prefixText: String {
        let digits = String(self.words.0, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
#endif
