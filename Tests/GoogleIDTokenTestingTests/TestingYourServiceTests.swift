//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import Testing

#if Emulator
internal import GoogleIDTokenEmulator
#endif

/// The service: it greets whoever may call.
struct Profiles {
    let verifier: IDTokenVerifier

    func handle(headers: [(name: String, value: String)]) async -> (status: Int, body: String) {
        let caller: VerifiedIDToken
        do throws(VerificationError) {
            caller = try await self.verifier.verify(headers: headers)
        } catch {
            return (error.httpResponse(realm: "profiles").status, "")
        }
        return (200, "Hello, \(caller.email ?? caller.subject)")
    }
}

/// The code of the article "Testing your service", word for word.
@Suite("code of TestingYourService.md")
struct TestingYourServiceTests {
    @Test("the service accepts a good token, and refuses each defect and a token that has expired")
    func theCodeDoesWhatTheArticleSays() async throws {
        let audience = "https://profiles-123456.europe-west1.run.app"
        let issuer = try TestIssuer()
        let service = Profiles(
            verifier: try IDTokenVerifier(
                audience: audience,
                callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com"),
                keys: issuer.keys
            )
        )
        let login = TestCaller(email: "login@my-project.iam.gserviceaccount.com")
        let token = try issuer.token(for: audience, from: .cloudTasks, caller: login)
        let answer = await service.handle(headers: [("Authorization", "Bearer \(token)")])
        #expect(answer.status == 200)

        for defect in TokenDefect.allCases {
            let bad = try issuer.token(for: audience, caller: login, defect: defect)
            let error = await #expect(throws: VerificationError.self) { try await service.verifier.verify(token: bad) }
            #expect(error?.code == defect.expectedCode)
            let answer = await service.handle(headers: [("Authorization", "Bearer \(bad)")])
            #expect(answer.status == error?.httpResponse(realm: "profiles").status)
        }

        let proxy = try TestTrustedIssuer(.identityAwareProxy)
        let resource = IdentityAwareProxyAudience.cloudRun(project: 123456, region: "europe-west1", service: "profiles")
        let behindProxy = Profiles(
            verifier: try IDTokenVerifier(
                trusting: .identityAwareProxy,
                audience: resource,
                callers: .hostedDomain("example.com"),
                keys: proxy.keys
            )
        )
        let assertion = try proxy.token(for: resource, caller: .user)
        let welcome = await behindProxy.handle(headers: [proxy.headerField(carrying: assertion)])
        #expect(welcome.status == 200)
        let stale = try proxy.token(for: resource, caller: .user, defect: .expired)
        let refused = await behindProxy.handle(headers: [proxy.headerField(carrying: stale)])
        #expect(refused.status == 401)

        let firebase = try TestTrustedIssuer(.firebase(project: "my-project"))
        let anonymous = try firebase.token(claims: #"{"firebase":{"sign_in_provider":"anonymous"}}"#)
        let agents = try TestTrustedIssuer(.agentIdentity(organization: "123456"))
        let agent = try agents.token(for: audience, claims: #"{"cnf":{"x5t#S256":"AAAA"}}"#)
        #expect(anonymous.split(separator: ".").count == 3)
        #expect(agent.split(separator: ".").count == 3)

        let clock = ManualClock()
        var configuration = IDTokenVerifier.Configuration()
        configuration.now = { clock.now }
        let timed = Profiles(
            verifier: try IDTokenVerifier(
                audience: audience,
                callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com"),
                keys: issuer.keys,
                configuration: configuration
            )
        )
        let hour = try issuer.token(for: audience, caller: login, issuedAt: clock.now)
        clock.advance(by: .seconds(59 * 60))
        let early = await timed.handle(headers: [("Authorization", "Bearer \(hour)")])
        #expect(early.status == 200)
        clock.advance(by: .seconds(2 * 60))
        let late = await timed.handle(headers: [("Authorization", "Bearer \(hour)")])
        #expect(late.status == 401)

        let next = try TestIssuer(key: .second)
        let both = try IDTokenVerifier(
            audience: audience,
            callers: .anyGoogleIdentity,
            keys: .document(TestIssuer.keyDocument([issuer, next]))
        )
        _ = try await both.verify(token: try next.token(for: audience))

        let keys: KeySource = .remote("http://127.0.0.1:8181/oauth2/v3/certs")
        _ = try IDTokenVerifier(audience: audience, callers: .anyGoogleIdentity, keys: keys)
    }

    #if Emulator
    @Test("a service that has the keys goes on while Google fails")
    func theServiceGoesOnDuringAnOutage() async throws {
        let audience = "https://profiles-123456.europe-west1.run.app"
        try await withGoogleEmulator { google in
            let callers = CallerPolicy.serviceAccounts(TestCaller.serviceAccount.email)
            let verifier = try IDTokenVerifier(audience: audience, callers: callers, keys: google.keys)
            let service = Profiles(verifier: verifier)
            let token = try google.token(for: audience, from: .cloudTasks)
            #expect(await service.handle(headers: [("Authorization", "Bearer \(token)")]).status == 200)
            google.setFault(.status(503), for: .keys)
            #expect(await service.handle(headers: [("Authorization", "Bearer \(token)")]).status == 200)
        }
    }
    #endif

    @Test("each block of code in the article stands in this file")
    func theArticleHasThisCode() throws {
        let folder = "Sources/GoogleIDTokenTesting/GoogleIDTokenTesting.docc"
        let article = try String(contentsOfFile: ProjectRoot.path("\(folder)/TestingYourService.md"), encoding: .utf8)
        let here = Self.trimmed(try String(contentsOfFile: #filePath, encoding: .utf8))
        let blocks = article.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(blocks.count == 9)
        for block in blocks { #expect(here.contains(Self.trimmed(block)), "\(block)") }
    }

    private static func trimmed(_ text: String) -> String {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
}
