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
internal import GoogleIDTokenTesting
internal import Testing
#if Hummingbird
internal import GoogleIDTokenHummingbird
internal import Hummingbird
internal import TestSupport
#endif

/// Google's own client library, and PyJWT, with the stand-in in place of Google.
@Suite("Real clients", .serialized)
struct RealClientTests {
    private static let audience = "https://service.example.com/push?a=b&c=d"

    @Test(
        "google-auth fetches a token that verifies here",
        arguments: [
            ("metadata server", "caller@my-project.iam.gserviceaccount.com"),
            ("key file", "caller@my-project.iam.gserviceaccount.com"),
            ("impersonation", "target@my-project.iam.gserviceaccount.com"),
            ("external account", "target@my-project.iam.gserviceaccount.com"),
        ]
    )
    func fetches(_ name: String, _ email: String) async throws {
        let folder = try TestFolder()
        let standIn = try await StandInProcess("--folder", folder.path)
        let client = try await RealClient(name, standIn, audience: Self.audience, folder: folder)
        #expect(client.status == 0, "\(client.errors)")
        for version in ["v1", "v3"] {
            let verifier = try IDTokenVerifier(
                audience: Self.audience,
                callers: .serviceAccounts(email),
                keys: .remote("\(standIn.url)/oauth2/\(version)/certs")
            )
            let caller = try await verifier.verify(headers: ["Authorization": "Bearer \(client.output)"])
            #expect(caller.email == email)
            #expect(caller.subject == TestCaller(email: email).subject)
            #if Hummingbird
            try await Self.call(verifier, with: client.output, expecting: email)
            #endif
        }
        print("real clients: google-auth, \(name): its token verifies here, and a Hummingbird service takes it")
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

    @Test(
        "what the stand-in mints is accepted by others, and its defects are not",
        arguments: ["google-auth with certificates", "google-auth with a key set", "PyJWT with PyJWKClient"]
    )
    func verifies(_ name: String) async throws {
        let folder = try TestFolder()
        let standIn = try await StandInProcess("--folder", folder.path)
        let audience = try #require(Self.audience.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        for sender in [TokenSender.cloudRun, .metadataServer, .pubSub] {
            let token = try await standIn.send("/control/token?audience=\(audience)&sender=\(sender.rawValue)").text
            let client = try await RealClient(name, standIn, audience: Self.audience, folder: folder, input: token)
            #expect(client.status == 0, "\(client.errors)")
            let claims = try JSONSerialization.jsonObject(with: Data(client.output.utf8)) as? [String: Any]
            #expect(claims?["email"] as? String == TestCaller.serviceAccount.email)
        }
        for defect in [TokenDefect.expired, .tampered, .otherKey, .unknownKey, .wrongAudience, .signatureRemoved] {
            let token = try await standIn.send("/control/token?audience=\(audience)&defect=\(defect.rawValue)").text
            let client = try await RealClient(name, standIn, audience: Self.audience, folder: folder, input: token)
            #expect(client.status == 1, "\(defect.rawValue): \(client.output)")
            #expect(!client.errors.contains("Traceback"), "\(client.errors)")
        }
        print("real clients: \(name): accepts the stand-in's tokens, refuses those with a defect")
    }
}
#endif
