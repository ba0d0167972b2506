//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

@Suite("Credential header")
struct CredentialHeaderTests {
    @Test(
        "[57] a name is the header's in any case",
        arguments: [
            ("Authorization", .authorization), ("authorization", .authorization), ("AUTHORIZATION", .authorization),
            ("aUTHORIZATIOn", .authorization), ("X-Serverless-Authorization", .xServerlessAuthorization),
            ("x-serverless-authorization", .xServerlessAuthorization),
            ("X-SERVERLESS-AUTHORIZATION", .xServerlessAuthorization),
        ] as [(String, CredentialHeader)]
    )
    func names(name: String, header: CredentialHeader) {
        #expect(CredentialHeader.allCases.filter { $0.matches(name) } == [header])
    }

    @Test(
        "another name is neither's",
        arguments: [
            "", "Authorization ", " Authorization", "Authorization:", "Authorizatio", "Authorizationn",
            "Proxy-Authorization", "X-Authorization", "X_Serverless_Authorization", "X-Serverless-Authorizatiom",
            "Authorization\0", "Authorizatıon", "Ａuthorization", "\u{212A}", "AUTHORİZATION",
            "aut\u{68}\u{301}rization",
            // 0x20 away from a letter, without being one.
            "X\rServerless\rAuthorization",
        ]
    )
    func otherNames(name: String) {
        #expect(CredentialHeader.allCases.allSatisfy { !$0.matches(name) })
    }
}
