//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension VerificationError {
    static var tokenTooLarge: VerificationError {
        VerificationError(
            .tokenTooLarge,
            "The token is longer than Configuration.maximumTokenSize; Google's ID tokens have about 1 KiB. The caller "
                + "must send an ID token, or raise the limit if its tokens carry more claims."
        )
    }

    static var keyIDMissing: VerificationError {
        VerificationError(.keyIDMissing) {
            "The token's header has no key ID (kid) as a string, so Google did not issue it; \($0.remedy)."
        }
    }

    /// Creates the error for a removed signature in a header, or in a token that was given without a request.
    ///
    /// - Parameters:
    ///   - header: The header; nil without a request.
    ///   - request: The request's headers.
    ///   - policy: The verifier's policy, which the explanation does not recommend.
    /// - Returns: The error.
    static func signatureRemoved(
        in header: CredentialHeader?,
        of request: RequestHeaders? = nil,
        under policy: RemovedSignaturePolicy
    ) -> VerificationError {
        guard let header else {
            return VerificationError(
                .signatureRemoved,
                "The token's signature is replaced by the mark that Cloud Run writes after its own access check; "
                    + "capture the token before it reaches Cloud Run, or verify the headers of the whole request."
            )
        }
        if header == .xServerlessAuthorization, let request, request.has(.xGoogIAPJWTAssertion) {
            return VerificationError(
                .signatureRemoved,
                "X-Serverless-Authorization carries a token of Identity-Aware Proxy itself, whose signature Cloud Run always "
                    + "removes, and the user is in X-Goog-IAP-JWT-Assertion: the service is behind Identity-Aware Proxy. "
                    + "To let its users call, \(TokenWords.identityAwareProxy.usage)."
            )
        }
        let (remedies, trust): (String, String?) =
            switch header {
            case .xServerlessAuthorization: (Self.remediesForServerlessHeader(under: policy), ".trustCloudRun")
            case .authorization:
                (
                    Self.remediesForAuthorization(under: policy),
                    ".trustCloudRunInEitherHeader (first-generation functions)"
                )
            case .xGoogIAPJWTAssertion: (Self.remediesForAssertion, nil)
            }
        return VerificationError(
            .signatureRemoved,
            "\(header.rawValue) carries a token whose signature is replaced by the mark that Cloud Run writes after "
                + "its own access check; \(remedies)."
                + (trust.map(Self.warning) ?? "")
        )
    }

    private static func warning(about trust: String) -> String {
        " \(trust) would accept this token, but anyone can write that mark: choose it only if the invoker check is enabled "
            + "and neither allUsers nor allAuthenticatedUsers is an invoker."
    }

    /// The remedies that keep the proof of the signature, the easiest one first.
    private static func remediesForServerlessHeader(under policy: RemovedSignaturePolicy) -> String {
        if policy == .verifyAuthorizationInstead {
            return "the request has no token in Authorization, where this service reads one after such a mark, so have "
                + "the caller send its token there: Cloud Run passes that header on with the signature"
        }
        return "have the caller send its token in Authorization instead, which Cloud Run checks as well and passes on "
            + "with the signature. If callers need both headers, have them send a token for this service in "
            + "Authorization too\(Self.settingPolicy)"
    }

    /// The remedies that keep the proof of the signature, the easiest one first.
    private static func remediesForAuthorization(under policy: RemovedSignaturePolicy) -> String {
        "have the caller request a token of its own, if it passed on one that it received. If this is a "
            + "first-generation function, have the caller send the token for it in X-Serverless-Authorization and one "
            + "for this service in Authorization"
            + (policy == .verifyAuthorizationInstead ? "" : Self.settingPolicy)
    }

    private static let remediesForAssertion =
        "Identity-Aware Proxy never sends such an assertion, so the request came past it; let only Identity-Aware Proxy "
        + "reach this service"

    private static let settingPolicy = ", and set Configuration.removedSignature to .verifyAuthorizationInstead"

    /// Creates an error for a token whose signature was removed; it quotes no claims, since they are unsigned.
    static func withoutClaims(_ code: Code) -> VerificationError {
        VerificationError(code, "\(code.descriptionForCallers) Cloud Run removed its signature.")
    }
}
