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
    ///   ``VerifiedIDToken/assurance`` is then ``VerifiedIDToken.Assurance/cloudRunIAM``.
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
