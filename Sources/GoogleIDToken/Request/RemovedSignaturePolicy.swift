//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// How a verifier handles a token whose signature Google has replaced by `SIGNATURE_REMOVED_BY_GOOGLE`.
///
/// Cloud Run replaces the signature in the header that its own access check used, so that a service cannot use its
/// caller's token elsewhere. See
/// [Troubleshooting](https://cloud.google.com/run/docs/troubleshooting#signature-removed).
@nonexhaustive
public enum RemovedSignaturePolicy: String, Sendable, CaseIterable {
    /// Rejects the token.
    case reject
    /// Verifies the token in `Authorization` in full, if the signature in `X-Serverless-Authorization` was removed.
    case verifyAuthorizationInstead
    /// Accepts the claims of a token in `X-Serverless-Authorization`, because Cloud Run's access check accepted it and
    /// then removed the signature.
    ///
    /// - Important: Choose this only for a service on Cloud Run whose invoker check is enabled and that has neither
    ///   `allUsers` nor `allAuthenticatedUsers` among its invokers. Anywhere else, anyone can forge such a token. The
    ///   result's ``VerifiedIDToken/assurance`` is then ``VerifiedIDToken/Assurance/cloudRunIAM``.
    case trustCloudRun
    /// Accepts the claims of a token in `Authorization` as well, where first-generation Cloud Functions remove the
    /// signature.
    ///
    /// - Important: The function must meet the conditions of ``trustCloudRun``. Cloud Run passes `Authorization` on
    ///   unchanged, so that on Cloud Run such a token in this header may be forged.
    case trustCloudRunInEitherHeader

    /// Whether the policy accepts a token without a signature in a header.
    func trustsMark(in header: CredentialHeader) -> Bool {
        switch self {
        case .reject, .verifyAuthorizationInstead: false
        case .trustCloudRun: header == .xServerlessAuthorization
        case .trustCloudRunInEitherHeader: header.hasScheme
        }
    }
}
