//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Configuration")
struct ConfigurationTests {
    private typealias Configuration = IDTokenVerifier.Configuration

    /// Makes a verifier with one thing changed.
    private static func make(
        audiences: [String] = [TestToken.audience],
        callers: CallerPolicy = .anyGoogleIdentity,
        _ change: (inout IDTokenVerifier.Configuration) -> Void = { _ in }
    ) throws -> IDTokenVerifier {
        var configuration = Configuration()
        change(&configuration)
        return try IDTokenVerifier(
            audiences: audiences,
            callers: callers,
            keys: .document(TestToken.keyDocument),
            configuration: configuration
        )
    }

    private static func error(_ change: (inout IDTokenVerifier.Configuration) -> Void) -> IDTokenVerifier
        .ConfigurationError?
    {
        #expect(throws: IDTokenVerifier.ConfigurationError.self) { try Self.make(change) }
    }

    @Test("the values that are right for Google's tokens")
    func values() throws {
        let configuration = try Self.make().configuration
        #expect(configuration.clockSkew == .seconds(30))
        #expect(configuration.maximumLifetime == nil)
        #expect(try Self.make().times.maximumLifetime == 86_400)
        #expect(configuration.maximumTokenSize == 16_384)
        #expect(configuration.removedSignature == .reject)
        #expect(configuration.maximumCachedTokens == 1_024)
        #expect(configuration.onEvent == nil)
    }

    @Test(
        "clock skew within its range",
        arguments: [.zero, .nanoseconds(1), .seconds(299.5), .seconds(300)] as [Duration]
    )
    func clockSkew(value: Duration) throws {
        #expect(try Self.make { $0.clockSkew = value }.configuration.clockSkew == value)
    }

    @Test(
        "clock skew out of its range",
        arguments: [
            .nanoseconds(-1), .seconds(-1), .seconds(300) + .nanoseconds(1), .seconds(301), .seconds(Int64.max),
            .seconds(Int64.min),
        ] as [Duration]
    )
    func badClockSkew(value: Duration) {
        let error = Self.error { $0.clockSkew = value }
        #expect(error?.code == .valueOutOfRange)
        #expect(error?.explanation == "Configuration.clockSkew is out of range; it must be 0 to 300 seconds.")
    }

    @Test(
        "maximum lifetime within its range",
        arguments: [.seconds(1), .seconds(3_600), .seconds(365 * 86_400)] as [Duration]
    )
    func maximumLifetime(value: Duration) throws {
        #expect(try Self.make { $0.maximumLifetime = value }.configuration.maximumLifetime == value)
    }

    @Test(
        "maximum lifetime out of its range",
        arguments: [
            .zero, .seconds(-3_600), .seconds(1) - .nanoseconds(1), .seconds(365 * 86_400) + .nanoseconds(1),
            .seconds(Int64.max),
        ] as [Duration]
    )
    func badMaximumLifetime(value: Duration) {
        let error = Self.error { $0.maximumLifetime = value }
        #expect(error?.code == .valueOutOfRange)
        #expect(error?.explanation.contains("Configuration.maximumLifetime") == true)
    }

    @Test("token size within its range", arguments: [1_024, 16_384, 65_536])
    func tokenSize(value: Int) throws {
        #expect(try Self.make { $0.maximumTokenSize = value }.configuration.maximumTokenSize == value)
    }

    @Test("token size out of its range", arguments: [.min, -1, 0, 1_023, 65_537, .max] as [Int])
    func badTokenSize(value: Int) {
        let error = Self.error { $0.maximumTokenSize = value }
        #expect(error?.code == .valueOutOfRange)
        #expect(error?.explanation.contains("Configuration.maximumTokenSize") == true)
    }

    @Test("cached tokens within their range", arguments: [0, 1, 1_000_000])
    func maximumCachedTokens(value: Int) throws {
        #expect(try Self.make { $0.maximumCachedTokens = value }.configuration.maximumCachedTokens == value)
    }

    @Test("cached tokens out of their range", arguments: [.min, -1, 1_000_001, .max] as [Int])
    func badCachedTokens(value: Int) {
        let error = Self.error { $0.maximumCachedTokens = value }
        #expect(error?.code == .valueOutOfRange)
        #expect(error?.explanation == "Configuration.maximumCachedTokens is out of range; it must be 0 to 1000000.")
    }

    @Test("the token size is the one that holds")
    func tokenSizeHolds() async throws {
        let verifier = try Self.make { $0.maximumTokenSize = 1_024 }
        for (size, code) in [(1_024, VerificationError.Code.tokenMalformed), (1_025, .tokenTooLarge)] {
            let text = String(repeating: "a", count: size)
            let alone = await #expect(throws: VerificationError.self) { try await verifier.verify(token: text) }
            #expect(alone?.code == code)
            let inHeader = await #expect(throws: VerificationError.self) {
                try await verifier.verify(headers: ["Authorization": "Bearer \(text)"])
            }
            #expect(inHeader?.code == code)
        }
    }

    @Test(
        "[48] no audience, or an empty one",
        arguments: [[], [""], [TestToken.audience, ""], ["", TestToken.audience]]
    )
    func audiences(audiences: [String]) {
        let error = #expect(throws: IDTokenVerifier.ConfigurationError.self) { try Self.make(audiences: audiences) }
        #expect(error?.code == .audienceMissing)
    }

    @Test("[48] the form with one audience takes no empty one either")
    func oneAudience() throws {
        let keys = KeySource.document(try TestToken.keyDocument)
        let error = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try IDTokenVerifier(audience: "", callers: .anyGoogleIdentity, keys: keys)
        }
        #expect(error?.code == .audienceMissing)
    }

    @Test("callers that name nobody, or an empty name")
    func callers() {
        for callers: CallerPolicy in [.serviceAccounts(), .union(), .subjects(""), .hostedDomain("")] {
            let error = #expect(throws: IDTokenVerifier.ConfigurationError.self) { try Self.make(callers: callers) }
            #expect(error?.code == .callersMissing)
        }
    }

    @Test("the values are judged before the keys are read")
    func keysLast() {
        var configuration = Configuration()
        configuration.clockSkew = .seconds(-1)
        let error = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try IDTokenVerifier(
                audience: "a",
                callers: .anyGoogleIdentity,
                keys: .file("/nonexistent"),
                configuration: configuration
            )
        }
        #expect(error?.code == .valueOutOfRange)
    }

    @Test("an error describes itself by its code and its explanation")
    func description() throws {
        let error = try #require(Self.error { $0.clockSkew = .seconds(-1) })
        #expect("\(error)" == "value_out_of_range: \(error.explanation)")
        #expect(
            IDTokenVerifier.ConfigurationError.Code.allCases.allSatisfy {
                $0.rawValue.wholeMatch(of: /[a-z]+(_[a-z]+)+/) != nil
            }
        )
    }
}
