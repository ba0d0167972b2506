//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Observability
internal import GoogleIDToken
internal import GoogleIDTokenObservability
internal import TestSupport
internal import Logging
internal import ServiceLifecycle
internal import Testing

/// The verifier as one of a process's services.
@Suite("Service", .timeLimit(.minutes(5)))
struct KeyRefreshServiceTests {
    @Test("fetches at once, and ends when the group shuts down gracefully")
    func lifecycle() async throws {
        let server = try LoopbackServer(.response(body: try TestToken.keyDocument))
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .remote(server.url())
        )
        let group = ServiceGroup(services: [KeyRefreshService(verifier)], logger: Logger(label: "test"))
        let running = Task { try await group.run() }
        try await server.waitForRequests(1)
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(server.requestCount == 1)
    }

    @Test("keeps the keys of several verifiers fresh")
    func severalVerifiers() async throws {
        let server = try LoopbackServer(.response(body: try TestToken.keyDocument))
        let verifiers = try IDTokenVerifiers(
            try IDTokenVerifier(
                trusting: .identityAwareProxy,
                audience: .appEngine(project: 123456, id: "my-project"),
                callers: .anyCaller,
                keys: .remote(server.url("/proxy"))
            ),
            try IDTokenVerifier(
                audience: TestToken.audience,
                callers: .anyGoogleIdentity,
                keys: .remote(server.url("/google"))
            )
        )
        let group = ServiceGroup(services: [KeyRefreshService(verifiers)], logger: Logger(label: "test"))
        let running = Task { try await group.run() }
        try await server.waitForRequests(2)
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(Set(server.requests.map(\.path)).isSuperset(of: ["/proxy", "/google"]))
    }
}
#endif
