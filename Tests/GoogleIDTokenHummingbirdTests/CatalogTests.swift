//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird && Observability
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenHummingbird
internal import GoogleIDTokenObservability
internal import Hummingbird
internal import Logging
internal import ServiceLifecycle
internal import TestSupport
internal import Testing

/// A protocol of the shape that `AuthRequestContext` has in hummingbird-auth.
private protocol AuthRequestContext<Identity>: RequestContext {
    associatedtype Identity: Sendable

    var identity: Identity? { get set }
}

private struct AppRequestContext: CallerRequestContext {
    var coreContext: CoreRequestContextStorage
    var caller: VerifiedIDToken?
    var tenant: String?

    init(source: Source) {
        self.coreContext = CoreRequestContextStorage(source: source)
    }
}

private struct AuthCallerRequestContext: CallerRequestContext, AuthRequestContext {
    var coreContext: CoreRequestContextStorage
    var identity: VerifiedIDToken?

    var caller: VerifiedIDToken? {
        get { self.identity }
        set { self.identity = newValue }
    }

    init(source: Source) {
        self.coreContext = CoreRequestContextStorage(source: source)
    }
}

private struct KeyRefresh: Service {
    let verifier: IDTokenVerifier

    func run() async {
        await cancelWhenGracefulShutdown { await verifier.run() }
    }
}

/// The code of the documentation of `GoogleIDTokenHummingbird`: compiled, run, and the same as there.
@Suite("code of GoogleIDTokenHummingbird.md", .timeLimit(.minutes(5)))
struct CatalogTests {
    /// A database that knows one profile.
    private struct Database: Sendable {
        struct Unknown: Error {}

        func profile(of subject: String) async throws -> String {
            guard subject.utf8.elementsEqual(TestToken.subject.utf8) else { throw Unknown() }
            return "a profile"
        }
    }

    private static func router(
        _ verifier: IDTokenVerifier,
        _ search: CallerPolicy
    ) throws -> Router<BasicCallerRequestContext> {
        let database = Database()
        let router = Router(context: BasicCallerRequestContext.self)
        router.get("health") { _, _ in "up" }  // before the middleware: open to all
        router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
        router.get("profile") { _, context in
            let caller = try context.requireCaller()
            return try await database.profile(of: caller.subject)
        }
        router.group("search")
            .add(middleware: try CallerPolicyMiddleware(search, realm: "profiles"))
            .get { _, context in "Found, \(context.caller?.email ?? "stranger")" }
        return router
    }

    /// Compiled only: `runService` takes the test run's own signals.
    private static func serve(
        _ router: Router<BasicCallerRequestContext>,
        _ configuration: ApplicationConfiguration,
        _ verifier: IDTokenVerifier
    ) async throws {
        let application = Application(
            router: router,
            configuration: configuration,
            services: [KeyRefreshService(verifier)]
        )
        try await application.runService()
    }

    /// The page's verifier; it fetches no keys until it is asked.
    private static func pageVerifier() throws -> (IDTokenVerifier, CallerPolicy) {
        let verifier = try IDTokenVerifier(
            audience: "https://profiles-123456.europe-west1.run.app",
            callers: .serviceAccounts(
                "login@my-project.iam.gserviceaccount.com",
                "search@my-project.iam.gserviceaccount.com"
            )
        )
        let search = CallerPolicy.serviceAccounts(
            "search@my-project.iam.gserviceaccount.com"
        )
        return (verifier, search)
    }

    @Test("two callers, a narrowed group, and a handler whose own errors stay its own")
    func routes() async throws {
        _ = try Self.pageVerifier()
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let verifier = try ProfileService(keysAt: keyServer.url()).verifier
        let router = try Self.router(verifier, .serviceAccounts(ProfileService.search))
        try await RunningService.during(router) { service in
            let login = [(name: "Authorization", value: try ProfileService.bearer())]
            let other = ["email": "\"\(ProfileService.search)\"", "sub": "\"1\""]
            let search = [(name: "Authorization", value: try ProfileService.bearer(claims: other))]
            let responses = try await CurlCommand.send(
                .init(path: "/health"),
                .init(path: "/profile"),
                .init(path: "/profile", headers: login),
                .init(path: "/profile", headers: search),
                .init(path: "/search", headers: login),
                .init(path: "/search", headers: search),
                to: service.port
            )
            #expect(responses.map(\.status) == [200, 401, 200, 500, 403, 200])
            #expect(responses[2].body == "a profile")
            #expect(responses[5].body == "Found, \(ProfileService.search)")
        }
    }

    @Test("contexts of an application's own hold the caller")
    func contexts() async throws {
        try await Self.check(AppRequestContext.self) { $0.caller?.subject }
        try await Self.check(AuthCallerRequestContext.self) { $0.identity?.subject }
    }

    private static func check<Context: CallerRequestContext>(
        _: Context.Type,
        subject: @escaping @Sendable (Context) -> String?
    ) async throws where Context.Source == ApplicationRequestContextSource {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let router = Router(context: Context.self)
        router.add(middleware: IDTokenMiddleware(try ProfileService(keysAt: keyServer.url()).verifier, realm: "own"))
        router.get { _, context in
            let caller = try context.requireCaller()
            return "\(subject(context) ?? "nobody") is \(caller.subject)"
        }
        try await RunningService.during(router) { service in
            let headers = [(name: "Authorization", value: try ProfileService.bearer())]
            let response = try await CurlCommand.send(.init(path: "/", headers: headers), to: service.port).first
            #expect(response?.body == "\(TestToken.subject) is \(TestToken.subject)")
        }
    }

    @Test(
        "a service of the application fetches the keys before any request, and ends with it",
        arguments: [true, false]
    )
    func services(_ isOfThePackage: Bool) async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let verifier = try ProfileService(keysAt: keyServer.url()).verifier
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            router: Router(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            services: [isOfThePackage ? KeyRefreshService(verifier) : KeyRefresh(verifier: verifier)],
            logger: logger
        )
        let group = ServiceGroup(services: [application], logger: logger)
        let running = Task { try await group.run() }
        try await keyServer.waitForRequests(1)
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(keyServer.requestCount == 1)
    }

    @Test("the page's code is the code of this file")
    func sameCode() throws {
        let tests = URL(filePath: #filePath)
        let root = tests.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let catalog = "Sources/GoogleIDTokenHummingbird/GoogleIDTokenHummingbird.docc/GoogleIDTokenHummingbird.md"
        let code = Self.withoutIndentation(try String(contentsOf: tests, encoding: .utf8))
        let page = try String(contentsOf: root.appending(path: catalog), encoding: .utf8)
        // The lines of a manifest begin with a dot.
        let snippets = page.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }.filter { !$0.hasPrefix(".") }
        #expect(snippets.count == 6)
        for snippet in snippets {
            let isHere = code.contains(Self.withoutIndentation(snippet))
            #expect(isHere, "not in \(tests.lastPathComponent): \(snippet)")
        }
    }

    private static func withoutIndentation(_ code: String) -> String {
        code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
}
#endif
