//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GRPCCore
internal import GoogleIDToken
internal import GoogleIDTokenGRPC
internal import TestSupport
internal import Testing

/// Calls while keys cannot be had, or not yet.
@Suite("Calls without keys", .serialized, .timeLimit(.minutes(5)))
struct UnavailableKeysTests {
    private static let undecided = "The token could not be verified."

    @Test("without keys calls are unavailable, open ones go through, and all is well once there are keys")
    func recovery() async throws {
        let keys = try LoopbackServer(.response(503))
        defer { keys.stop() }
        let (events, continuation) = AsyncStream.makeStream(of: IDTokenVerifier.Event.self)
        let verifier = try IDTokenVerifier(keysFrom: keys, onEvent: { continuation.yield($0) })
        let interceptor = try IDTokenServerInterceptor(verifier, rules: ProfilesService.rules)
        let fields = [Field("authorization", "Bearer \(try FreshToken.minted())")]
        try await GuardedServer.run([.apply(interceptor, to: .all)]) { guarded in
            for method in [ProfilesService.get, ProfilesService.watch, ProfilesService.search] {
                let outcome = try await guarded.call(method, fields)
                #expect(outcome.summary == "unavailable: \(Self.undecided)")
            }
            try await guarded.expect(ProfilesService.search, is: "nobody")
            try await guarded.expect(ProfilesService.check, fields, is: "nobody")
            try await guarded.expect(ProfilesService.get, is: CallCase.required)

            keys.setAnswers(try .keys())
            let run = Task { await verifier.run() }
            for await event in events {
                if case .keysFetched = event { break }
            }
            try await guarded.expect(ProfilesService.get, fields, is: CallCase.byAuthorization)
            run.cancel()
        }
    }

    @Test("a server that shuts down answers calls that wait for keys")
    func shutdown() async throws {
        let gate = try Gate()
        let keys = try LoopbackServer(try Answer.keys().held(by: gate))
        let fields = [Field("authorization", "Bearer \(try FreshToken.minted())")]
        try await GuardedServer.run(keys: keys) { guarded in
            async let outcome = guarded.call(ProfilesService.get, fields)
            try await keys.waitForRequests(1)
            guarded.server.beginGracefulShutdown()
            #expect(try await outcome.summary == "cancelled: \(Self.undecided)")
            gate.open()
        }
    }

    @Test("a call that its client leaves waits for keys no longer")
    func abandoned() async throws {
        let gate = try Gate()
        let keys = try LoopbackServer(try Answer.keys().held(by: gate))
        let (events, continuation) = AsyncStream.makeStream(of: IDTokenVerifier.Event.self)
        let fields = [Field("authorization", "Bearer \(try FreshToken.minted())")]
        let report: @Sendable (IDTokenVerifier.Event) -> Void = { continuation.yield($0) }
        try await GuardedServer.run(keys: keys, onEvent: report) { guarded in
            let call = Task { try await guarded.call(ProfilesService.get, fields) }
            try await keys.waitForRequests(1)
            call.cancel()
            var refused: VerificationError?
            for await event in events {
                guard case .refused(let error, _) = event else { continue }
                refused = error
                break
            }
            #expect(refused?.code == .cancelled)
            _ = await call.result
            gate.open()
        }
    }
}
#endif
