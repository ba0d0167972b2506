//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import Testing

/// The code of the article "Other Google issuers", with nothing but the public interface.
@Suite("code of OtherIssuers.md")
struct OtherIssuersArticleTests {
    private struct Request {
        let headers: [(name: String, value: String)]
    }

    private static let certificate: [UInt8] = [0x30, 0]

    @Test("verifiers of each issuer can be made, without any traffic")
    func verifiers() throws {
        let proxy = try Self.proxy()
        let firebase = try IDTokenVerifier(trusting: .firebase(project: "my-project"), callers: .anyCaller)
        for verifier in [proxy, firebase, try Self.agents()] { #expect(verifier.health.keyCount == 0) }
        _ = try IDTokenVerifiers(proxy, firebase)
    }

    @Test("the article has this code")
    func code() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let article = root.appending(path: "Sources/GoogleIDToken/GoogleIDToken.docc/OtherIssuers.md")
        let own = Self.words(try String(contentsOf: URL(filePath: #filePath), encoding: .utf8))
        let blocks = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(blocks.count == 4)
        for block in blocks { #expect(own.contains(Self.words(block)), "\(block)") }
    }

    /// A text without white space, which the formatter changes.
    private static func words(_ text: String) -> String {
        text.filter { !$0.isWhitespace }
    }

    private static func proxy() throws -> IDTokenVerifier {
        let verifier = try IDTokenVerifier(
            trusting: .identityAwareProxy,
            audience: .cloudRun(project: 123456, region: "europe-west1", service: "profiles"),
            callers: .hostedDomain("example.com")
        )
        return verifier
    }

    private static func firebase(_ request: Request) async throws {
        let verifier = try IDTokenVerifier(trusting: .firebase(project: "my-project"), callers: .anyCaller)
        let user = try await verifier.verify(headers: request.headers)
        print(user.subject, user.firebase?.signInProvider ?? "", user.firebase?.tenant ?? "")
    }

    private static func agents() throws -> IDTokenVerifier {
        let verifier = try IDTokenVerifier(
            trusting: .agentIdentity(organization: "123456789012"),
            audience: "https://profiles-123456.europe-west1.run.app",
            callers: .agents(
                in: "spiffe://agents.global.org-123456789012.system.id.goog/resources/run/projects/210987654321"
            )
        )
        return verifier
    }

    private static func bound(_ request: Request, to certificate: [UInt8], by verifier: IDTokenVerifier) async throws {
        let caller =
            try await verifier
            .withClientCertificate(ClientCertificate(der: certificate))
            .verify(headers: request.headers)
        print(caller.subject)
    }

    @Test("requests without tokens are rejected")
    func missing() async throws {
        let request = Request(headers: [("Host", "service.example.com")])
        let verifier = try Self.agents()
        await #expect(throws: VerificationError.self) { try await Self.firebase(request) }
        await #expect(throws: VerificationError.self) {
            try await Self.bound(request, to: Self.certificate, by: verifier)
        }
    }
}
