//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// What to do with a token whose signature Google has replaced by `SIGNATURE_REMOVED_BY_GOOGLE`.
///
/// Cloud Run does that to the header that its own access check consumed, so that a service cannot use its caller's
/// token elsewhere. See [Troubleshooting](https://cloud.google.com/run/docs/troubleshooting#signature-removed).
@nonexhaustive
public enum RemovedSignaturePolicy: String, Sendable, CaseIterable {
    /// Reject it and say what to do.
    case reject
    /// Go on to `Authorization`, if `X-Serverless-Authorization` had it; that must verify in full.
    case verifyAuthorizationInstead
    /// Believe the claims, because Cloud Run has checked the token before it removed the signature.
    ///
    /// - Important: Only for a service on Cloud Run that requires authentication. Anywhere else anyone can send such a
    ///   token. The result's ``VerifiedIDToken/assurance`` is then ``Assurance/cloudRunIAM``.
    case trustCloudRun
}

extension VerificationError {
    /// The error for a removed signature in a header, or in a token that was given without a request.
    static func signatureRemoved(in header: CredentialHeader?) -> VerificationError {
        guard let header else {
            return VerificationError(
                .signatureRemoved,
                "Cloud Run has removed the token's signature after its own check; capture the token before Cloud Run, "
                    + "or verify the whole request's headers."
            )
        }
        let remedy =
            switch header {
            case .xServerlessAuthorization: "have the caller send a token for this service in Authorization as well"
            case .authorization:
                "have the caller send the token for Cloud Run in X-Serverless-Authorization and one for this service "
                    + "in Authorization"
            }
        return VerificationError(
            .signatureRemoved,
            "\(header.rawValue) carries a token whose signature Cloud Run has removed after its own check; \(remedy), "
                + "with .verifyAuthorizationInstead as Configuration.removedSignature; or, if the service requires "
                + "authentication, choose .trustCloudRun."
        )
    }
}
