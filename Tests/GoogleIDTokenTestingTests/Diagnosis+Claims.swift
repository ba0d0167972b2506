//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension Diagnosis {
    /// Mistakes in the audience for which the caller had the token minted.
    static let ofAudiences = [
        ofAudience("the audience has a slash, as in Google's samples", "\(audience)/"),
        ofAudience("the audience has the path of the request", "\(audience)/profile"),
        ofAudience("the audience has another scheme", "http://profiles-123456.europe-west1.run.app"),
        ofAudience("the audience is a custom domain", "https://profiles.example.com"),
        ofAudience("the audience is a traffic tag", "https://next---profiles-123456.europe-west1.run.app"),
        Diagnosis("a user's token of gcloud", "`gcloud auth print-identity-token`") {
            try await Self.message(about: Self.token(from: .gcloudUser, caller: .user))
        },
        Diagnosis("a user's token of application default credentials", "`fetchIdToken` on a developer's machine") {
            let audience = "764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com"
            return try await Self.message(about: Self.token(for: audience, caller: .user))
        },
    ]

    private static func ofAudience(_ mistake: String, _ audience: String) -> Diagnosis {
        Diagnosis(mistake, "a token for `\(audience)`") { try await Self.message(about: Self.token(for: audience)) }
    }

    /// Mistakes in who calls.
    static let ofCallers = [
        Diagnosis("the e-mail address is missing", "the metadata server without `format=full`") {
            try await Self.message(about: Self.token(from: .metadataServerStandard))
        },
        Diagnosis("the e-mail address is missing", "`generateIdToken` without `includeEmail`") {
            try await Self.message(about: Self.token(from: .generateIDTokenWithoutEmail))
        },
        Diagnosis("only the audience might be checked", "a token of another service account") {
            try await Self.message(about: Self.token(caller: .serviceAccount))
        },
        Diagnosis("only the route's policy lists the caller", "`search@`, which the verifier's policy lacks") {
            let search = TestCaller(email: "search@my-project.iam.gserviceaccount.com")
            return try await Self.message(about: Self.token(caller: search))
        },
    ]
}
