//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import FoundationNetworking
internal import GoogleIDToken
internal import GoogleIDTokenEmulator
internal import GoogleIDTokenTesting
internal import Testing
#if Hummingbird
internal import GoogleIDTokenHummingbird
internal import Hummingbird
internal import TestSupport
#endif

/// Clients of Google's libraries in several languages, with the emulator in place of Google.
@Suite("Real clients", .serialized)
struct RealClientTests {
    private static let audience = "https://service.example.com/push?a=b&c=d"
    private static let target = TestCaller(email: "target@my-project.iam.gserviceaccount.com")

    @Test(
        "the token that a client fetches verifies here, in both headers",
        arguments: RealClient.allCases.flatMap { client in client.fetches.map { (client, $0) } }
    )
    func fetches(_ client: RealClient, _ name: String) async throws {
        let title = try await client.prepare()
        let folder = try TestFolder()
        try await withGoogleEmulator { emulator in
            let files = try emulator.writeCredentialFiles(to: folder.path)
            let command = try await client.run(name, emulator, audience: Self.audience, files: files)
            #expect(command.status == 0, "\(command.errors)")
            let token = command.output.trimmingCharacters(in: .whitespacesAndNewlines)
            let isTarget = ["impersonation", "external account"].contains { name.hasSuffix($0) }
            let expected = isTarget ? Self.target : TestCaller.serviceAccount
            for url in [emulator.keysURL, emulator.certificatesURL] {
                let verifier = try IDTokenVerifier(
                    audience: Self.audience,
                    callers: .serviceAccounts(expected.email),
                    keys: .remote(url)
                )
                for header in ["Authorization", "X-Serverless-Authorization"] {
                    let caller = try await verifier.verify(headers: [header: "Bearer \(token)"])
                    #expect(caller.email == expected.email)
                    #expect(caller.subject == expected.subject)
                }
                #if Hummingbird
                try await Self.call(verifier, with: token, expecting: expected.email)
                #endif
            }
        }
        Self.printRow(title, name, "its token verifies here, and a Hummingbird service takes it")
    }

    #if Hummingbird
    /// Sends the token to a service, which answers with its caller's address, and then one that was changed.
    private static func call(_ verifier: IDTokenVerifier, with token: String, expecting email: String) async throws {
        let router = Router(context: BasicCallerRequestContext.self)
        router.add(middleware: IDTokenMiddleware(verifier, realm: "profiles"))
        router.get("profile") { _, context in context.caller?.email ?? "a stranger" }
        try await RunningService.during(router) { service in
            var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(service.port)/profile")))
            request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
            let (body, answer) = try await URLSession.shared.data(for: request)
            #expect((answer as? HTTPURLResponse)?.statusCode == 200)
            #expect(String(decoding: body, as: UTF8.self) == email)
            request.setValue("Bearer \(token.dropLast())", forHTTPHeaderField: "Authorization")
            let (_, refusal) = try await URLSession.shared.data(for: request)
            #expect((refusal as? HTTPURLResponse)?.statusCode == 401)
        }
    }
    #endif

    /// What every one of the libraries must refuse; each is lenient about some of the other defects.
    private static let grave: [TokenDefect] = [
        .expired, .wrongAudience, .audienceWithSlash, .tampered, .signatureCut, .signatureRemoved, .signatureMissing,
        .otherKey,
        .unknownKey,
    ]

    @Test(
        "a library accepts the tokens of every sender, and refuses those with a grave defect",
        arguments: RealClient.allCases.flatMap { client in client.verifications.map { (client, $0) } }
    )
    func verifies(_ client: RealClient, _ name: String) async throws {
        let title = try await client.prepare()
        let folder = try TestFolder()
        try await withGoogleEmulator { emulator in
            let senders = TokenSender.allCases.filter { $0.fixedAudience == nil }
            let good = try senders.map { try emulator.token(for: Self.audience, from: $0) }
            let bad = try TokenDefect.allCases.map { try emulator.token(for: Self.audience, defect: $0) }
            let command = try await client.run(
                name,
                emulator,
                audience: Self.audience,
                files: try emulator.writeCredentialFiles(to: folder.path),
                input: (good + bad).joined(separator: "\n") + "\n"
            )
            #expect(command.status == 0, "\(command.errors)")
            let answers = command.output.split(separator: "\n")
            try #require(answers.count == good.count + bad.count, "\(command.output)")
            for (sender, answer) in zip(senders, answers) {
                #expect(
                    ["accepted \(TestCaller.serviceAccount.email)", "accepted -"].contains(answer),
                    "\(sender.rawValue): \(answer)"
                )
            }
            let accepted = zip(TokenDefect.allCases, answers.dropFirst(good.count))
                .filter { $1.hasPrefix("accepted") }.map(\.0)
            for defect in Self.grave { #expect(!accepted.contains(defect), "\(defect.rawValue)") }
            let lenient = accepted.map(\.rawValue).joined(separator: ", ")
            Self.printRow(title, name, "accepts \(good.count) senders; does not mind: \(lenient)")
        }
    }

    private static func printRow(_ title: String, _ name: String, _ outcome: String) {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        print("real clients: \(padded(title, 44)) \(padded(name, 26)) \(outcome)")
    }
}
#endif
