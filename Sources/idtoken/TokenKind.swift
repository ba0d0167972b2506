//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// The kind that a token seems to be, judged by its claims, which may be forged.
struct TokenKind {
    /// The kind in words.
    let words: String
    /// The value of `--issuer` for such tokens; nil if none of Google's issuers that can be verified has the claims.
    let issuerName: String?

    init(claims: [IDTokenJSON.Member]?) {
        let issuer = claims?["iss"]?.stringValue ?? ""
        let profile = TrustProfile.accepting(issuer: issuer)
        self.issuerName = profile?.name
        self.words =
            if profile === TrustProfile.googleIDToken {
                Self.googleIDToken(claims ?? [])
            } else if let profile {
                profile.token
            } else if issuer.isExactly(KnownToken.chatIssuer) {
                "Google Chat token for a project number"
            } else if issuer.isOfServiceAccount {
                "JWT that a service account signed itself"
            } else {
                "not one of Google's known kinds of token"
            }
    }

    /// The sender of a Google ID token, in words.
    private static func googleIDToken(_ claims: [IDTokenJSON.Member]) -> String {
        let audience = claims["aud"]?.stringValue ?? ""
        if audience.isExactly(KnownToken.gcloudAudience) {
            return "Google ID token of a gcloud user, the same for every service"
        }
        if audience.isExactly(KnownToken.userCredentialsAudience) {
            return "Google ID token of a user's application default credentials"
        }
        if claims["google"]?.objectValue?["compute_engine"] != nil {
            return "Google ID token of a service account, from the metadata server with format=full"
        }
        guard let email = claims["email"]?.stringValue else {
            return "Google ID token without an e-mail address (metadata server, or generateIdToken)"
        }
        return email.isOfServiceAccount ? "Google ID token of a service account" : "Google ID token of a user"
    }
}

extension String {
    fileprivate var isOfServiceAccount: Bool {
        self.utf8.suffix(Self.serviceAccountDomain.utf8.count).elementsEqual(Self.serviceAccountDomain.utf8)
    }

    private static let serviceAccountDomain = ".gserviceaccount.com"
}
#endif
