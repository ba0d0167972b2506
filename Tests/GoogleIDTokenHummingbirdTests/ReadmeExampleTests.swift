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
internal import Testing

/// The README's verifier and routes, run together with keys of the tests.
@Suite("README: Hummingbird", .timeLimit(.minutes(5)))
struct ReadmeExampleTests {
    private static let audience = "https://profiles-123456.europe-west1.run.app"

    private static func example(_ keys: KeySource) throws -> Router<BasicCallerRequestContext> {
        let verifier = try IDTokenVerifier(
            audience: "https://profiles-123456.europe-west1.run.app",
            callers: .serviceAccounts(
                "login@my-project.iam.gserviceaccount.com",
                "search@my-project.iam.gserviceaccount.com"
            ),
            keys: keys
        )

        let router = Router(context: BasicCallerRequestContext.self)
        router.get("health") { _, _ in "up" }  // before the middleware: open to all
        router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
        router.get("profile") { _, context in "Hello, \(context.caller?.email ?? "stranger")" }
        let search = CallerPolicy.serviceAccounts("search@my-project.iam.gserviceaccount.com")
        router.group("search").add(middleware: try CallerPolicyMiddleware(search, realm: "profiles"))
            .get { _, context in "Found, \(context.caller?.email ?? "stranger")" }
        return router
    }

    @Test("the README's verifier and routes are those of this file, but for the keys")
    func sameCode() throws {
        let tests = URL(filePath: #filePath)
        let root = tests.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let code = Self.withoutLayout(try String(contentsOf: tests, encoding: .utf8))
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let snippets = readme.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }

        let first = try #require(snippets.first { $0.contains("IDTokenVerifier(") })
        let verifier = try #require(first.components(separatedBy: "\n\n").first { $0.hasPrefix("let verifier") })
        // The keys follow where the README's initialiser ends.
        let start = Self.withoutLayout(verifier).dropLast()
        #expect(code.contains(start + ",keys:keys)"), "not here: \(verifier)")

        let routes = try #require(snippets.first { $0.hasPrefix("let router") })
        #expect(routes.split(separator: "\n").count == 7)
        #expect(code.contains(Self.withoutLayout(routes)), "not here: \(routes)")
    }

    private static func withoutLayout(_ code: String) -> String {
        String(decoding: code.utf8.filter { !" \n".utf8.contains($0) }, as: UTF8.self)
    }

    private static func request(_ path: String, from caller: String) throws -> CurlCommand.Request {
        let claims = ["aud": "\"\(Self.audience)\"", "email": "\"\(caller)@my-project.iam.gserviceaccount.com\""]
        return .init(path: path, headers: [("Authorization", try ProfileService.bearer(claims: claims))])
    }

    @Test("both callers get the profile, one of them gets into the search, and others get nothing")
    func runs() async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        try await RunningService.during(try Self.example(.remote(keyServer.url()))) { service in
            let responses = try await CurlCommand.send(
                .init(path: "/health"),
                .init(path: "/profile"),
                try Self.request("/profile", from: "login"),
                try Self.request("/profile", from: "search"),
                try Self.request("/search", from: "login"),
                try Self.request("/search", from: "search"),
                try Self.request("/profile", from: "other"),
                try Self.request("/search", from: "other"),
                to: service.port
            )
            #expect(responses.map(\.status) == [200, 401, 200, 200, 403, 200, 403, 403])
            let project = "my-project.iam.gserviceaccount.com"
            #expect(
                responses.map(\.body) == [
                    "up", "", "Hello, login@\(project)", "Hello, search@\(project)", "", "Found, search@\(project)", "",
                    "",
                ]
            )
        }
    }
}
#endif
