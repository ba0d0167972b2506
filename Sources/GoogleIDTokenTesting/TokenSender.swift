//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// The service or user that requested a token from Google, which decides the token's claims.
///
/// The claims are those of tokens that Google documents or that others have published. For a sender without a published
/// token, they are those of the Google service that issues its tokens.
@nonexhaustive
public enum TokenSender: String, Sendable, CaseIterable {
    /// A virtual machine's metadata server with `format=full`: the claim `google` describes the machine.
    case metadataServer
    /// A virtual machine's metadata server with `format=standard`: the tokens have no e-mail address.
    case metadataServerStandard
    /// The metadata server of Cloud Run and of Cloud Functions.
    case cloudRun
    /// `generateIdToken` of IAM Credentials with `includeEmail`.
    case generateIDToken
    /// `generateIdToken` of IAM Credentials without `includeEmail`, its default.
    case generateIDTokenWithoutEmail
    /// A service account's key, through the token endpoint with `target_audience`.
    case keyGrant
    /// A push subscription of Pub/Sub.
    case pubSub
    /// A task of Cloud Tasks.
    case cloudTasks
    /// A job of Cloud Scheduler.
    case cloudScheduler
    /// A trigger or pipeline of Eventarc.
    case eventarc
    /// A step of Workflows with `auth: {type: OIDC}`.
    case workflows
    /// A user's `gcloud auth print-identity-token`, whose audience is always the same: see ``fixedAudience``.
    case gcloudUser
    /// A user who signed in to a web application, whose client ID is the audience.
    case signInWithGoogle

    /// The audience of every token of this sender, or nil if the sender chooses it.
    public var fixedAudience: String? {
        self == .gcloudUser ? KnownToken.gcloudAudience : nil
    }

    /// Returns the claims in Google's order, without the issuer and the times, which all tokens have.
    func claims(
        _ caller: TestCaller,
        audience: String,
        machine: TestMachine
    ) -> [(name: String, value: IDTokenJSON)] {
        let audience = self.fixedAudience ?? audience
        var claims: [(name: String, value: IDTokenJSON)] = [("aud", .string(audience))]
        claims.append(("azp", .string(self.authorizedParty(caller, audience: audience))))
        claims.append(("sub", .string(caller.subject)))
        if self.tellsEmail {
            claims.append(("email", .string(caller.email)))
            claims.append(("email_verified", .bool(true)))
        }
        switch self {
        case .metadataServer: claims.append(("google", machine.claim))
        case .gcloudUser, .signInWithGoogle:
            if let domain = caller.hostedDomain { claims.append(("hd", .string(domain))) }
            claims.append(("at_hash", .string("KtBkbh5uu7eVJpFAZIsfQQ")))
        default: break
        }
        return claims
    }

    private var tellsEmail: Bool {
        self != .metadataServerStandard && self != .generateIDTokenWithoutEmail
    }

    private func authorizedParty(_ caller: TestCaller, audience: String) -> String {
        switch self {
        case .keyGrant: caller.email
        case .gcloudUser, .signInWithGoogle: audience
        default: caller.subject
        }
    }
}
