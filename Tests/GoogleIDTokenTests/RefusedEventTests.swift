//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

/// What the events of a verifier tell of refused requests.
@Suite("Events of refused requests")
struct RefusedEventTests {
    private let events = Lock<[IDTokenVerifier.Event]>([])

    private func verifier() throws -> IDTokenVerifier {
        var configuration = IDTokenVerifier.Configuration()
        configuration.onEvent = { event in self.events.withLock { $0.append(event) } }
        return try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(TestToken.email),
            keys: .document(TestToken.keyDocument),
            configuration: configuration
        )
    }

    private var refusals: [(error: VerificationError, details: IDTokenVerifier.Event.Verification)] {
        self.events.withLock { events in
            events.compactMap { event in
                if case .refused(let error, let details) = event { (error, details) } else { nil }
            }
        }
    }

    @Test("an application's own verification names no route")
    func byHand() async throws {
        await #expect(throws: VerificationError.self) { try await self.verifier().verify(headers: [:]) }
        let refusal = try #require(self.refusals.first)
        #expect(refusal.details.route == nil)
        #expect(!refusal.details.isAfterVerification)
        #expect(!refusal.details.isLogged)
    }

    @Test("the verification of an integration names the route, and says whether the refusal has a line already")
    func integration() async throws {
        let request = ServedRequest(route: "/profiles/{id}", isLogged: true)
        await #expect(throws: VerificationError.self) { try await self.verifier().verify(headers: [], of: request) }
        let refusal = try #require(self.refusals.first)
        #expect(refusal.error.code == .credentialsMissing)
        #expect(refusal.details.route == "/profiles/{id}")
        #expect(refusal.details.isLogged)
        #expect(!refusal.details.isAfterVerification)
    }

    @Test("a request that may be anonymous is refused for a bad token alone")
    func anonymous() async throws {
        let request = ServedRequest(route: "/news", allowsAnonymous: true)
        let verifier = try self.verifier()
        let error = await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: [], of: request)
        }
        #expect(error?.code == .credentialsMissing)
        #expect(self.events.withLock { $0.isEmpty })
        await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: [("Authorization", "Bearer a.b")], of: request)
        }
        #expect(self.refusals.map(\.error.code) == [.tokenMalformed])
    }

    @Test("a refusal after the verification takes no time of its own")
    func afterVerification() async throws {
        let verifier = try self.verifier()
        let caller = try await verifier.verify(token: TestToken.minted(), at: TestToken.date)
        let error = try #require(throws: VerificationError.self) { try CallerPolicy.subjects("1").check(caller) }
        verifier.reportRefusal(error, of: ServedRequest(route: "/search"))
        #expect(self.events.withLock { $0.count } == 2)
        let refusal = try #require(self.refusals.first)
        #expect(refusal.error.code == .callerNotAllowed)
        #expect(refusal.details.isAfterVerification)
        #expect(refusal.details.duration == .zero)
        #expect(refusal.details.route == "/search")
    }
}
