//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Audiences of a Cloud Run service")
struct CloudRunAudiencesTests {
    @Test(
        "a URL gives itself without and with one slash, and nothing else",
        arguments: ["https://profiles-123456.europe-west1.run.app", "https://profiles-123456.europe-west1.run.app/"]
    )
    func slash(url: String) async throws {
        let audiences = try IDTokenVerifier.cloudRunAudiences(url)
        let own = "https://profiles-123456.europe-west1.run.app"
        #expect(audiences.elementsEqual([own, "\(own)/"]) { $0.isExactly($1) })
        let verifier = try IDTokenVerifier(
            audiences: audiences,
            callers: .anyGoogleIdentity,
            keys: .document(try TestToken.keyDocument)
        )
        for (audience, isAccepted) in [
            (own, true), ("\(own)/", true), ("\(own)//", false), ("\(own)/a", false), (own.uppercased(), false),
            ("\(own).", false), ("http\(own.dropFirst(5))", false), ("\(own)/?", false),
        ] {
            let token = try TestToken.minted(claims: TestToken.claims(["aud": "\"\(audience)\""]))
            let caller = try? await verifier.verify(token: token, at: TestToken.date)
            #expect((caller != nil) == isAccepted, "\(audience)")
        }
    }

    @Test("both URLs of a service give four audiences")
    func bothForms() throws {
        let urls = ["https://profiles-123456.europe-west1.run.app", "https://profiles-abcde12345-ew.a.run.app"]
        #expect(try IDTokenVerifier.cloudRunAudiences(urls) == urls.flatMap { [$0, "\($0)/"] })
        #expect(try IDTokenVerifier.cloudRunAudiences(urls[0], urls[1]).count == 4)
    }

    @Test(
        "anything but https, a host and a slash is refused, with the URL that was probably meant",
        arguments: [
            ("http://a.run.app", #"give "https://a.run.app""#), ("a.run.app", #"give "https://a.run.app""#),
            ("https://a.run.app//", #"give "https://a.run.app""#),
            ("https://a.run.app/b", #"give "https://a.run.app""#),
            ("https://A.run.app", #"give "https://a.run.app""#), ("HTTPS://a.run.app", #"give "https://a.run.app""#),
            ("https://a.run.app:443", "gcloud run services describe"), ("https://u@a.run.app", "gcloud run services"),
            ("https://a.run.app?b", "gcloud run services"), ("https://", "gcloud run services"),
            ("profiles", "gcloud run"),
            ("https://caf\u{E9}.example", "gcloud run services"),
        ]
    )
    func others(url: String, remedy: String) {
        let error = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
            try IDTokenVerifier.cloudRunAudiences("https://b.run.app", url)
        }
        #expect(error?.code == .audienceInvalid)
        #expect(error?.explanation.hasPrefix("The URL \(url.quotedForOperators) is not the URL of a Cloud Run") == true)
        #expect(error?.explanation.contains(remedy) == true, "\(error?.explanation ?? "")")
    }

    @Test("no URL, or an empty one, is a missing audience, and white space a wrong one")
    func missing() {
        for (urls, code) in [
            ([], .audienceMissing), ([""], .audienceMissing), (["https://a.run.app\n"], .audienceInvalid),
        ] as [([String], IDTokenVerifier.ConfigurationError.Code)] {
            let error = #expect(throws: IDTokenVerifier.ConfigurationError.self) {
                try IDTokenVerifier.cloudRunAudiences(urls)
            }
            #expect(error?.code == code)
        }
    }
}
