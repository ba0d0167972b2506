//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import GoogleIDToken
internal import TestSupport
internal import Testing

/// What callers see of a service that has no keys yet.
@Suite("Hummingbird without keys", .serialized, .timeLimit(.minutes(5)))
struct UnavailableKeysTests {
    @Test("503 with Retry-After, and a client that follows it gets in once there are keys")
    func recovers() async throws {
        let keyServer = try LoopbackServer(.text("down", status: 500))
        try await RunningService.during(try ProfileService(keysAt: keyServer.url()).router) { service in
            let token = try ProfileService.bearer()
            let request = CurlCommand.Request(path: "/profiles", headers: [("Authorization", token)])
            let refused = try #require(try await CurlCommand.send(request, to: service.port).first)
            #expect(refused.status == 503)
            #expect(refused.fields.keys.sorted() == ["content-length", "retry-after"])
            let seconds = try #require(refused.fields["retry-after"]?.first.flatMap { Int($0) })
            #expect((1...2).contains(seconds))
            #expect(refused.body.isEmpty)
            #expect(!refused.text.quotes(token))

            keyServer.setAnswers(try ProfileService.keys)
            // curl waits as long as Retry-After says.
            let retried = try await CurlCommand.send(request, to: service.port, options: ["--retry", "5"])
            #expect(retried.first?.status == 200)
            #expect(retried.first?.body == ProfileService.login)
        }
    }

    @Test("open routes answer, strangers are welcome where they are, and bad requests are told apart")
    func withoutKeys() async throws {
        let reserved = try ReservedPort()
        let router = try ProfileService(keysAt: "http://127.0.0.1:\(reserved.port)/").router
        try await RunningService.during(router) { service in
            let token = try ProfileService.bearer()
            let responses = try await CurlCommand.send(
                .init(path: "/health"),
                .init(path: "/profiles", headers: [("Authorization", token)]),
                .init(path: "/health", headers: [("Authorization", token)]),
                .init(path: "/news"),
                .init(path: "/news", headers: [("Authorization", token)]),
                .init(path: "/profiles"),
                .init(path: "/profiles", headers: [("Authorization", "Bearer x.y.z")]),
                .init(method: "HEAD", path: "/profiles", headers: [("Authorization", token)]),
                to: service.port
            )
            #expect(responses.map(\.status) == [200, 503, 200, 200, 503, 401, 401, 503])
            #expect(
                responses.map { $0.fields["retry-after"] == nil } == [
                    true, false, true, true, false, true, true, false,
                ]
            )
            #expect(responses.allSatisfy { !$0.text.quotes(token) })
        }
    }
}
#endif
