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

/// Calls to a real server by a real client over HTTP/2, with keys from a real server over HTTP.
@Suite("gRPC server interceptor", .serialized, .timeLimit(.minutes(5)))
struct IDTokenServerInterceptorTests {
    @Test("what comes of a call", arguments: CallCase.credentials + CallCase.tokens + CallCase.rules)
    func outcome(of call: CallCase) async throws {
        let fields = try call.fields()
        let outcome = try await GuardedServer.run(keys: LoopbackServer(.keys())) { guarded in
            try await guarded.call(call.method, fields)
        }
        #expect(outcome.summary == call.outcome)
        Self.expectNoSecrets(of: fields, in: outcome)
    }

    @Test(
        "the same for a response of several messages",
        arguments: (CallCase.credentials + CallCase.tokens).filter { !$0.outcome.contains(" by ") }
    )
    func streamedOutcome(of call: CallCase) async throws {
        let fields = try call.fields()
        let outcomes = try await GuardedServer.run(keys: LoopbackServer(.keys())) { guarded in
            [
                try await guarded.call(ProfilesService.watch, fields),
                try await guarded.call(ProfilesService.talk, fields, messages: ["a", "b"]),
            ]
        }
        for outcome in outcomes {
            #expect(outcome.summary == call.outcome)
            Self.expectNoSecrets(of: fields, in: outcome)
        }
    }

    @Test("handlers of every type see the caller, and so does what writes the messages once they have returned")
    func types() async throws {
        let fields = [Field("authorization", "Bearer \(try FreshToken.minted())")]
        let caller = CallCase.byAuthorization
        try await GuardedServer.run(keys: LoopbackServer(.keys())) { guarded in
            #expect(try await guarded.call(ProfilesService.get, fields).messages == [caller])
            #expect(try await guarded.call(ProfilesService.watch, fields).messages == [caller, caller, caller])
            let uploaded = try await guarded.call(ProfilesService.upload, fields, messages: ["a", "b"])
            #expect(uploaded.messages == ["2 from \(caller)"])
            let talked = try await guarded.call(ProfilesService.talk, fields, messages: ["a", "b"])
            #expect(talked.messages == ["a from \(caller)", "b from \(caller)"])
        }
        #expect(IDTokenServerInterceptor.caller == nil)
    }

    @Test("calls at the same time see their own callers, and the keys are fetched once")
    func concurrent() async throws {
        let emails = [TestToken.email, ProfilesService.admin]
        let tokens = try emails.map { try FreshToken.minted(email: $0) }
        let keys = try LoopbackServer(.keys())
        try await GuardedServer.run(keys: keys) { guarded in
            try await withThrowingDiscardingTaskGroup { group in
                for index in 0..<100 {
                    let method = index.isMultiple(of: 3) ? ProfilesService.watch : ProfilesService.get
                    group.addTask {
                        let fields = [Field("authorization", "Bearer \(tokens[index % 2])")]
                        let outcome = try await guarded.call(method, fields)
                        #expect(!outcome.messages.isEmpty)
                        #expect(outcome.messages.allSatisfy { $0 == "\(emails[index % 2]) by Authorization" })
                    }
                }
            }
        }
        #expect(keys.requestCount == 1)
    }

    @Test("binary metadata are no credentials")
    func binary() async throws {
        let token = try FreshToken.minted()
        try await GuardedServer.run(keys: LoopbackServer(.keys())) { guarded in
            var metadata = Metadata()
            metadata.addBinary(Array("Bearer \(token)".utf8), forKey: "authorization-bin")
            let outcome = try await guarded.call(ProfilesService.get, metadata: metadata)
            #expect(outcome.summary == CallCase.required)
        }
    }

    /// Expects that no part of what a client sent comes back to it.
    private static func expectNoSecrets(of fields: [Field], in outcome: CallOutcome) {
        let parts = fields.flatMap { $0.value.split { " ,.".contains($0) } }.filter { $0.utf8.count >= 8 }
        for part in parts {
            #expect(!outcome.text.contains(part))
        }
    }
}
#endif
