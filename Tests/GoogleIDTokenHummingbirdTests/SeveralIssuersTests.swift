//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import GoogleIDToken
internal import GoogleIDTokenHummingbird
internal import GoogleIDTokenTesting
internal import Hummingbird
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

/// A Hummingbird server whose users come through Identity-Aware Proxy and whose callers are services, asked by curl.
@Suite("Hummingbird middleware: several issuers", .serialized, .timeLimit(.minutes(5)))
struct SeveralIssuersTests {
    private static let audience = "https://service.example.com"
    private static let resource = IdentityAwareProxyAudience.appEngine(project: 123456, id: "my-project")

    /// The events of each verifier.
    private final class Events: Sendable {
        private let codes = Lock<[String: [String]]>([:])

        func note(_ verifier: String) -> @Sendable (IDTokenVerifier.Event) -> Void {
            { event in
                let code =
                    switch event {
                    case .verified: "verified"
                    case .refused(let error, let verification):
                        "\(error.code.rawValue) at \(verification.route ?? "")"
                    default: ""
                    }
                self.codes.withLock { $0[verifier, default: []].append(code) }
            }
        }

        subscript(_ verifier: String) -> [String] { self.codes.withLock { $0[verifier] ?? [] } }
    }

    private static func verifiers(
        _ proxy: TestTrustedIssuer<IdentityAwareProxyAudience>,
        _ google: TestIssuer,
        _ events: Events
    ) throws -> IDTokenVerifiers {
        var ofUsers = IDTokenVerifier.Configuration()
        ofUsers.onEvent = events.note("users")
        var ofServices = IDTokenVerifier.Configuration()
        ofServices.onEvent = events.note("services")
        return try IDTokenVerifiers(
            try IDTokenVerifier(
                trusting: .identityAwareProxy,
                audience: Self.resource,
                callers: .hostedDomain("example.com"),
                keys: proxy.keys,
                configuration: ofUsers
            ),
            try IDTokenVerifier(
                audience: Self.audience,
                callers: .serviceAccounts(TestCaller.serviceAccount.email),
                keys: google.keys,
                configuration: ofServices
            )
        )
    }

    @Test(
        "the header chooses the verifier, two credentials are an error, and refusals are events of the verifier that judged"
    )
    func chosenByHeader() async throws {
        let (proxy, google, events) = (try TestTrustedIssuer(.identityAwareProxy), try TestIssuer(), Events())
        let router = Router(context: BasicCallerRequestContext.self)
        router.add(middleware: IDTokenMiddleware(try Self.verifiers(proxy, google, events), realm: "profiles"))
        router.get("profiles") { _, context in "Hello, \(context.caller?.email ?? "stranger")" }
        router.get("mine") { _, context in
            try CallerPolicy.subjects("owner").check(context.requireCaller())
            return "yours"
        }
        let user = proxy.headerField(carrying: try proxy.token(for: Self.resource, caller: .user))
        let service = ("Authorization", "Bearer \(try google.token(for: Self.audience))")
        let stranger = TestCaller(email: "user@example.org", hostedDomain: "example.org")
        let other = proxy.headerField(carrying: try proxy.token(for: Self.resource, caller: stranger))
        let misplaced = ("Authorization", "Bearer \(try proxy.token(for: Self.resource))")
        try await RunningService.during(router) { running in
            let responses = try await CurlCommand.send(
                .init(path: "/profiles", headers: [user]),
                .init(path: "/profiles", headers: [service]),
                .init(path: "/profiles", headers: [user, service]),
                .init(path: "/profiles", headers: [other]),
                .init(path: "/profiles", headers: [misplaced]),
                .init(path: "/profiles"),
                .init(path: "/mine", headers: [user]),
                .init(path: "/mine", headers: [service]),
                to: running.port
            )
            #expect(responses.map(\.status) == [200, 200, 400, 403, 401, 401, 403, 403])
            #expect(responses[0].body == "Hello, user@example.com")
            #expect(responses[1].body == "Hello, \(TestCaller.serviceAccount.email)")
        }
        #expect(
            events["users"] == [
                "verified", "credentials_ambiguous at /profiles", "caller_not_allowed at /profiles", "verified",
                "caller_not_allowed at /mine",
            ]
        )
        #expect(
            events["services"] == [
                "verified", "algorithm_unsupported at /profiles", "credentials_missing at /profiles", "verified",
                "caller_not_allowed at /mine",
            ]
        )
    }

    @Test("a route for everybody takes requests without credentials, and refuses those with a bad one")
    func anonymous() async throws {
        let (proxy, google) = (try TestTrustedIssuer(.identityAwareProxy), try TestIssuer())
        let verifiers = try Self.verifiers(proxy, google, Events())
        let router = Router(context: BasicCallerRequestContext.self)
        router.add(middleware: IDTokenMiddleware(verifiers, realm: "news", allowsAnonymous: true))
        router.get("news") { _, context in context.caller?.email ?? "stranger" }
        router.get("direct") { request, _ in
            (try? await verifiers.verify(headers: request.headers))?.email ?? "stranger"
        }
        let stale = proxy.headerField(carrying: try proxy.token(for: Self.resource, defect: .expired))
        let user = proxy.headerField(carrying: try proxy.token(for: Self.resource, caller: .user))
        try await RunningService.during(router) { running in
            let responses = try await CurlCommand.send(
                .init(path: "/news"),
                .init(path: "/news", headers: [stale]),
                .init(path: "/direct", headers: [user]),
                to: running.port
            )
            #expect(responses.map(\.status) == [200, 401, 200])
            #expect(responses[0].body == "stranger")
            #expect(responses[2].body == "user@example.com")
        }
    }
}
#endif
