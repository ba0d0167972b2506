//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Time policy")
struct TimePolicyTests {
    private static let issued = Double(TestToken.issuedAt)
    private static let expires = Double(TestToken.expiresAt)

    /// Judges the valid claims with changes.
    private static func check(
        _ changes: [String: String?] = [:],
        at now: Double = TestToken.now,
        skew: Double = 30,
        lifetime: Double = 86_400
    ) throws(VerificationError) {
        let claims = try Claims(parsing: Array(TestToken.claims(changes).utf8))
        try TimePolicy(clockSkew: skew, maximumLifetime: lifetime).check(claims, at: now)
    }

    private static func error(
        _ changes: [String: String?] = [:],
        at now: Double = TestToken.now,
        skew: Double = 30,
        lifetime: Double = 86_400
    ) -> VerificationError? {
        #expect(throws: VerificationError.self) { try Self.check(changes, at: now, skew: skew, lifetime: lifetime) }
    }

    @Test("[32] [55] a token is taken until its time and the skew are over", arguments: [0, 0.5, 30, 300] as [Double])
    func expiry(skew: Double) throws {
        let end = Self.expires + skew
        try Self.check(at: end.nextDown, skew: skew)
        #expect(Self.error(at: end, skew: skew)?.code == .tokenExpired)
        #expect(Self.error(at: end.nextUp, skew: skew)?.code == .tokenExpired)
        #expect(Self.error(at: end + 1e9, skew: skew)?.code == .tokenExpired)
    }

    @Test("[34] a token is taken from the time it is issued, less the skew", arguments: [0, 0.5, 30, 300] as [Double])
    func issue(skew: Double) throws {
        let start = Self.issued - skew
        try Self.check(at: start, skew: skew)
        try Self.check(at: start.nextUp, skew: skew)
        #expect(Self.error(at: start.nextDown, skew: skew)?.code == .issuedInFuture)
        #expect(Self.error(at: 0, skew: skew)?.code == .issuedInFuture)
    }

    @Test("[33] a token is taken from the time it is valid, less the skew", arguments: [0, 0.5, 30, 300] as [Double])
    func notBefore(skew: Double) throws {
        let changes: [String: String?] = ["nbf": "\(TestToken.issuedAt + 1_000)"]
        let start = Self.issued + 1_000 - skew
        try Self.check(changes, at: start, skew: skew)
        #expect(Self.error(changes, at: start.nextDown, skew: skew)?.code == .tokenNotYetValid)
    }

    @Test("[36] a token's whole time is at most the longest lifetime", arguments: [1, 3_600, 86_400] as [Double])
    func lifetime(longest: Double) throws {
        let whole = Int(longest)
        try Self.check(["exp": "\(TestToken.issuedAt + whole)"], at: Self.issued, lifetime: longest)
        let longer: [String: String?] = ["exp": "\(TestToken.issuedAt + whole).001"]
        #expect(Self.error(longer, at: Self.issued, lifetime: longest)?.code == .lifetimeTooLong)
        #expect(Self.error(longer, at: Self.issued, skew: 300, lifetime: longest)?.code == .lifetimeTooLong)
    }

    @Test("[35] fractions of a second count")
    func fractions() throws {
        try Self.check(["exp": "1700000100.5"], at: 1_700_000_100.25, skew: 0)
        #expect(Self.error(["exp": "1700000100.5"], at: 1_700_000_100.5, skew: 0)?.code == .tokenExpired)
        try Self.check(["iat": "1700000000.5"], at: 1_700_000_000.5, skew: 0)
        #expect(Self.error(["iat": "1700000000.5"], at: 1_700_000_000.25, skew: 0)?.code == .issuedInFuture)
        try Self.check(["nbf": "1700000000.5"], at: 1_700_000_000.5, skew: 0)
        #expect(Self.error(["nbf": "1700000000.5"], at: 1_700_000_000.25, skew: 0)?.code == .tokenNotYetValid)
    }

