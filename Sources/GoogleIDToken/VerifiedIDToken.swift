//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

/// The identity of a caller: the claims of a token that passed every check.
///
/// Only ``IDTokenVerifier`` creates it. ``assurance`` says whether the signature was verified.
public struct VerifiedIDToken: Sendable {
    /// What confirms the claims.
    public let assurance: Assurance
    /// The header that carried the token, or nil if the token was given without a request.
    public let credentialHeader: CredentialHeader?
    /// The ID of the key that signed the token, or nil if the signature was removed.
    public let keyID: String?
    let claims: Claims

    init(
        assurance: Assurance,
        credentialHeader: CredentialHeader?,
        keyID: String?,
        claims: Claims
    ) {
        self.assurance = assurance
        self.credentialHeader = credentialHeader
        self.keyID = keyID
        self.claims = claims
    }

    /// The issuer (claim `iss`).
    public var issuer: String {
        self.claims.issuer ?? ""
    }

    /// The audiences of the token (claim `aud`), each of which is one of the verifier's audiences.
    public var audiences: [String] {
        self.claims.audience ?? []
    }

    /// The caller's unique ID (claim `sub`), which does not change when the account is renamed and is never reused.
    ///
    /// It is a number for ID tokens, begins with the user's directory for Identity-Aware Proxy
    /// (`accounts.google.com:1040…`), is the user's ID for Firebase, and a SPIFFE ID for agents.
    public var subject: String {
        self.claims.subject
    }

    /// The caller's e-mail address (claim `email`), or nil if the token has none.
    ///
    /// - Important: If the caller policy does not name service accounts or users, check ``isEmailVerified`` too.
    public var email: String? {
        self.claims.email
    }

    /// Whether Google has verified the e-mail address (claim `email_verified`; for Identity-Aware Proxy see
    /// <doc:OtherIssuers>).
    public var isEmailVerified: Bool {
        self.claims.isEmailVerified
    }

    /// The Google Workspace domain of a user (claim `hd`); nil for service accounts.
    public var hostedDomain: String? {
        self.claims.hostedDomain
    }

    /// The time at which the token was issued (claim `iat`).
    public var issuedAt: Date {
        Date(timeIntervalSince1970: self.claims.issuedAt)
    }

    /// The time at which the token expires (claim `exp`).
    public var expiresAt: Date {
        Date(timeIntervalSince1970: self.claims.expiresAt)
    }

    /// The details of the caller's machine and organisation (claim `google`).
    public var google: GoogleClaim? {
        self.claim("google")?.objectValue.map { GoogleClaim($0) }
    }

    /// Returns a claim by its name.
    ///
    /// - Parameter name: The name, such as `azp`; it is compared byte by byte.
    /// - Returns: The claim, or nil if the token has no claim with that name.
    public func claim(_ name: String) -> IDTokenJSON? {
        let tape = self.claims.tape
        return tape.member(name, of: 0).map { tape.value(at: $0) }
    }

    /// All claims of the token.
    package var allClaims: IDTokenJSON {
        self.claims.tape.value()
    }

    /// Decodes all claims as a type of the application; a `Date` is decoded from seconds since 1970 (RFC 7519 §2).
    ///
    /// `Decodable` compares names as `String` does, by canonical equivalence: it treats "K" and the Kelvin sign as one
    /// name, whereas ``claim(_:)`` compares bytes. This method therefore throws if an object in the claims has two such
    /// names, since one of the two would be lost, or a non-ASCII name of more than 128 bytes.
    ///
    /// - Parameter type: A type whose coding keys are the claims' names in the token.
    /// - Returns: The claims.
    /// - Throws: `DecodingError` if the claims do not match the type, or if their names are ambiguous as described
    ///   above.
    public func claims<Value: Decodable>(as type: Value.Type) throws -> Value {
        guard !self.claims.tape.hasConfusableNames else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: [],
                    debugDescription: "Two names in one object of the claims are equal by canonical equivalence, "
                        + "or a non-ASCII name is longer than 128 bytes."
                )
            )
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        return try decoder.decode(type, from: Data(self.claims.tape.bytes))
    }
}

extension VerifiedIDToken {
    /// What confirms the claims of a token.
    @nonexhaustive
    public enum Assurance: String, Sendable, CaseIterable {
        /// Google's signature, which was verified.
        case signature
        /// The access check of Cloud Run, which removed the signature; see ``RemovedSignaturePolicy/trustCloudRun`` and
        /// ``RemovedSignaturePolicy/trustCloudRunInEitherHeader``.
        case cloudRunIAM
    }
}
