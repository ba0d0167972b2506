//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

package import OpenSSLSignature

/// What a verifier trusts: an issuer, its keys and algorithm, the headers that carry its tokens, and the rules about them.
///
/// These belong together (RFC 8725 §3.8): a key of one issuer must not verify a token of another. Another kind of token
/// is another profile, not an option of this one. Each kind of profile has one file in this folder.
package final class TrustProfile: Sendable {
    /// The kind of token.
    let kind: Kind
    /// The profile's name in fixture cases and arguments, such as `firebase:my-project`.
    package let name: String
    /// The only accepted signature algorithm (RFC 8725 §3.1).
    package let signatureAlgorithm: SignatureAlgorithm
    /// The accepted spellings of the issuer.
    package let issuers: [String]
    /// The URL of the keys.
    package let keysURL: String
    /// The headers that can carry the token; the first one that a request has is used.
    package let credentialHeaders: [CredentialHeader]
    /// The longest accepted time between `iat` and `exp`, unless the configuration sets another.
    package let maximumLifetime: Duration
    /// The audiences, if the issuer determines them.
    package let audiences: [String]?
    /// Rules about claims that the profile adds to those of every token.
    let rules: ClaimRules

    init(
        kind: Kind,
        name: String,
        signatureAlgorithm: SignatureAlgorithm = .rs256,
        issuers: [String],
        keysURL: String,
        credentialHeaders: [CredentialHeader],
        maximumLifetime: Duration,
        audiences: [String]? = nil,
        rules: ClaimRules = ClaimRules()
    ) {
        self.kind = kind
        self.name = name
        self.signatureAlgorithm = signatureAlgorithm
        self.issuers = issuers
        self.keysURL = keysURL
        self.credentialHeaders = credentialHeaders
        self.maximumLifetime = maximumLifetime
        self.audiences = audiences
        self.rules = rules
    }

    /// The name of the algorithm in headers and keys.
    package var algorithm: String { self.signatureAlgorithm.rawValue }

    /// One of the tokens in words, such as "a Google ID token".
    package var token: String { self.words.token }

    /// The words for the tokens in explanations.
    var words: TokenWords { self.kind.words }

    /// The same profile with other issuers, for fixture cases.
    package func accepting(issuers: [String]) -> TrustProfile {
        TrustProfile(
            kind: self.kind,
            name: self.name,
            signatureAlgorithm: self.signatureAlgorithm,
            issuers: issuers,
            keysURL: self.keysURL,
            credentialHeaders: self.credentialHeaders,
            maximumLifetime: self.maximumLifetime,
            audiences: self.audiences,
            rules: self.rules
        )
    }
}

/// Rules of a profile about claims.
struct ClaimRules: Sendable {
    /// The form of the claim `sub`.
    var subject = SubjectForm.ascii(maximumCount: 255)
    /// Whether a token may be for several audiences, all of which must be accepted.
    var allowsSeveralAudiences = false
    /// Whether the issuer has verified the e-mail address; nil means that the claim `email_verified` says it.
    var isEmailVerified: (@Sendable (_ claims: JSONTape) -> Bool)?
    /// Checks further claims, after the time; throws ``VerificationError``.
    var check: (@Sendable (_ claims: Claims, _ latest: Double) throws(VerificationError) -> Void)?
}

/// The form of the claim `sub`.
enum SubjectForm: Sendable {
    /// A string of ASCII characters (OpenID Connect Core §2).
    case ascii(maximumCount: Int)
    /// A string of any characters, counted as UTF-16 code units.
    case text(maximumCount: Int)

    func allows(_ index: Int?, in tape: JSONTape) -> Bool {
        switch self {
        case .ascii(let count): tape.isASCII(at: index, count: 1...count)
        case .text(let count): tape.string(at: index).map { 1...count ~= $0.utf16.count } ?? false
        }
    }

    /// The form as the end of a sentence.
    var inWords: String {
        switch self {
        case .ascii(let count): "a string of 1 to \(count) ASCII characters"
        case .text(let count): "a string of 1 to \(count) characters"
        }
    }
}
