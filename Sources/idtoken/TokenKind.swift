//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// The kind that a token seems to be, judged by its claims, which may be forged.
enum TokenKind: String {
    case metadataServer = "Google ID token of a service account, from the metadata server with format=full"
    case serviceAccount = "Google ID token of a service account"
    case withoutEmail = "Google ID token without an e-mail address (metadata server, or generateIdToken)"
    case gcloudUser = "Google ID token of a gcloud user, the same for every service"
    case userCredentials = "Google ID token of a user's application default credentials"
    case user = "Google ID token of a user"
    case identityAwareProxy = "assertion of Identity-Aware Proxy"
    case firebase = "Firebase or Identity Platform token"
    case chat = "Google Chat token for a project number"
    case selfSigned = "JWT that a service account signed itself"
    case unknown = "not one of Google's known kinds of token"

    init(claims: [IDTokenJSON.Member]?) {
        let issuer = claims?["iss"]?.stringValue ?? ""
        let audience = claims?["aud"]?.stringValue
        let email = claims?["email"]?.stringValue
        switch issuer {
        case KnownToken.identityAwareProxyIssuer: self = .identityAwareProxy
        case _ where issuer.hasPrefix(KnownToken.firebaseIssuerPrefix): self = .firebase
        case KnownToken.chatIssuer: self = .chat
        case _ where issuer.hasSuffix(".gserviceaccount.com"): self = .selfSigned
        case KnownToken.googleIssuer, "accounts.google.com":
            switch audience {
            case KnownToken.gcloudAudience: self = .gcloudUser
            case KnownToken.userCredentialsAudience: self = .userCredentials
            default:
                if claims?["google"]?.objectValue?["compute_engine"] != nil {
                    self = .metadataServer
                } else if let email {
                    self = email.hasSuffix(".gserviceaccount.com") ? .serviceAccount : .user
                } else {
                    self = .withoutEmail
                }
            }
        default: self = .unknown
        }
    }
}
#endif
