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

/// A Hummingbird server asked by curl, its keys fetched over HTTP.
@Suite("Hummingbird middleware", .serialized, .timeLimit(.minutes(5)))
struct MiddlewareTests {
    @Test("the credential", arguments: RequestCase.headers)
    func headers(_ expected: RequestCase) async throws {
        try await Self.check(expected)
    }

    @Test("the token", arguments: RequestCase.tokens)
    func tokens(_ expected: RequestCase) async throws {
        try await Self.check(expected)
    }

    @Test("the caller and the route", arguments: RequestCase.callers)
    func callers(_ expected: RequestCase) async throws {
        try await Self.check(expected)
    }

    @Test("the method and the path", arguments: RequestCase.methods)
    func methods(_ expected: RequestCase) async throws {
        try await Self.check(expected)
    }

    @Test("a policy that names nobody cannot guard routes", arguments: [[], [""]])
    func nobody(_ emails: [String]) {
        let error = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try CallerPolicyMiddleware<BasicCallerRequestContext>(.serviceAccounts(emails), realm: "profiles")
        }
        #expect(error?.code == .callersMissing)
    }

    @Test("a middleware that comes before can answer in its own way")
    func ownAnswer() async throws {
        struct Words: RouterMiddleware {
            @concurrent
            func handle(
                _ request: Request,
                context: BasicCallerRequestContext,
                next: @concurrent (Request, BasicCallerRequestContext) async throws -> Response
            ) async throws -> Response {
                do {
                    return try await next(request, context)
                } catch let error as RequestRefusedError {
                    let body = ByteBuffer(string: error.cause.code.rawValue)
                    return Response(status: error.status, headers: error.headers, body: ResponseBody(byteBuffer: body))
                }
            }
        }
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let router = Router(context: BasicCallerRequestContext.self)
        router.add(middleware: Words())
        router.add(
            middleware: IDTokenMiddleware(try ProfileService(keysAt: keyServer.url()).verifier, realm: "profiles")
        )
        try await RunningService.during(router) { service in
            let responses = try await CurlCommand.send(.init(path: "/profiles"), to: service.port)
            let response = try #require(responses.first)
            #expect(response.status == 401)
            #expect(response.fields["www-authenticate"] == [#"Bearer realm="profiles""#])
            #expect(response.body == "credentials_missing")
        }
    }

    /// A context of a service's own, as a CORS middleware and handlers of all kinds use it.
    private struct OwnContext: CallerRequestContext {
        var coreContext: CoreRequestContextStorage
        var caller: VerifiedIDToken?

        init(source: ApplicationRequestContextSource) {
            self.coreContext = CoreRequestContextStorage(source: source)
        }
    }

    @Test("browsers' questions are answered by a CORS middleware that comes before, and refusals keep their fields")
    func crossOrigin() async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let verifier = try ProfileService(keysAt: keyServer.url()).verifier
        let router = Router(context: OwnContext.self)
        router.add(middleware: CORSMiddleware(allowOrigin: .all))
        router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
        router.get("profiles") { _, context in context.caller?.subject ?? "a stranger" }
        try await RunningService.during(router) { service in
            let origin = (name: "Origin", value: "https://example.com")
            let bearer = (name: "Authorization", value: try ProfileService.bearer())
            let responses = try await CurlCommand.send(
                .init(method: "OPTIONS", path: "/profiles", headers: [origin]),
                .init(path: "/profiles", headers: [origin]),
                .init(path: "/profiles", headers: [origin, bearer]),
                to: service.port
            )
            #expect(responses.map(\.status) == [204, 401, 200])
            #expect(responses.map { $0.fields["access-control-allow-origin"] } == [["*"], ["*"], ["*"]])
            #expect(responses[1].fields["www-authenticate"] == [#"Bearer realm="profiles""#])
            #expect(responses[2].body == TestToken.subject)
        }
    }

    private static func check(_ expected: RequestCase) async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let headers = try expected.headers()
        let responses = try await RunningService.during(try ProfileService(keysAt: keyServer.url()).router) { service in
            try await CurlCommand.send(
                .init(method: expected.method, path: expected.path, headers: headers),
                to: service.port
            )
        }
        let response = try #require(responses.first)
        #expect(response.status == expected.status)
        #expect(response.fields == expected.fields)
        #expect(response.body == expected.body)
        for header in headers {
            #expect(!response.text.quotes(header.value), "the answer has bytes of the credential")
        }
    }
}
#endif
