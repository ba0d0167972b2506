//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// What kind of token it looks like, by what it says of itself.
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
    case unknown = "not one of Google's that are known"

    init(claims: [IDTokenJSON.Member]?) {
        let issuer = claims?["iss"]?.stringValue ?? ""
        let audience = claims?["aud"]?.stringValue
        let email = claims?["email"]?.stringValue
        switch issuer {
        case "https://cloud.google.com/iap": self = .identityAwareProxy
        case _ where issuer.hasPrefix("https://securetoken.google.com/"): self = .firebase
        case "chat@system.gserviceaccount.com": self = .chat
        case _ where issuer.hasSuffix(".gserviceaccount.com"): self = .selfSigned
        case "https://accounts.google.com", "accounts.google.com":
            switch audience {
            case "32555940559.apps.googleusercontent.com": self = .gcloudUser
            case "764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com": self = .userCredentials
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
