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

/// The README's example for Hummingbird, with an audience, callers and keys of the tests.
@Suite("README: Hummingbird", .timeLimit(.minutes(5)))
struct ReadmeExampleTests {
    private static func example(_ keys: KeySource) throws -> Router<BasicCallerRequestContext> {
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(ProfileService.login, ProfileService.search),
            keys: keys
        )
        let search = CallerPolicy.serviceAccounts(ProfileService.search)

        let router = Router(context: BasicCallerRequestContext.self)
        router.get("health") { _, _ in "up" }  // before the middleware: open to all
        router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
        router.get("profile") { _, context in "Hello, \(context.caller?.email ?? "stranger")" }
        router.group("search").add(middleware: try CallerPolicyMiddleware(search, realm: "profiles"))
            .get { _, context in "Found, \(context.caller?.email ?? "stranger")" }
        return router
    }

    @Test("the README's lines are the lines of this file, but for its callers")
    func sameCode() throws {
        let tests = URL(filePath: #filePath)
        let root = tests.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let code = Self.lines(try String(contentsOf: tests, encoding: .utf8))
        let readme = Self.lines(try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8))
        let start = try #require(readme.firstIndex { $0.hasPrefix("let router") })
        let example = readme[start...].prefix { $0 != "```" }
        #expect(example.count == 6)
        for line in example { #expect(code.contains(line), "not here: \(line)") }
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test("the example answers as the README says")
    func runs() async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        try await RunningService.during(try Self.example(.remote(keyServer.url()))) { service in
            let login = [(name: "Authorization", value: try ProfileService.bearer())]
            let claims = ["email": "\"\(ProfileService.search)\""]
            let search = [(name: "Authorization", value: try ProfileService.bearer(claims: claims))]
            let responses = try await CurlCommand.send(
                .init(path: "/health"),
                .init(path: "/profile"),
                .init(path: "/profile", headers: login),
                .init(path: "/search", headers: login),
                .init(path: "/search", headers: search),
                to: service.port
            )
            #expect(responses.map(\.status) == [200, 401, 200, 403, 200])
            let hello = "Hello, \(ProfileService.login)"
            #expect(responses.map(\.body) == ["up", "", hello, "", "Found, \(ProfileService.search)"])
        }
    }
}
#endif
