//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import Testing

@testable internal import GoogleIDToken

/// Tokens and keys of Google's own, which do not come with the package; they may lie in a folder beside it.
private enum GoogleData {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "../shared/data").standardizedFileURL

    static let isPresent = FileManager.default.fileExists(
        atPath: Self.folder.appending(path: "google-signed-2020.jwt").path(percentEncoded: false)
    )

    static let hasAssertion = FileManager.default.fileExists(
        atPath: Self.folder.appending(path: "iap-signed-2020.jwt").path(percentEncoded: false)
    )
}

@Suite(
    "a genuine assertion of Identity-Aware Proxy",
    .enabled(if: GoogleData.hasAssertion, "iap-signed-2020.jwt is not in the folder ../shared/data")
)
struct GenuineAssertionTests {
    @Test("it verifies at its time with Google's key of that time, and not after it")
    func verifies() throws {
        let folder = GoogleData.folder
        let token = try String(contentsOf: folder.appending(path: "iap-signed-2020.jwt"), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let keys = Array(try Data(contentsOf: folder.appending(path: "iap-keys-2020.json")))
        let verifier = try IDTokenVerifier(
            trusting: .identityAwareProxy,
            audience: .appEngine(project: 652_562_776_798, id: "cloud-samples-tests-php-iap"),
            callers: .accessLevels("accessPolicies/518551280924/accessLevels/testNoOp"),
            keys: .document(keys)
        )
        let headers = [(name: "X-Goog-IAP-JWT-Assertion", value: token)]
        let time = Date(timeIntervalSince1970: 1_584_047_100)
        let user = try verifier.verifyWithoutFetching(headers: headers, at: time)
        #expect(user.keyID == "mpf0DA")
        #expect(user.hostedDomain == "google.com")
        #expect(user.accessLevels.count == 3)
        let later = Date(timeIntervalSince1970: 1_584_047_700)
        let error = #expect(throws: VerificationError.self) {
            try verifier.verifyWithoutFetching(headers: headers, at: later)
        }
        #expect(error?.code == .tokenExpired)
    }
}

@Suite("genuine tokens", .enabled(if: GoogleData.isPresent, "the folder ../shared/data is absent"))
struct GenuineTokenTests {
    /// A time at which the token of 2020 is valid.
    private static let time = Date(timeIntervalSince1970: 1_587_627_000)

    private static func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: GoogleData.folder.appending(path: name)))
    }

    private static func token(_ name: String = "google-signed-2020.jwt") throws -> String {
        String(decoding: try Self.read(name), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func verifier(
        keys: String = "google-keys-2020.json",
        audience: String = "https://example.com/path"
    ) throws -> IDTokenVerifier {
        try IDTokenVerifier(
            audience: audience,
            callers: .serviceAccounts("integration-tests@chingor-test.iam.gserviceaccount.com"),
            keys: .document(Self.read(keys))
        )
    }

    @Test(
        "a token that Google signed verifies with both forms of Google's keys",
        arguments: ["google-keys-2020.json", "google-certificates-2020.json"]
    )
    func verifies(keys: String) throws {
        let verifier = try Self.verifier(keys: keys)
        #expect(verifier.health.keyCount == 2)
        #expect(verifier.health.skippedKeyCount == 0)
        #expect(Self.time == (try Date("2020-04-23T07:30:00Z", strategy: .iso8601)))
        let caller = try verifier.verifyWithoutFetching(token: Self.token(), at: Self.time)
        #expect(caller.keyID == "f9d97b4cae90bcd76aeb20026f6b770cac221783")
        #expect(caller.issuer == "https://accounts.google.com")
        #expect(caller.audiences == ["https://example.com/path"])
        #expect(caller.subject == "104029292853099978293")
        #expect(caller.email == "integration-tests@chingor-test.iam.gserviceaccount.com")
        #expect(caller.isEmailVerified)
        #expect(caller.issuedAt == Date(timeIntervalSince1970: 1_587_626_288))
        #expect(caller.expiresAt == Date(timeIntervalSince1970: 1_587_629_888))
        #expect(caller.claim("azp")?.stringValue == caller.email)
    }

    @Test("every change of one bit is rejected")
    func oneBit() throws {
        let verifier = try Self.verifier()
        let bytes = Array(try Self.token().utf8)
        var codes: [VerificationError.Code: Int] = [:]
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << bit
                // A byte that is no UTF-8 becomes a replacement character, which no token holds either.
                let token = String(decoding: changed, as: UTF8.self)
                let error = #expect(throws: VerificationError.self, "bit \(bit) of byte \(index)") {
                    try verifier.verifyWithoutFetching(token: token, at: Self.time)
                }
                codes[try #require(error).code, default: 0] += 1
            }
        }
        #expect(codes.values.reduce(0, +) == bytes.count * 8)
        // None of them comes as far as the claims.
        let early: Set<VerificationError.Code> = [
            .tokenMalformed, .headerMalformed, .algorithmUnsupported, .headerUnsupported, .keyIDMissing, .keyUnknown,
            .signatureInvalid,
        ]
        #expect(Set(codes.keys) == early)
    }

    @Test("every token that is cut short is rejected")
    func cut() throws {
        let verifier = try Self.verifier()
        let token = try Self.token()
        for count in 0..<token.utf8.count {
            let error = #expect(throws: VerificationError.self, "\(count) bytes") {
                try verifier.verifyWithoutFetching(token: String(token.prefix(count)), at: Self.time)
            }
            #expect(error?.code == .tokenMalformed || error?.code == .signatureInvalid)
        }
    }

    @Test("a genuine token is for its audience and its hour only")
    func audienceAndTime() throws {
        let token = try Self.token()
        let other = try Self.verifier(audience: "https://example.com")
        let audience = #expect(throws: VerificationError.self) {
            try other.verifyWithoutFetching(token: token, at: Self.time)
        }
        #expect(audience?.code == .audienceMismatch)
        #expect(audience?.explanation.contains("only by its path") == true)
        let verifier = try Self.verifier()
        let today = #expect(throws: VerificationError.self) { try verifier.verifyWithoutFetching(token: token) }
        #expect(today?.code == .tokenExpired)
    }

    @Test(
        "a token whose key was retired is of an unknown key",
        arguments: ["google-keys-2020.json", "google-certificates-2020.json"]
    )
    func retiredKey(keys: String) throws {
        let verifier = try Self.verifier(keys: keys)
        let token = try Self.token("google-signed-2022-keys-retired.jwt")
        let error = #expect(throws: VerificationError.self) {
            try verifier.verifyWithoutFetching(token: token, at: Date(timeIntervalSince1970: 1_660_877_100))
        }
        #expect(error?.code == .keyUnknown)
    }
}
