//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import Glibc
internal import GoogleIDToken
internal import GoogleIDTokenCredentials
internal import GoogleIDTokenTesting
internal import TestSupport
internal import Testing

/// The public surface, in a process of its own with the environment of a container on Google Cloud.
@Suite("Caller and receiver", .serialized, .timeLimit(.minutes(5)))
struct EndToEndTests {
    @Test("a token from the metadata server is accepted by the verifier of its audience")
    func accepted() async {
        await #expect(processExitsWith: .success) {
            let audience = "https://profiles-123456.europe-west1.run.app"
            let issuer = try TestIssuer()
            let token = try issuer.token(for: audience)
            let server = try LoopbackServer { _ in .text(token, fields: [("Metadata-Flavor", "Google")]) }
            unsafe setenv("GCE_METADATA_HOST", "127.0.0.1:\(server.port)", 1)
            unsafe setenv("HOME", "/nothing", 1)
            for name in ["GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG"] { unsafe unsetenv(name) }

            let credentials = try IDTokenCredentials.applicationDefault()
            let header = try await credentials.header(forRequestTo: "\(audience)/users/42")
            let verifier = try IDTokenVerifier(
                audience: audience,
                callers: .serviceAccounts(TestCaller.serviceAccount.email),
                keys: issuer.keys
            )
            let caller = try await verifier.verify(headers: [header.name: header.value])
            #expect(caller.email == TestCaller.serviceAccount.email)
            #expect(try await credentials.token(for: audience).expiresAt == caller.expiresAt)
            #expect(server.requestCount == 1)
        }
    }

    @Test("an impersonation with access tokens of the application sends nothing before the first token")
    func impersonation() throws {
        let credentials = try IDTokenCredentials.impersonating(
            "login@my-project.iam.gserviceaccount.com",
            with: .closure { "token" }
        )
        #expect(
            credentials.health.source
                == "service account login@my-project.iam.gserviceaccount.com, impersonated with access tokens of the application"
        )
        #expect(throws: IDTokenCredentialsError.self) {
            try IDTokenCredentials.impersonating("login@my-project", with: .closure { "" }, quotaProject: "a\nb")
        }
    }
}
