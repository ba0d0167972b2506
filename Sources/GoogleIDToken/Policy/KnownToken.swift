//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Issuers and audiences, fixed by Google, of tokens that callers often send by mistake.
package enum KnownToken {
    /// The issuer of Google ID tokens; older tokens have it without `https://`.
    package static let googleIssuer = "https://accounts.google.com"
    /// The prefix of the issuer of Firebase and Identity Platform tokens; the project's ID follows it.
    package static let firebaseIssuerPrefix = "https://securetoken.google.com/"
    /// The prefix of the issuer of session cookies of Firebase and Identity Platform; the project's ID follows it.
    package static let firebaseSessionIssuerPrefix = "https://session.firebase.google.com/"
    /// The prefix of the issuer of agents' ID tokens; the pool of an organisation or a project follows it.
    package static let agentIssuerPrefix = "https://sts.googleapis.com/v1/"
    /// The issuer of assertions of Identity-Aware Proxy.
    package static let identityAwareProxyIssuer = "https://cloud.google.com/iap"
    /// The issuer of tokens that Google Chat signs for a project number.
    package static let chatIssuer = "chat@system.gserviceaccount.com"

    /// The audience of every gcloud user's tokens: the client ID of gcloud.
    package static let gcloudAudience = "32555940559.apps.googleusercontent.com"
    /// The audience of tokens of a user's application default credentials: the client ID that gcloud uses for them.
    package static let userCredentialsAudience =
        "764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com"
}
