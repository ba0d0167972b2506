//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken
internal import GoogleIDTokenEmulator
internal import GoogleIDTokenTesting
internal import Testing

/// An emulator in the process of a test.
@Suite("emulator: in a test", .serialized, .timeLimit(.minutes(5)))
struct EmulatorTests {
    private static let audience = "https://service.example.com"

    @Test("a verifier with its keys accepts its tokens, and refuses each defect with the defect's code")
    func mintsForAVerifier() async throws {
        try await withGoogleEmulator { emulator in
            let verifier = try Self.verifier(emulator)
            let caller = try await verifier.verify(token: try emulator.token(for: Self.audience))
            #expect(caller.email == TestCaller.serviceAccount.email)
            for defect in TokenDefect.allCases {
                let token = try emulator.token(for: Self.audience, defect: defect)
                let error = await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
                #expect(error?.code == defect.expectedCode)
            }
        }
    }

    @Test("ten of them run side by side in one process, each with its own keys, account, faults and URL")
    func tenSideBySide() async throws {
        try await withThrowingTaskGroup(of: (url: String, keyID: String).self) { group in
            for number in 0..<10 {
                group.addTask {
                    var configuration = GoogleEmulator.Configuration()
                    configuration.serviceAccount = TestCaller(
                        email: "robot\(number)@my-project.iam.gserviceaccount.com"
                    )
                    configuration.usesBuiltInKeys = false
                    return try await withGoogleEmulator(configuration) { emulator in
                        if number == 0 { emulator.setFault(.status(503), for: .keys) }
                        let verifier = try IDTokenVerifier(
                            audience: Self.audience,
                            callers: .serviceAccounts("robot\(number)@my-project.iam.gserviceaccount.com"),
                            keys: emulator.keys
                        )
                        let token = try emulator.token(for: Self.audience)
                        if number == 0 {
                            await #expect(throws: VerificationError.self) { try await verifier.verify(token: token) }
                            emulator.clearFaults()
                        }
                        _ = try await Self.verifier(emulator, .anyGoogleIdentity).verify(token: token)
                        return (emulator.url, try #require(emulator.keyIDs.first))
                    }
                }
            }
            let results = try await group.reduce(into: []) { $0.append($1) }
            #expect(Set(results.map(\.url)).count == 10)
            #expect(Set(results.map(\.keyID)).count == 10)
        }
    }

    @Test("once it is stopped, or released, nothing listens on its port any more")
    func stops() async throws {
        var configuration = GoogleEmulator.Configuration()
        let url: String
        do {
            let emulator = try await GoogleEmulator.start(configuration)
            url = emulator.url
            await emulator.stop()
            await emulator.stop()
        }
        configuration.port = try #require(UInt16(url.split(separator: ":").last ?? ""))
        let second = try await GoogleEmulator.start(configuration)
        #expect(second.url == url)
        let error = await #expect(throws: EmulatorError.self) { try await GoogleEmulator.start(configuration) }
        #expect(error?.code == .portInUse)
        await second.stop()
    }

    @Test("two rotations take the first key away, and a verifier gets the new one by itself")
    func rotates() async throws {
        try await withGoogleEmulator { emulator in
            let verifier = try Self.verifier(emulator)
            let first = try await verifier.verify(token: try emulator.token(for: Self.audience))
            #expect(emulator.keyIDs.first == first.keyID)
            try emulator.rotateKeys()
            #expect(emulator.keyIDs.last == first.keyID)
            let second = try await verifier.verify(token: try emulator.token(for: Self.audience))
            #expect(second.keyID == emulator.keyIDs.first)
            try emulator.rotateKeys()
            let firstKeyID = try #require(first.keyID)
            #expect(!emulator.keyIDs.contains(firstKeyID))
            #expect(emulator.keyIDs.count == 3)
        }
    }

    @Test("settings that make no sense are errors that say what is possible")
    func refusesSettings() async throws {
        var address = GoogleEmulator.Configuration()
        address.address = "example.com"
        var age = GoogleEmulator.Configuration()
        age.keysMaximumAge = -1
        var lifetime = GoogleEmulator.Configuration()
        lifetime.tokenLifetime = 0
        for configuration in [address, age, lifetime] {
            let error = await #expect(throws: EmulatorError.self) { try await GoogleEmulator.start(configuration) }
            #expect(error?.code == .configurationInvalid)
            #expect(error?.explanation.contains("give ") == true)
        }
    }

    private static func verifier(
        _ emulator: GoogleEmulator,
        _ callers: CallerPolicy = .serviceAccounts(TestCaller.serviceAccount.email)
    ) throws -> IDTokenVerifier {
        try IDTokenVerifier(audience: Self.audience, callers: callers, keys: emulator.keys)
    }
}
#endif
