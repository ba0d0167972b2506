//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

/// A caller whose identity is established: the claims of a token that passed every check; ``assurance`` tells whether that
/// was by its signature.
///
/// Only ``IDTokenVerifier`` makes one.
public struct VerifiedIDToken: Sendable {
    /// What vouches for the claims.
    public let assurance: Assurance
    /// The header that carried the token, or nil if it was given without a request.
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

    /// The issuer, the claim `iss`.
    public var issuer: String {
        self.claims.issuer ?? ""
    }

    /// For whom the token was minted, the claim `aud`: each is one of the verifier's audiences.
    public var audiences: [String] {
        self.claims.audience ?? []
    }

    /// The caller's unique ID, the claim `sub`: it stays when an account is renamed and is never used again.
    public var subject: String {
        self.claims.subject
    }

    /// The caller's e-mail address, the claim `email`, or nil if the token carries none.
    ///
    /// - Important: Where the caller policy does not name service accounts, look at ``isEmailVerified`` too.
    public var email: String? {
        self.claims.email
    }

    /// Whether Google has verified the e-mail address, the claim `email_verified`.
    public var isEmailVerified: Bool {
        self.claims.isEmailVerified
    }

    /// The Google Workspace domain of a user, the claim `hd`; service accounts have none.
    public var hostedDomain: String? {
        self.claims.hostedDomain
    }

    /// When the token was issued, the claim `iat`.
    public var issuedAt: Date {
        Date(timeIntervalSince1970: self.claims.issuedAt)
    }

    /// When the token expires, the claim `exp`.
    public var expiresAt: Date {
        Date(timeIntervalSince1970: self.claims.expiresAt)
    }

    /// What Google says about the caller's machine and organisation, the claim `google`.
    public var google: GoogleClaim? {
        self.claim("google")?.objectValue.map { GoogleClaim($0) }
    }

    /// Any claim by its name in the token.
    ///
    /// - Parameter name: The name, such as `azp`; compared byte by byte.
    /// - Returns: The claim, or nil if the token has none of that name.
    public func claim(_ name: String) -> JSONValue? {
        let tape = self.claims.tape
        return tape.member(name, of: 0).map { tape.value(at: $0) }
    }

    /// All claims as they stand in the token.
    package var allClaims: JSONValue {
        self.claims.tape.value()
    }

    /// All claims as a type of one's own; a `Date` in it is read as seconds since 1970 (RFC 7519 §2).
    ///
    /// Names are compared as `String` compares them, by canonical equivalence: "K" and the Kelvin sign are one name here,
    /// while ``claim(_:)`` compares bytes. Claims in which an object has two such names are not decoded, since one of the
    /// two would be lost; nor are those with a name beyond ASCII of more than 128 bytes.
    ///
    /// - Parameter type: A type whose coding keys are the claims' names in the token.
    /// - Returns: The claims.
    /// - Throws: `DecodingError` if the claims do not fit the type, or are not decoded because of their names.
    public func claims<Value: Decodable>(as type: Value.Type) throws -> Value {
        guard !self.claims.tape.hasConfusableNames else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: [],
                    debugDescription: "Two names in one object of the claims differ only in how Unicode spells them, "
                        + "or a name beyond ASCII is longer than 128 bytes."
                )
            )
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        return try decoder.decode(type, from: Data(self.claims.tape.bytes))
    }
}

/// What vouches for the claims of a token.
@nonexhaustive
public enum Assurance: String, Sendable, CaseIterable {
    /// Google's signature.
    case signature
    /// Cloud Run's own access check, which removed the signature; see ``RemovedSignaturePolicy/trustCloudRun`` and
    /// ``RemovedSignaturePolicy/trustCloudRunInEitherHeader``.
    case cloudRunIAM
}
