//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GRPCCore
internal import GoogleIDToken
internal import GoogleIDTokenGRPC
internal import GoogleIDTokenTesting
internal import IDTokenPlatform
internal import Testing

/// A real gRPC server over HTTP/2 whose callers have Google ID tokens or come through Identity-Aware Proxy.
@Suite("gRPC server interceptor: several issuers", .serialized, .timeLimit(.minutes(5)))
struct SeveralIssuersTests {
    private static let audience = "https://service.example.com"
    private static let resource = IdentityAwareProxyAudience.appEngine(project: 123456, id: "my-project")

    @Test(
        "the metadata choose the verifier, two credentials are an error, and refusals are events of the verifier that judged"
    )
    func chosenByMetadata() async throws {
        let (proxy, google) = (try TestTrustedIssuer(.identityAwareProxy), try TestIssuer())
        let refusals = Lock<[String]>([])
        func configuration(_ name: String) -> IDTokenVerifier.Configuration {
            var configuration = IDTokenVerifier.Configuration()
            configuration.onEvent = { event in
                guard case .refused(let error, _) = event else { return }
                refusals.withLock { $0.append("\(name): \(error.code.rawValue)") }
            }
            return configuration
        }
        let verifiers = try IDTokenVerifiers(
            try IDTokenVerifier(
                trusting: .identityAwareProxy,
                audience: Self.resource,
                callers: .anyCaller,
                keys: proxy.keys,
                configuration: configuration("users")
            ),
            try IDTokenVerifier(
                audience: Self.audience,
                callers: .anyGoogleIdentity,
                keys: google.keys,
                configuration: configuration("services")
            )
        )
        let assertion = Field("x-goog-iap-jwt-assertion", try proxy.token(for: Self.resource))
        let bearer = Field("authorization", "Bearer \(try google.token(for: Self.audience))")
        let interceptor = try IDTokenServerInterceptor(verifiers, rules: ProfilesService.rules)
        try await GuardedServer.run([.apply(interceptor, to: .all)]) { guarded in
            try await guarded.expect(
                ProfilesService.get,
                [assertion],
                is: "user@example.com by X-Goog-IAP-JWT-Assertion"
            )
            try await guarded.expect(
                ProfilesService.get,
                [bearer],
                is: "\(TestCaller.serviceAccount.email) by Authorization"
            )
            try await guarded.expect(ProfilesService.get, [assertion, bearer], is: CallCase.ambiguous)
            try await guarded.expect(ProfilesService.get, is: CallCase.required)
            // The rule of this method allows one account alone.
            try await guarded.expect(ProfilesService.delete, [assertion], is: CallCase.forbidden)
            try await guarded.expect(ProfilesService.delete, [bearer], is: CallCase.forbidden)
        }
        #expect(
            refusals.withLock { $0 } == [
                "users: credentials_ambiguous", "services: credentials_missing", "users: caller_not_allowed",
                "services: caller_not_allowed",
            ]
        )
    }
}
#endif
