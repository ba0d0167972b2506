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

/// What becomes of responses that last longer than their callers' tokens are valid, and the code of the article "Streams".
@Suite("Hummingbird streams and expiry", .timeLimit(.minutes(5)))
struct StreamExpiryTests {
    /// News: one, and then no other for as long as anybody waits.
    private struct News: Sendable {
        func events() -> AsyncStream<String> {
            let (events, continuation) = AsyncStream.makeStream(of: String.self)
            continuation.yield("first")
            return events
        }

        func next() async -> String {
            await self.events().dropFirst().first { _ in true } ?? "nothing"
        }
    }

    private static func router(keysAt url: String) throws -> Router<BasicCallerRequestContext> {
        let news = News()
        let router = Router(context: BasicCallerRequestContext.self)
        router.add(middleware: IDTokenMiddleware(try ProfileService(keysAt: url).verifier, realm: "news"))

        router.get("events") { _, context -> Response in
            guard let caller = context.caller else { throw HTTPError(.unauthorized) }
            let body = ResponseBody { writer in
                do {
                    try await caller.whileValid {
                        for await event in news.events() {
                            try await writer.write(ByteBuffer(string: "data: \(event)\n\n"))
                        }
                    }
                } catch let error as VerificationError where error.code == .tokenExpired {
                    try await writer.write(ByteBuffer(string: "event: expired\ndata: \n\n"))
                }
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: [.contentType: "text/event-stream"], body: body)
        }

        router.get("next") { _, context -> String in
            guard let caller = context.caller else { throw HTTPError(.unauthorized) }
            return try await caller.whileValid { await news.next() }
        }

        // A body that ends with an error.
        router.get("torn") { _, context -> Response in
            guard let caller = context.caller else { throw HTTPError(.unauthorized) }
            let body = ResponseBody { writer in
                try await caller.whileValid {
                    for await event in news.events() {
                        try await writer.write(ByteBuffer(string: "data: \(event)\n\n"))
                    }
                }
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: [.contentType: "text/event-stream"], body: body)
        }

        // Beside it, a policy that the handler asks.
        router.get("drafts") { _, context -> String in
            guard let caller = context.caller else { throw HTTPError(.unauthorized) }
            try CallerPolicy.serviceAccounts(ProfileService.search).check(caller)
            return "drafts"
        }
        return router
    }

    /// Makes requests at the same time, with tokens that expire in a second.
    private static func outcomes(of paths: String...) async throws -> [String: CurlCommand.Outcome] {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        return try await RunningService.during(try Self.router(keysAt: keyServer.url())) { service in
            try await withThrowingTaskGroup { group in
                for path in paths {
                    group.addTask {
                        let expiry = Date().timeIntervalSince1970 + 1
                        let token = try ProfileService.bearer(claims: ["exp": "\(expiry)"])
                        let request = CurlCommand.Request(path: path, headers: [("Authorization", token)])
                        let outcome = try await CurlCommand.attempt(
                            [request],
                            to: service.port,
                            options: ["--max-time", "50"]
                        )
                        #expect(Date().timeIntervalSince1970 >= expiry || path == "/drafts")
                        return (path, outcome)
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
    }

    @Test("a stream of events ends at expiry, and a request that waits is refused; without asking nothing ends")
    func expiry() async throws {
        let outcomes = try await Self.outcomes(of: "/events", "/torn", "/next")

        let events = try #require(outcomes["/events"])
        #expect(events.status == 0)
        // What the handler writes after expiry arrives: nothing but the handler ends the response. On a busy machine the
        // second may be over before the first event.
        let expired = "event: expired\ndata: \n\n"
        let body = try #require(events.responses.first?.body)
        #expect(["data: first\n\n\(expired)", expired].contains(body))

        let torn = try #require(outcomes["/torn"])
        #expect(torn.status == 18, "curl: the transfer is only part of the response")
        #expect(torn.responses.first?.status == 200)
        #expect(["data: first\n\n", ""].contains(try #require(torn.responses.first?.body)))

        let next = try #require(outcomes["/next"]?.responses.first)
        #expect(next.status == 401)
        #expect(
            next.fields["www-authenticate"] == [
                #"Bearer realm="news", error="invalid_token", error_description="The token has expired.""#
            ]
        )
        #expect(next.body.isEmpty)
    }

    @Test("what a handler's own policy throws is answered like the middleware's")
    func handlersPolicy() async throws {
        let forbidden = try #require(try await Self.outcomes(of: "/drafts")["/drafts"]?.responses.first)
        #expect(forbidden.status == 403)
        #expect(forbidden.fields["www-authenticate"]?.first?.contains(#"error="insufficient_scope""#) == true)
    }

    @Test("the code of Streams.md for Hummingbird is the code of this file")
    func sameCode() throws {
        let tests = URL(filePath: #filePath)
        let root = tests.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let article = root.appending(path: "Sources/GoogleIDToken/GoogleIDToken.docc/Streams.md")
        let code = Self.withoutIndentation(try String(contentsOf: tests, encoding: .utf8))
        let sections = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "\n## ")
        let snippets = sections.filter { $0.hasPrefix("Hummingbird") }
            .flatMap { $0.components(separatedBy: "```swift\n").dropFirst() }
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(snippets.count == 2)
        for snippet in snippets { #expect(code.contains(Self.withoutIndentation(snippet)), "\(snippet)") }
    }

    private static func withoutIndentation(_ code: String) -> String {
        code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
}
#endif
