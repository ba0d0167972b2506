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
    /// Believe the claims of a token in `X-Serverless-Authorization`, because Cloud Run's own access check let the request
    /// in and then removed the signature.
    ///
    /// - Important: Only for a service on Cloud Run whose invoker check is enabled and that has neither `allUsers` nor
    ///   `allAuthenticatedUsers` among its invokers. Anywhere else anyone can type such a token. The result's
    ///   ``VerifiedIDToken/assurance`` is then ``Assurance/cloudRunIAM``.
    case trustCloudRun
    /// Believe the claims of a token in `Authorization` as well: first-generation Cloud Functions remove the signature there.
    ///
    /// - Important: What ``trustCloudRun`` asks for must hold of the function. Cloud Run leaves `Authorization` as the caller
    ///   wrote it, so a mark there means nothing on Cloud Run.
    case trustCloudRunInEitherHeader

    /// Whether the mark in a header is taken for Cloud Run's word.
    func trustsMark(in header: CredentialHeader) -> Bool {
        switch self {
        case .reject, .verifyAuthorizationInstead: false
        case .trustCloudRun: header == .xServerlessAuthorization
        case .trustCloudRunInEitherHeader: true
        }
    }
}

extension VerificationError {
    /// The error for a removed signature in a header, or in a token that was given without a request.
    static func signatureRemoved(in header: CredentialHeader?) -> VerificationError {
        guard let header else {
            return VerificationError(
                .signatureRemoved,
                "The token looks as if Cloud Run has removed its signature after its own check; capture the token before "
                    + "Cloud Run, or verify the whole request's headers."
            )
        }
        let (remedy, trust) =
            switch header {
            case .xServerlessAuthorization:
                ("have the caller send a token for this service in Authorization as well", ".trustCloudRun")
            case .authorization:
                (
                    "have the caller send the token for Cloud Run in X-Serverless-Authorization and one for this "
                        + "service in Authorization", ".trustCloudRunInEitherHeader (first-generation functions)"
                )
            }
        return VerificationError(
            .signatureRemoved,
            "\(header.rawValue) carries a token that looks as if Cloud Run has removed its signature after its own check; "
                + "\(remedy), with .verifyAuthorizationInstead as Configuration.removedSignature. \(trust) would "
                + "believe it, but anyone can type that mark: choose it only where the invoker check is enabled and neither "
                + "allUsers nor allAuthenticatedUsers is an invoker."
        )
    }
}
