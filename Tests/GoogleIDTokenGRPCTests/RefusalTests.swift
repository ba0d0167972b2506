//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import Foundation
internal import GRPCCore
internal import GoogleIDToken
internal import GoogleIDTokenGRPC
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

/// What the verifier's events tell of calls that are rejected.
@Suite("rejected gRPC calls in events", .timeLimit(.minutes(5)))
struct RefusalTests {
    private let events = Lock<[IDTokenVerifier.Event]>([])

    /// The refusals that the verifier told of, as code and method.
    private var reported: [String] {
        self.events.withLock { events in
            events.compactMap { event in
                guard case .refused(let error, let details) = event else { return nil }
                #expect(!details.isLogged)
                let step = details.isAfterVerification ? " after the verification" : ""
                return "\(error.code.rawValue) \(details.route ?? "-")\(step)"
            }
        }
    }

    private func run(_ use: (GuardedServer) async throws -> Void) async throws {
        let report: @Sendable (IDTokenVerifier.Event) -> Void = { event in self.events.withLock { $0.append(event) } }
        try await GuardedServer.run(keys: LoopbackServer(.keys()), onEvent: report, use)
    }

    @Test("whether the verifier, a rule or a handler rejects, the event names the method")
    func rejected() async throws {
        let login = [Field("authorization", "Bearer \(try FreshToken.minted())")]
        try await self.run { guarded in
            _ = try await guarded.call(ProfilesService.get)
            _ = try await guarded.call(ProfilesService.watch, [Field("authorization", "Bearer a.b")])
            _ = try await guarded.call(ProfilesService.delete, login)
            _ = try await guarded.call(ProfilesService.rename, login)
            _ = try await guarded.call(ProfilesService.decline, login)
            _ = try await guarded.call(ProfilesService.require)
        }
        #expect(
            self.reported == [
                "credentials_missing profiles.v1.Profiles/Get",
                "token_malformed profiles.v1.Profiles/Watch",
                "caller_not_allowed profiles.v1.Profiles/Delete after the verification",
                "caller_not_allowed profiles.v1.Profiles/Rename after the verification",
                "caller_not_allowed profiles.v1.Profiles/Decline after the verification",
                "credentials_missing profiles.v1.Profiles/Require after the verification",
            ]
        )
    }

    @Test("calls that need no caller are not rejected, and there is no event that says so")
    func anonymous() async throws {
        try await self.run { guarded in
            try await guarded.expect(ProfilesService.search, is: "nobody")
            try await guarded.expect(ProfilesService.check, is: "nobody")
        }
        #expect(self.reported.isEmpty)
    }

    @Test("a stream that its caller's token ends is reported when it ends")
    func expiry() async throws {
        let expiry = Date().timeIntervalSince1970 + 1
        let fields = [Field("authorization", "Bearer \(try FreshToken.minted(["exp": "\(expiry)"]))")]
        try await self.run { guarded in
            let outcome = try await guarded.call(EventsService.watch, fields)
            #expect(outcome.summary == "unauthenticated: The token has expired.")
        }
        let method = EventsService.watch.fullyQualifiedMethod
        #expect(self.reported == ["token_expired \(method) after the verification"])
    }

    @Test("outside a call nobody is there, and asking does not trap")
    func outside() {
        let error = #expect(throws: RPCError.self) { try IDTokenServerInterceptor.requireCaller() }
        #expect(error?.code == .unauthenticated)
        #expect(error?.message == "A bearer token is required.")
        #expect((error?.cause as? VerificationError)?.code == .credentialsMissing)
    }
}
#endif