    @Test(
        "[35] extreme dates are judged and nothing traps",
        arguments: [
            (["exp": "1e308"], .lifetimeTooLong), (["exp": "1.7976931348623157e308"], .lifetimeTooLong),
            (["exp": "9223372036854775808"], .lifetimeTooLong), (["exp": "18446744073709551616"], .lifetimeTooLong),
            (["exp": "-1e308"], .tokenExpired), (["exp": "0"], .tokenExpired), (["exp": "-1"], .tokenExpired),
            (["exp": "-0"], .tokenExpired), (["exp": "1e-400"], .tokenExpired),
            (["exp": "-9223372036854775809"], .tokenExpired),
            (["iat": "1e308"], .issuedInFuture), (["iat": "9223372036854775808"], .issuedInFuture),
            (["iat": "-1e308"], .lifetimeTooLong), (["iat": "0"], .lifetimeTooLong), (["iat": "-1"], .lifetimeTooLong),
            (["iat": "-1.7976931348623157e308", "exp": "1.7976931348623157e308"], .lifetimeTooLong),
            (["iat": "1.7976931348623157e308", "exp": "1.7976931348623157e308"], .issuedInFuture),
            (["nbf": "1e308"], .tokenNotYetValid), (["nbf": "1.7976931348623157e308"], .tokenNotYetValid),
            (["exp": "1700000000000"], .lifetimeTooLong), (["iat": "1700000000000"], .issuedInFuture),
        ] as [([String: String?], VerificationError.Code)]
    )
    func extremes(changes: [String: String?], code: VerificationError.Code) {
        let error = Self.error(changes)
        #expect(error?.code == code)
        #expect(error?.explanation.isEmpty == false)
    }

    @Test("[35] an early nbf is no matter", arguments: ["0", "-1", "-1e308", "-1.7976931348623157e308", "1e-400"])
    func earlyNotBefore(json: String) throws {
        try Self.check(["nbf": json])
    }

    @Test(
        "a time to judge by that is no time is refused, whatever it is",
        arguments: [
            (.nan, .tokenExpired), (.signalingNaN, .tokenExpired), (.infinity, .tokenExpired),
            (.greatestFiniteMagnitude, .tokenExpired), (-.infinity, .issuedInFuture),
            (-.greatestFiniteMagnitude, .issuedInFuture), (.leastNonzeroMagnitude, .issuedInFuture),
        ] as [(Double, VerificationError.Code)]
    )
    func extremeNow(now: Double, code: VerificationError.Code) {
        #expect(Self.error(at: now)?.code == code)
    }

    @Test("[36] a token that expires before it is issued is expired, or of the future")
    func reversed() {
        let changes: [String: String?] = ["iat": "\(TestToken.expiresAt)", "exp": "\(TestToken.issuedAt)"]
        #expect(Self.error(changes, at: Self.issued)?.code == .issuedInFuture)
        #expect(Self.error(changes, at: Self.expires)?.code == .tokenExpired)
        #expect(Self.error(changes, at: Self.issued + 1_800)?.code == .tokenExpired)
    }

    @Test("expiry is judged before issue, this before nbf, and the lifetime last")
    func order() {
        let expired = "\(TestToken.issuedAt - 1_000)"
        let future = "\(TestToken.expiresAt)"
        #expect(Self.error(["exp": expired, "iat": future, "nbf": future])?.code == .tokenExpired)
        #expect(Self.error(["exp": "1e10", "iat": future, "nbf": future])?.code == .issuedInFuture)
        #expect(Self.error(["exp": "1e10", "nbf": future])?.code == .tokenNotYetValid)
        #expect(Self.error(["exp": "1e10"])?.code == .lifetimeTooLong)
    }

    @Test("explanations say by how much")
    func explanations() {
        #expect(Self.error(at: Self.expires + 90)?.explanation.contains("expired 1 minute ago") == true)
        #expect(Self.error(at: Self.issued - 45)?.explanation.contains("45 seconds in the future") == true)
        let late: [String: String?] = ["nbf": "\(TestToken.issuedAt + 160)"]
        #expect(Self.error(late)?.explanation.contains("valid in 1 minute") == true)
        #expect(Self.error(lifetime: 3_599)?.explanation.contains("valid for 1 hour") == true)
    }
}

extension TimePolicyTests {
    @Test("every whole number of seconds is exact")
    func wholeSeconds() {
        let wrong = (0...100_000).first { Duration.seconds($0).inSeconds != Double($0) }
        #expect(wrong == nil)
        #expect(Duration.seconds(365 * 24 * 60 * 60).inSeconds == 31_536_000)
        #expect(Duration.milliseconds(1_500).inSeconds == 1.5)
    }
}
