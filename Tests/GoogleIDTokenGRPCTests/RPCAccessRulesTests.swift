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
internal import IDTokenPlatform
internal import Testing

@Suite("RPCAccessRules", .timeLimit(.minutes(5)))
struct RPCAccessRulesTests {
    @Test("a method's rule comes before its service's, and that before the rest")
    func precedence() async throws {
        var rules = RPCAccessRules(otherwise: .callerOptional)
        rules[ProfilesService.profiles] = .only(.serviceAccounts(ProfilesService.admin))
        rules[ProfilesService.get] = .caller
        rules[ProfilesService.search] = .open
        let fields = [Field("authorization", "Bearer \(try FreshToken.minted())")]
        try await GuardedServer.run(keys: LoopbackServer(.keys()), rules: rules) { guarded in
            try await guarded.expect(ProfilesService.get, fields, is: CallCase.byAuthorization)
            try await guarded.expect(ProfilesService.search, fields, is: "nobody")
            try await guarded.expect(ProfilesService.watch, fields, is: CallCase.forbidden)
            try await guarded.expect(ProfilesService.check, fields, is: CallCase.byAuthorization)
            try await guarded.expect(ProfilesService.check, is: "nobody")
        }
    }

    @Test("the last rule of a method or service holds, whatever type the descriptors state")
    func replaced() {
        var rules = RPCAccessRules()
        let untyped = MethodDescriptor(service: ProfilesService.profiles, method: "Get")
        #expect(untyped != ProfilesService.get)
        rules[untyped] = .open
        rules[ProfilesService.get] = .callerOptional
        guard case .callerOptional = rules[untyped] else {
            Issue.record("a type makes another method of it")
            return
        }
        guard case .caller = rules[ProfilesService.watch], case .caller = rules[ProfilesService.health] else {
            Issue.record("a call that no rule names must need a caller")
            return
        }
    }

    @Test("a rule cannot widen the verifier's policy")
    func narrowing() async throws {
        var rules = RPCAccessRules()
        rules[ProfilesService.get] = .only(.anyGoogleIdentity)
        let fields = [Field("authorization", "Bearer \(try FreshToken.minted(email: "stranger@example.com"))")]
        try await GuardedServer.run(keys: LoopbackServer(.keys()), rules: rules) { guarded in
            try await guarded.expect(ProfilesService.get, fields, is: CallCase.forbidden)
        }
    }

    @Test("a rule whose policy names nobody is refused, wherever it stands", arguments: 0..<4)
    func nobody(place: Int) throws {
        let nobody = RPCAccess.only(place == 3 ? .union() : .subjects(""))
        var rules = RPCAccessRules()
        switch place {
        case 0: rules.otherwise = nobody
        case 1: rules[ProfilesService.health] = nobody
        default: rules[ProfilesService.get] = nobody
        }
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .document(TestToken.keyDocument)
        )
        let error = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try IDTokenServerInterceptor(verifier, rules: rules)
        }
        #expect(error?.code == .callersMissing)
    }

    @Test("services may have verifiers of their own, by grpc-swift's own conditions")
    func conditional() async throws {
        let keys = try LoopbackServer(.keys())
        defer { keys.stop() }
        let others = try IDTokenVerifier(
            audience: "https://other.example.com",
            callers: .anyGoogleIdentity,
            keys: .remote(keys.url())
        )
        let fields = [Field("authorization", "Bearer \(try FreshToken.minted())")]
        try await GuardedServer.run([
            .apply(
                try IDTokenServerInterceptor(IDTokenVerifier(keysFrom: keys)),
                to: .services([ProfilesService.profiles])
            ),
            .apply(try IDTokenServerInterceptor(others), to: .services([ProfilesService.health])),
        ]) { guarded in
            try await guarded.expect(ProfilesService.get, fields, is: CallCase.byAuthorization)
            let other = try await guarded.call(ProfilesService.check, fields)
            #expect(other.summary == "unauthenticated: The token is for another audience.")
        }
    }

    @Test("an interceptor that comes before sees why a call was refused, and the client does not")
    func cause() async throws {
        let recorder = CauseRecorder()
        let keys = try LoopbackServer(.keys())
        defer { keys.stop() }
        let verifier = try IDTokenVerifier(keysFrom: keys)
        let fields = [Field("authorization", "Bearer \(try FreshToken.minted())")]
        let outcome = try await GuardedServer.run([
            .apply(recorder, to: .all),
            .apply(try IDTokenServerInterceptor(verifier, rules: ProfilesService.rules), to: .all),
        ]) { guarded in
            try await guarded.call(ProfilesService.delete, fields)
        }
        let cause = try #require(recorder.cause.withLock { $0 })
        #expect(cause.code == .callerNotAllowed)
        #expect(cause.explanation.contains(TestToken.email))
        #expect(outcome.error?.code == .permissionDenied)
        #expect(!outcome.text.contains(TestToken.email))
    }
}

/// Keeps what the last refusal came from.
private final class CauseRecorder: ServerInterceptor {
    let cause = Lock<VerificationError?>(nil)

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>,
        context: ServerContext,
        next:
            @concurrent @Sendable (
                _ request: StreamingServerRequest<Input>,
                _ context: ServerContext
            ) async throws -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        let response = try await next(request, context)
        if case .failure(let error) = response.accepted {
            self.cause.withLock { $0 = error.cause as? VerificationError }
        }
        return response
    }
}
#endif
