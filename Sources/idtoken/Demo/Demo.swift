//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import CurlTransport
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenEmulator
internal import GoogleIDTokenTesting

/// Runs the emulator, a private service, and good and bad callers in this process; they use real HTTP.
struct Demo: Sendable {
    private static let audience = "https://profiles-123456.europe-west1.run.app"

    private let emulator: GoogleEmulator

    /// Runs the whole demo.
    ///
    /// - Returns: The answers, those to good callers first.
    /// - Throws: ``CommandFailure`` if a server cannot listen or does not answer.
    static func run() async throws -> [DemoSection] {
        do {
            return try await withGoogleEmulator { try await Demo(emulator: $0).callServices() }
        } catch let error as EmulatorError {
            throw CommandFailure(error)
        }
    }

    private func callServices() async throws -> [DemoSection] {
        let usual = try await self.withService { service in
            try await [
                DemoSection(title: "Good callers", rows: service.send(all: self.goodCalls())),
                DemoSection(
                    title: "Requests without exactly one good credential",
                    rows: service.send(all: self.badRequests())
                ),
                DemoSection(title: "Tokens that the service refuses", rows: service.send(all: self.badTokens())),
            ]
        }
        let outage = try await self.withService { service in
            self.emulator.setFault(.status(503), for: .keys)
            return [
                try await service.send(
                    try self.goodCall("a good token while no keys can be fetched", 503, .keysUnavailable)
                )
            ]
        }
        let rotation = try await self.withService { service in
            self.emulator.clearFaults()
            var rows = [try await service.send(try self.goodCall("a good token once keys can be fetched"))]
            self.emulator.setFault(.hang, for: .keys)
            rows.append(try await service.send(try self.goodCall("a good token while Google does not answer")))
            try self.emulator.rotateKeys()
            rows.append(try await service.send(try self.goodCall("a token of Google's next key in the meantime")))
            return rows
        }
        return usual + [DemoSection(title: "While the key server fails", rows: outage + rotation)]
    }

    /// Runs a service that has no keys yet.
    private func withService<Result: Sendable>(_ body: (DemoService) async throws -> Result) async throws -> Result {
        let service = PrivateService(
            try IDTokenVerifier(
                audience: Self.audience,
                callers: .serviceAccounts(TestCaller.serviceAccount.email),
                keys: self.emulator.keys
            )
        )
        return try await LocalServer.run(answer: service.answer) { server in
            try await body(DemoService(service: service, url: server.url))
        }
    }

    private func goodCall(
        _ name: String,
        _ status: Int = 200,
        _ code: VerificationError.Code? = nil
    ) throws -> DemoCall {
        DemoCall(name, Self.bearer(try self.mint(.cloudRun)), status, code)
    }

    private func mint(_ sender: TokenSender, _ defect: TokenDefect? = nil) throws -> String {
        try self.emulator.token(for: Self.audience, from: sender, defect: defect)
    }

    /// Fetches a token as a caller on a virtual machine does.
    private func fetchedToken() async throws -> String {
        let path = "computeMetadata/v1/instance/service-accounts/default/identity"
        let answer = try await CurlTransport()
            .get(
                "\(self.emulator.url)/\(path)?audience=\(Self.audience)&format=full",
                headers: [("Metadata-Flavor", "Google")]
            )
        return String(decoding: answer.body, as: UTF8.self)
    }

    private func goodCalls() async throws -> [DemoCall] {
        [
            DemoCall("a token fetched from a metadata server", Self.bearer(try await self.fetchedToken())),
            DemoCall("a Cloud Tasks token", Self.bearer(try self.mint(.cloudTasks))),
            DemoCall(
                "a Pub/Sub token in X-Serverless-Authorization",
                [("X-Serverless-Authorization", "Bearer \(try self.mint(.pubSub))")]
            ),
        ]
    }

    private func badRequests() throws -> [DemoCall] {
        let good = try self.mint(.cloudRun)
        return [
            DemoCall("no credentials", [], 401, .credentialsMissing),
            DemoCall("a password", [("Authorization", "Basic YTpi")], 401, .credentialsMissing),
            DemoCall("two tokens in one header", Self.bearer("\(good), Bearer \(good)"), 400, .credentialsAmbiguous),
            DemoCall("a token in quotes", Self.bearer("\"\(good)\""), 400, .credentialsMalformed),
            DemoCall("an access token", Self.bearer("ya29.a0AfB_sample"), 401, .tokenMalformed),
            DemoCall(
                "an expired token before a good one",
                [("X-Serverless-Authorization", "Bearer \(try self.mint(.cloudRun, .expired))")] + Self.bearer(good),
                401,
                .tokenExpired
            ),
        ]
    }

    private func badTokens() throws -> [DemoCall] {
        try TokenDefect.allCases.map { defect in
            let (status, words) = defect.demonstration
            return DemoCall(words, Self.bearer(try self.mint(.cloudRun, defect)), status, defect.expectedCode)
        }
    }

    private static func bearer(_ token: String) -> [(name: String, value: String)] {
        [("Authorization", "Bearer \(token)")]
    }
}
#endif
