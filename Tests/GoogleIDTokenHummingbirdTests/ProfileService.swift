//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenHummingbird
internal import Hummingbird
internal import TestSupport

/// A service with routes for everybody, for all its callers, for one of them, and for callers and strangers alike.
struct ProfileService: Sendable {
    static let login = TestToken.email
    static let search = "search@project.iam.gserviceaccount.com"

    let verifier: IDTokenVerifier

    /// - Parameters:
    ///   - url: Where the keys are fetched from.
    ///   - onEvent: What is told of the verifier's events.
    /// - Throws: `IDTokenVerifier.ConfigurationError`.
    init(keysAt url: String, onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)? = nil) throws {
        var configuration = IDTokenVerifier.Configuration()
        configuration.onEvent = onEvent
        // So that a token of a second is still accepted on a machine that is busy for minutes.
        configuration.clockSkew = .seconds(300)
        self.verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(Self.login, Self.search),
            keys: .remote(url),
            configuration: configuration
        )
    }

    var router: Router<BasicCallerRequestContext> {
        get throws {
            let router = Router(context: BasicCallerRequestContext.self, options: .autoGenerateHeadEndpoints)
            router.get("health") { _, _ in "up" }
            router.group("news")
                .add(middleware: IDTokenMiddleware(self.verifier, realm: "news", allowsAnonymous: true))
                .get { _, context in context.caller?.email ?? "a stranger" }
                .get("mine") { _, context in try context.requireCaller().subject }
                .group("drafts")
                .add(middleware: try CallerPolicyMiddleware(.serviceAccounts(Self.login), realm: "drafts"))
                .get { _, context in context.caller?.email ?? "a stranger" }
            router.group("unguarded")
                .add(middleware: try CallerPolicyMiddleware(.anyGoogleIdentity, realm: "unguarded"))
                .get { _, context in context.caller?.email ?? "a stranger" }
            router.get("forgotten") { _, context in try context.requireCaller().subject }
            router.add(middleware: IDTokenMiddleware(self.verifier, realm: "profiles"))
            router.get("profiles") { _, context in context.caller?.email ?? "a stranger" }
            router.get("profiles/:id") { _, context in
                // As if the owner of the profile were found in a database.
                try CallerPolicy.subjects("owner").check(context.requireCaller())
                return "its own"
            }
            router.post("profiles") { request, context in
                let body = try await request.body.collect(upTo: 1_048_576)
                return "\(context.caller?.email ?? "a stranger"), \(body.readableBytes) bytes"
            }
            router.group("search")
                .add(middleware: try CallerPolicyMiddleware(.serviceAccounts(Self.search), realm: "search"))
                .get { _, context in context.caller?.email ?? "a stranger" }
            return router
        }
    }

    /// The answer of a key server that is well.
    static var keys: Answer {
        get throws { .response(fields: [("Cache-Control", "max-age=1000")], body: try TestToken.keyDocument) }
    }

    /// A token that is valid now, with changes.
    ///
    /// - Parameters:
    ///   - header: Changes of the header, as JSON by name.
    ///   - claims: Changes of the claims, as JSON by name.
    /// - Returns: The token.
    /// - Throws: `OpenSSLError`.
    static func token(header: [String: String?] = [:], claims: [String: String?] = [:]) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let times: [String: String?] = ["iat": "\(now)", "exp": "\(now + 3_600)"]
        return try TestToken.minted(
            header: TestToken.header(header),
            claims: TestToken.claims(times.merging(claims) { $1 })
        )
    }

    /// The same as a header's value.
    static func bearer(header: [String: String?] = [:], claims: [String: String?] = [:]) throws -> String {
        "Bearer \(try self.token(header: header, claims: claims))"
    }
}
#endif
