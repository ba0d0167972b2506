//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import GoogleIDToken

/// A single defect of an otherwise valid token.
@nonexhaustive
public enum TokenDefect: String, Sendable, CaseIterable {
    /// It expired an hour ago.
    case expired
    /// Its issue time is an hour in the future.
    case issuedInFuture
    /// Its claim `nbf` is half an hour in the future.
    case notYetValid
    /// It is valid for twice as long as a verifier accepts: a Google ID token for two days.
    case lifetimeTooLong
    /// It is for another service.
    case wrongAudience
    /// Its audience has an additional slash at the end.
    case audienceWithSlash
    /// It is from another issuer, but signed with Google's key.
    case wrongIssuer
    /// Its claims were changed after it was signed.
    case tampered
    /// The last bytes of its signature are missing.
    case signatureCut
    /// Cloud Run has replaced the signature by `SIGNATURE_REMOVED_BY_GOOGLE`.
    case signatureRemoved
    /// Its third segment is empty.
    case signatureMissing
    /// It is signed with another key, but has the right key's ID.
    case otherKey
    /// It is signed with another key, whose ID no key set has.
    case unknownKey
    /// It has no key ID.
    case keyIDMissing
    /// Its header names the algorithm HS256, which uses a shared secret.
    case otherAlgorithm
    /// Its header names the algorithm `none`.
    case noAlgorithm
    /// Its header has a critical extension (RFC 7515 §4.1.11).
    case criticalExtension
    /// It has the claim `aud` twice.
    case claimTwice
    /// It has no claim `sub`.
    case subjectMissing
    /// It has no e-mail address; only policies that name service accounts reject it.
    case emailMissing
    /// Its e-mail address is not verified; only policies that name service accounts reject it.
    case emailNotVerified
    /// It names another caller; policies that allow every caller accept it.
    case otherCaller

    /// The code with which a verifier rejects the token, with default configuration and a policy for one service
    /// account.
    public var expectedCode: VerificationError.Code {
        switch self {
        case .expired: .tokenExpired
        case .issuedInFuture: .issuedInFuture
        case .notYetValid: .tokenNotYetValid
        case .lifetimeTooLong: .lifetimeTooLong
        case .wrongAudience, .audienceWithSlash: .audienceMismatch
        case .wrongIssuer: .issuerMismatch
        case .tampered, .signatureCut, .otherKey: .signatureInvalid
        case .signatureRemoved: .signatureRemoved
        case .signatureMissing: .tokenMalformed
        case .unknownKey: .keyUnknown
        case .keyIDMissing: .keyIDMissing
        case .otherAlgorithm, .noAlgorithm: .algorithmUnsupported
        case .criticalExtension: .headerUnsupported
        case .claimTwice, .subjectMissing: .claimsMalformed
        case .emailMissing: .emailMissing
        case .emailNotVerified: .emailNotVerified
        case .otherCaller: .callerNotAllowed
        }
    }
}
