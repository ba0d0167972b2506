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
internal import MetricsTestKit
internal import Testing

/// What a verifier with metrics counts, over real verifications and fetches.
@Suite("Metrics", .timeLimit(.minutes(5)))
struct VerifierMetricsTests {
    private let factory = TestMetrics()

    private func verifier(_ server: LoopbackServer) throws -> IDTokenVerifier {
        var configuration = IDTokenVerifier.Configuration()
        configuration.onEvent = VerifierMetrics(factory: self.factory).record
        return try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .serviceAccounts(TestToken.email),
            keys: .remote(server.url()),
            configuration: configuration
        )
    }

    private func count(_ label: String, _ dimensions: (String, String)...) -> Int64 {
        self.factory.counterTotal(label: label, dimensions: dimensions)
    }

    @Test("the metrics of several verifiers are told apart by their label")
    func namedVerifiers() throws {
        for (name, count) in [("users", 2), ("services", 5)] {
            let metrics = VerifierMetrics(verifier: name, factory: self.factory)
            metrics.record(.verified(IDTokenVerifier.Event.Verification(duration: .zero, isCached: false)))
            let fetch = IDTokenVerifier.Event.KeyFetch(keyCount: count, skippedKeyCount: 0, freshFor: .seconds(60))
            metrics.record(.keysFetched(fetch))
        }
        let label = "google_id_token_verifications_total"
        #expect(self.count(label, ("code", "verified"), ("cached", "false"), ("verifier", "users")) == 1)
        let fetches = "google_id_token_key_fetches_total"
        #expect(self.count(fetches, ("outcome", "fetched"), ("verifier", "services")) == 1)
        let users = try self.factory.expectGauge("google_id_token_keys", [("verifier", "users")])
        let services = try self.factory.expectGauge("google_id_token_keys", [("verifier", "services")])
        #expect(users.lastValue == 2)
        #expect(services.lastValue == 5)
    }

    @Test("verifications by code, with their durations")
    func verifications() async throws {
        let server = try LoopbackServer(.response(body: try TestToken.keyDocument))
        let verifier = try self.verifier(server)
        let token = try TestToken.minted()
        for _ in 0..<3 { _ = try await verifier.verify(token: token, at: TestToken.date) }
        _ = try verifier.verifyWithoutFetching(token: token, at: TestToken.date)
        await #expect(throws: VerificationError.self) { try await verifier.verify(headers: [:]) }
        await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
        let label = "google_id_token_verifications_total"
        #expect(self.count(label, ("code", "verified"), ("cached", "false")) == 2)
        #expect(self.count(label, ("code", "verified"), ("cached", "true")) == 2)
        #expect(self.count(label, ("code", "credentials_missing"), ("cached", "false")) == 1)
        #expect(self.count(label, ("code", "token_expired"), ("cached", "false")) == 1)
        #expect(self.factory.counterTotal(label: label) == 6)
        #expect(try self.factory.expectTimer("google_id_token_verification_seconds").values.count == 6)
    }

    @Test("refused requests by code and step, whoever refused them")
    func refusals() async throws {
        let server = try LoopbackServer(.response(body: try TestToken.keyDocument))
        let verifier = try self.verifier(server)
        let caller = try await verifier.verify(token: TestToken.minted(), at: TestToken.date)
        await #expect(throws: VerificationError.self) { try await verifier.verify(token: TestToken.minted()) }
        let route = ServedRequest(route: "/search", isLogged: true)
        let forbidden = try #require(throws: VerificationError.self) { try CallerPolicy.subjects("1").check(caller) }
        verifier.reportRefusal(forbidden, of: route)
        await #expect(throws: VerificationError.self) {
            try await verifier.verify(headers: [], of: ServedRequest(route: "/news", allowsAnonymous: true))
        }
        let refusals = "google_id_token_refusals_total"
        #expect(self.count(refusals, ("code", "token_expired"), ("stage", "time")) == 1)
        #expect(self.count(refusals, ("code", "caller_not_allowed"), ("stage", "caller")) == 1)
        #expect(self.factory.counterTotal(label: refusals) == 2)

        let verifications = "google_id_token_verifications_total"
        #expect(self.count(verifications, ("code", "verified"), ("cached", "false")) == 1)
        #expect(self.count(verifications, ("code", "token_expired"), ("cached", "false")) == 1)
        #expect(self.factory.counterTotal(label: verifications) == 2)
        #expect(try self.factory.expectTimer("google_id_token_verification_seconds").values.count == 2)
    }

    @Test("fetches by outcome, how many keys, and how old")
    func fetches() async throws {
        let server = try LoopbackServer(.text("", status: 500))
        let verifier = try self.verifier(server)
        await #expect(throws: VerificationError.self) { try await verifier.warmUp() }
        #expect(self.count("google_id_token_key_fetches_total", ("outcome", "failed")) == 1)
        #expect(try self.factory.expectGauge("google_id_token_keys").lastValue == nil)
        #expect(try self.factory.expectGauge("google_id_token_key_age_seconds").lastValue == nil)

        let working = try LoopbackServer(.response(body: try TestToken.keyDocument))
        try await self.verifier(working).warmUp()
        #expect(self.count("google_id_token_key_fetches_total", ("outcome", "fetched")) == 1)
        #expect(self.factory.recorders(label: "google_id_token_keys").compactMap(\.lastValue) == [1])
        let ages = self.factory.recorders(label: "google_id_token_key_age_seconds").compactMap(\.lastValue)
        #expect(ages.count == 1)
        #expect(ages.allSatisfy { $0 >= 0 })
    }

    @Test("labels are bounded: none comes from a request")
    func labels() throws {
        _ = VerifierMetrics(factory: self.factory)
        let codes = self.factory.counters(label: "google_id_token_verifications_total").map(\.dimensions)
        #expect(codes.count == VerificationError.Code.allCases.count + 2)
        #expect(codes.allSatisfy { $0.map(\.0) == ["code", "cached"] })
        #expect(Set(codes.map { $0[1].1 }) == ["true", "false"])
        let refusals = self.factory.counters(label: "google_id_token_refusals_total").map(\.dimensions)
        #expect(refusals.count == VerificationError.Code.allCases.count)
        #expect(refusals.allSatisfy { $0.map(\.0) == ["code", "stage"] })
        #expect(Set(refusals.map { $0[1].1 }) == Self.stages)
    }

    /// The values that the documentation comment of ``VerifierMetrics`` names.
    private static let stages: Set = [
        "credential", "token", "header", "key", "signature", "claims", "issuer", "audience", "time", "caller",
        "key_fetch", "cancellation",
    ]
}
#endif
