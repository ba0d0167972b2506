//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import Foundation
internal import GoogleIDToken
internal import Hummingbird
internal import Logging
internal import TestSupport
internal import NIOHTTP1
internal import Testing

/// The code of the article "Any server": compiled, run, and the same as there.
@Suite("code of Servers.md", .timeLimit(.minutes(5)))
struct ServersArticleTests {
    /// The article's handlers, with what they take from around them.
    private struct Handlers {
        let verifier: IDTokenVerifier
        let login: CallerPolicy
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

        init(keysAt url: String, login: CallerPolicy = .serviceAccounts(ProfileService.login)) throws {
            self.verifier = try ProfileService(keysAt: url).verifier
            self.login = login
        }

        func profile(_ headers: HTTPHeaders) async -> (status: HTTPResponseStatus, headers: HTTPHeaders, body: String) {
            let caller: VerifiedIDToken
            do throws(VerificationError) {
                caller = try await verifier.verify(headers: headers)
                try login.check(caller)  // only if some of the service's callers may not call this route
            } catch {
                logger.info("refused", metadata: ["code": "\(error.code.rawValue)", "why": "\(error.explanation)"])
                let answer = error.httpResponse(realm: "profiles")
                let fields = HTTPHeaders(answer.headerFields.map { ($0.name, $0.value) })
                return (HTTPResponseStatus(statusCode: answer.status), fields, "")
            }
            // the handler's own work, which may await a database and throw other errors
            return (.ok, [:], "Hello, \(caller.email ?? caller.subject)")
        }

        func profile(
            _ headers: [(name: String, value: String)]
        ) -> (status: Int, headers: [(name: String, value: String)], body: String) {
            let caller: VerifiedIDToken
            do throws(VerificationError) {
                caller = try verifier.verifyWithoutFetching(headers: headers)
            } catch {
                let answer = error.httpResponse(realm: "profiles")
                return (answer.status, answer.headerFields, "")
            }
            return (200, [], "Hello, \(caller.email ?? caller.subject)")
        }
    }

    /// Compiled only: `runService` takes the test run's own signals.
    private static func serve(_ application: some ApplicationProtocol, _ verifier: IDTokenVerifier) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await verifier.run() }
            group.addTask { try await application.runService() }
            try await group.next()
            group.cancelAll()
        }
    }

    @Test("a handler by hand, with NIO's headers")
    func handler() async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let handlers = try Handlers(keysAt: keyServer.url())
        let bearer = try ProfileService.bearer()

        let accepted = await handlers.profile(HTTPHeaders([("authorization", bearer)]))
        #expect(accepted.status == .ok)
        #expect(accepted.body == "Hello, \(ProfileService.login)")

        let anonymous = await handlers.profile(HTTPHeaders())
        #expect(anonymous.status == .unauthorized)
        #expect(anonymous.headers == ["WWW-Authenticate": #"Bearer realm="profiles""#])
        #expect(anonymous.body.isEmpty)

        let ambiguous = await handlers.profile(HTTPHeaders([("authorization", bearer), ("Authorization", bearer)]))
        #expect(ambiguous.status == .badRequest)

        let login = CallerPolicy.serviceAccounts("login@my-project.iam.gserviceaccount.com")
        let narrow = try Handlers(keysAt: keyServer.url(), login: login)
        let forbidden = await narrow.profile(HTTPHeaders([("authorization", bearer)]))
        #expect(forbidden.status == .forbidden)
    }

    @Test("a handler that cannot suspend, in a server that is not Hummingbird")
    func handlerWithoutSuspension() async throws {
        let keyServer = try LoopbackServer(try ProfileService.keys)
        let handlers = try Handlers(keysAt: keyServer.url())
        let server = try LoopbackServer { request in
            let answer: (status: Int, headers: [(name: String, value: String)], body: String) =
                handlers.profile(request.fields)
            return .text(answer.body, status: answer.status, fields: answer.headers)
        }
        let bearer = try ProfileService.bearer()
        let request = CurlCommand.Request(path: "/", headers: [("Authorization", bearer)])
        let early = try await CurlCommand.send(request, to: Int(server.port))
        #expect(early.first?.status == 503)
        #expect(early.first?.fields["retry-after"] == ["1"])

        try await handlers.verifier.warmUp()
        let tampered = CurlCommand.Request(path: "/", headers: [("Authorization", bearer.dropLast(8) + "AAAAAAAA")])
        let responses = try await CurlCommand.send(request, tampered, to: Int(server.port))
        #expect(responses.map(\.status) == [200, 401])
        #expect(responses.first?.body == "Hello, \(ProfileService.login)")
        #expect(
            responses.last?.fields["www-authenticate"] == [
                #"Bearer realm="profiles", error="invalid_token", "#
                    + #"error_description="The token's signature is invalid.""#
            ]
        )
    }

    @Test("readiness, from no keys to keys that are kept fresh")
    func readiness() async throws {
        let keyServer = try LoopbackServer(.text("down", status: 500))
        let verifier = try ProfileService(keysAt: keyServer.url()).verifier
        let router = Router(context: BasicRequestContext.self)
        router.get("ready") { _, _ in
            let health = verifier.health
            var response = Response(status: .init(code: health.httpStatus), headers: [.contentType: "application/json"])
            response.body = ResponseBody(byteBuffer: ByteBuffer(string: health.json))
            return response
        }
        try await RunningService.during(router) { running in
            _ = try? await verifier.warmUp()
            let before = try #require(try await CurlCommand.send(.init(path: "/ready"), to: running.port).first)
            #expect(before.status == 503)
            #expect(before.fields["content-type"] == ["application/json"])
            #expect(before.body.hasPrefix(#"{"ready":false,"usable":false,"stale":false,"keyCount":0,"#))
            #expect(before.body.contains(#""lastFailure":{"explanation":"#))

            keyServer.setAnswers(try ProfileService.keys)
            let fetching = Task { await verifier.run() }
            defer { fetching.cancel() }
            // curl asks again as long as the answer is 503.
            let options = ["--retry", "10", "--retry-delay", "1"]
            let after = try await CurlCommand.send(.init(path: "/ready"), to: running.port, options: options)
            #expect(after.first?.status == 200)
            #expect(after.first?.body.hasPrefix(#"{"ready":true,"usable":true,"stale":false,"keyCount":1,"#) == true)
        }
    }

    @Test("the article's code is the code of this file")
    func sameCode() throws {
        let tests = URL(filePath: #filePath)
        let root = tests.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let article = root.appending(path: "Sources/GoogleIDToken/GoogleIDToken.docc/Servers.md")
        let code = Self.withoutIndentation(try String(contentsOf: tests, encoding: .utf8))
        let snippets = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "```swift\n")
            .dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(snippets.count == 4)
        for part in snippets.flatMap({ $0.components(separatedBy: "\n\n") }) {
            let isHere = code.contains(Self.withoutIndentation(part))
            #expect(isHere, "not in \(tests.lastPathComponent): \(part)")
        }
    }

    private static func withoutIndentation(_ code: String) -> String {
        code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
}
#endif
