//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import Testing

/// The keys that `idtoken emulate` publishes, over HTTP: their documents, their header fields, rotation and faults.
@Suite("idtoken emulate: keys")
struct EmulateKeysTests {
    private static let audience = "https://service.example.com"

    private static func verifier(_ standIn: StandInProcess, _ version: String) throws -> IDTokenVerifier {
        try IDTokenVerifier(
            audience: Self.audience,
            callers: .serviceAccounts(TestCaller.serviceAccount.email),
            keys: .remote("\(standIn.url)/oauth2/\(version)/certs")
        )
    }

    private static func token(_ standIn: StandInProcess, _ query: String = "") async throws -> String {
        try await standIn.send("/control/token?audience=\(Self.audience)\(query)").text
    }

    @Test(
        "keys come with Google's header fields, and a verifier that fetches them accepts a token",
        arguments: ["v1", "v3"]
    )
    func publishesKeysAsGoogleDoes(_ version: String) async throws {
        let standIn = try await StandInProcess("--max-age", "24873")
        let response = try await standIn.send("/oauth2/\(version)/certs")
        #expect(response.status == 200)
        #expect(response.field("Content-Type") == "application/json; charset=UTF-8")
        #expect(response.field("Cache-Control") == "public, max-age=24873, must-revalidate, no-transform")
        let date = try #require(Self.date(response.field("Date")))
        let expires = try #require(Self.date(response.field("Expires")))
        #expect(expires.timeIntervalSince(date) == 24_873)
        #expect(abs(date.timeIntervalSinceNow) < 60)

        let verifier = try Self.verifier(standIn, version)
        let caller = try await verifier.verify(token: try await Self.token(standIn))
        #expect(caller.email == TestCaller.serviceAccount.email)
        #expect(verifier.health.keyCount == 2)
        #expect(verifier.health.skippedKeyCount == 0)
    }

    @Test("the discovery document names the stand-in's own keys and token endpoint")
    func discoveryPointsAtItsOwnKeys() async throws {
        let standIn = try await StandInProcess()
        let document = try await standIn.send("/.well-known/openid-configuration")
        #expect(document.object["issuer"] as? String == "https://accounts.google.com")
        #expect(document.object["jwks_uri"] as? String == "\(standIn.url)/oauth2/v3/certs")
        #expect(document.object["token_endpoint"] as? String == "\(standIn.url)/token")
        #expect(document.field("Cache-Control")?.contains("max-age=21600") == true)
    }

    @Test("a token with a defect is refused with the code that belongs to the defect")
    func defectsAreFound() async throws {
        let standIn = try await StandInProcess()
        let verifier = try Self.verifier(standIn, "v3")
        for defect in TokenDefect.allCases {
            let token = try await Self.token(standIn, "&defect=\(defect.rawValue)")
            let error = await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
            #expect(error?.code == defect.expectedCode)
        }
    }

    @Test("a rotation signs with the next key, and a second one takes the first key away")
    func rotatesOnCommand() async throws {
        let standIn = try await StandInProcess()
        let verifier = try Self.verifier(standIn, "v3")
        let first = try await verifier.verify(token: try await Self.token(standIn))
        let keys = try await standIn.send("/control").object["keys"] as? [String]
        #expect(keys?.first == first.keyID)
        let after = try await standIn.send("/control/rotate", method: "POST")
        #expect(after.status == 200)
        #expect((after.object["keys"] as? [String])?.first == keys?.last)
        #expect((after.object["keys"] as? [String])?.last == keys?.first)
        let second = try await verifier.verify(token: try await Self.token(standIn))
        #expect(second.keyID == keys?.last)

        _ = try await standIn.send("/control/rotate", method: "POST")
        let published = try await standIn.send("/control").object["keys"] as? [String] ?? []
        #expect(published.count == 3)
        #expect(!published.contains(try #require(keys?.first)))
    }

    @Test("--rotate-every changes the keys without a request")
    func rotatesByATimer() async throws {
        let standIn = try await StandInProcess("--rotate-every", "1")
        let first = try await standIn.send("/control").text
        let deadline = ContinuousClock.now + .seconds(60)
        var later = first
        while later == first, ContinuousClock.now < deadline { later = try await standIn.send("/control").text }
        #expect(later != first)
    }

    @Test(
        "a fault of the key endpoint leaves a verifier without keys until the fault is taken away",
        arguments: [
            #"{"endpoint": "keys", "fault": "status", "status": 500}"#, #"{"endpoint": "keys", "fault": "garbage"}"#,
            #"{"endpoint": "keys", "fault": "empty"}"#,
        ]
    )
    func faultLeavesNoKeys(_ fault: String) async throws {
        let standIn = try await StandInProcess()
        let token = try await Self.token(standIn)
        let on = try await standIn.send("/control/faults", method: "POST", body: fault)
        #expect(on.status == 200)
        #expect((on.object["faults"] as? [String: String])?.keys.contains("keys") == true)
        let verifier = try Self.verifier(standIn, "v3")
        let error = await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
        #expect(error?.code == .keysUnavailable)

        let off = try await standIn.send("/control/faults/keys", method: "DELETE")
        #expect((off.object["faults"] as? [String: String])?.isEmpty == true)
        _ = try await Self.verifier(standIn, "v3").verify(token: token)
    }

    @Test("an endpoint can be made to hang or to answer late, until the faults are taken away")
    func hangsAndDelays() async throws {
        let standIn = try await StandInProcess()
        _ = try await standIn.send("/control/faults", method: "POST", body: #"{"endpoint":"keys","fault":"hang"}"#)
        _ = try await standIn.send(
            "/control/faults",
            method: "POST",
            body: #"{"endpoint":"discovery","fault":"delay","seconds":0.2}"#
        )
        await #expect(throws: (any Error).self) { try await standIn.send("/oauth2/v3/certs", timeout: 1) }
        let start = ContinuousClock.now
        #expect(try await standIn.send("/.well-known/openid-configuration").status == 200)
        #expect(start.duration(to: .now) >= .milliseconds(200))
        let cleared = try await standIn.send("/control/faults", method: "DELETE")
        #expect((cleared.object["faults"] as? [String: String])?.isEmpty == true)
        #expect(try await standIn.send("/oauth2/v3/certs").status == 200)
    }

    private static func date(_ text: String?) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return text.flatMap { formatter.date(from: $0) }
    }
}
#endif
