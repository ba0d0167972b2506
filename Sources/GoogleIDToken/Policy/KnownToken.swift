//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Issuers and audiences of tokens that callers often send, and that Google has fixed.
package enum KnownToken {
    /// The issuer of Google ID tokens; older ones have it without `https://`.
    package static let googleIssuer = "https://accounts.google.com"
    /// The beginning of the issuer of a Firebase or Identity Platform token; the project's ID follows.
    package static let firebaseIssuerPrefix = "https://securetoken.google.com/"
    /// The issuer of an assertion of Identity-Aware Proxy.
    package static let identityAwareProxyIssuer = "https://cloud.google.com/iap"
    /// The issuer of a token that Google Chat signs for a project number.
    package static let chatIssuer = "chat@system.gserviceaccount.com"

    /// The audience of the tokens of every gcloud user: the client ID of gcloud.
    package static let gcloudAudience = "32555940559.apps.googleusercontent.com"
    /// The audience of tokens of a user's application default credentials: the client ID that gcloud uses for them.
    package static let userCredentialsAudience =
        "764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com"
}
