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
            "The token is longer than the limit; Google's ID tokens have about 1 KiB. The limit is "
                + "Configuration.maximumTokenSize."
        )
    }

    static var keyIDMissing: VerificationError {
        VerificationError(.keyIDMissing, "The token's header names no key (kid) as text; Google's ID tokens do.")
    }

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

    /// What is wrong with a token whose signature was removed: it quotes no claims, since nobody has signed them.
    static func withoutClaims(_ code: Code) -> VerificationError {
        VerificationError(code, "\(code.descriptionForCallers) Its signature was removed by Cloud Run.")
    }
}
