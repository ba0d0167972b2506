//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import Testing

/// What holds for each kind of token in the table of kinds, so that a new kind needs no test of its own for it.
@Suite("every profile")
struct EveryProfileTests {
    /// The names of one profile for each form of names.
    private static let names = TrustProfile.nameForms.map {
        $0.replacing("PROJECT", with: "my-project").replacing("/N", with: "/123456")
    }

    /// Audiences of which each kind of token can have one.
    private static let audiences = ["https://service.example.com", "/projects/123456/apps/my-project"]

    @Test(
        "it has a name, a test issuer and a header; inspect knows its issuer; its verifier accepts its tokens",
        arguments: names
    )
    func complete(_ name: String) async throws {
        let profile = try TrustProfile.named(name)
        let audience = try #require(
            profile.audiences?.first
                ?? Self.audiences.first { (try? profile.checkAudience($0)) != nil }
        )
        #expect(try TrustProfile.named(profile.name).name == profile.name)
        for issuer in profile.issuers { #expect(TrustProfile.accepting(issuer: issuer)?.name == profile.name) }
        let issuer = try ProfileIssuer(of: profile, key: .first)
        let verifier = try IDTokenVerifier(
            trusting: profile,
            audiences: [audience],
            callers: .anyCaller,
            keys: .document(ProfileIssuer.keyDocument([issuer])),
            configuration: IDTokenVerifier.Configuration()
        )
        let token = try issuer.token(for: audience, caller: .user)
        let caller = try await verifier.verify(headers: [profile.headerField(carrying: token)])
        #expect(caller.audiences == [audience])
        #expect(caller.keyID == issuer.keyID)
    }

    @Test("an issuer that resembles one of the known ones belongs to no profile")
    func resemblingIssuers() {
        let issuers = [
            "", "https://accounts.google.com/", "https://cloud.google.com/iap/", "https://securetoken.google.com/",
            "https://securetoken.google.com/123", "https://securetoken.google.com/a/b",
            "https://session.firebase.google.com/A", "https://sts.googleapis.com/v1/",
            "https://sts.googleapis.com/v1/organizations/1",
            "https://sts.googleapis.com/v1/organizations/1/locations/global/workloadIdentityPools/agents.global.org-2.system.id.goog",
        ]
        for issuer in issuers { #expect(TrustProfile.accepting(issuer: issuer) == nil, "\(issuer)") }
    }
}
