//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import GoogleIDToken

/// The one thing that is wrong with a token which is valid otherwise.
@nonexhaustive
public enum TokenDefect: String, Sendable, CaseIterable {
    /// It was valid until an hour ago.
    case expired
    /// It will be issued in an hour.
    case issuedInFuture
    /// It has the claim `nbf`, half an hour from now.
    case notYetValid
    /// It is valid for two days.
    case lifetimeTooLong
    /// It is for another service.
    case wrongAudience
    /// Its audience has one slash more at its end.
    case audienceWithSlash
    /// It is from another issuer, though Google's key signed it.
    case wrongIssuer
    /// Its claims were changed after it was signed.
    case tampered
    /// The last bytes of its signature are missing.
    case signatureCut
    /// Cloud Run has replaced the signature by `SIGNATURE_REMOVED_BY_GOOGLE`.
    case signatureRemoved
    /// It ends with the second dot.
    case signatureMissing
    /// Another key signed it, under the right key's ID.
    case otherKey
    /// Another key signed it, under an ID that no key set has.
    case unknownKey
    /// It does not name its key.
    case keyIDMissing
    /// Its header says that it is signed with HS256, a secret that both sides share.
    case otherAlgorithm
    /// Its header says that it is not signed at all: `none`.
    case noAlgorithm
    /// Its header names an extension that must be understood (RFC 7515 §4.1.11).
    case criticalExtension
    /// It has the claim `aud` twice.
    case claimTwice
    /// It has no claim `sub`.
    case subjectMissing
    /// It has no e-mail address; only policies that name service accounts mind.
    case emailMissing
    /// Its e-mail address is not verified; only policies that name service accounts mind.
    case emailNotVerified
    /// It names another caller; policies that allow anybody do not mind.
    case otherCaller

    /// What a verifier with its usual configuration says of the token, if its caller policy names one service account.
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
