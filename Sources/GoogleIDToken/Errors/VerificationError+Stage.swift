//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension VerificationError {
    /// The effect of the error on the request.
    public var disposition: Disposition {
        switch self.code.stage {
        case .credential, .token, .header, .key, .signature, .claims, .issuer, .audience, .time: .rejected
        case .caller: .forbidden
        case .keyFetch: .undecided
        case .cancellation: .cancelled
        }
    }
}

extension VerificationError.Code {
    /// A step of the verification.
    package enum Stage: String, Sendable, CaseIterable {
        case credential, token, header, key, signature, claims, issuer, audience, time, caller
        /// No keys are available, so the verification cannot continue.
        case keyFetch
        case cancellation

        /// The step's name in metrics and log lines.
        package var label: String {
            self == .keyFetch ? "key_fetch" : self.rawValue
        }

        /// Whether the signature has been verified before this step.
        package var isAfterSignature: Bool {
            switch self {
            case .credential, .token, .header, .key, .signature, .keyFetch, .cancellation: false
            case .claims, .issuer, .audience, .time, .caller: true
            }
        }
    }

    /// The step that fails with this code.
    package var stage: Stage {
        switch self {
        case .credentialsMissing, .credentialsAmbiguous, .credentialsMalformed: .credential
        case .tokenTooLarge, .tokenMalformed, .signatureRemoved: .token
        case .headerMalformed, .algorithmUnsupported, .headerUnsupported: .header
        case .keyIDMissing, .keyUnknown: .key
        case .signatureInvalid: .signature
        case .claimsMalformed, .confirmationFailed: .claims
        case .issuerMismatch: .issuer
        case .audienceMismatch: .audience
        case .tokenExpired, .issuedInFuture, .tokenNotYetValid, .lifetimeTooLong: .time
        case .emailMissing, .emailNotVerified, .callerNotAllowed: .caller
        case .keysUnavailable: .keyFetch
        case .cancelled: .cancellation
        }
    }
}
