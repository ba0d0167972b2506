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

/// A token of one of Google's other issuers, and a file with the issuer's keys.
struct IssuedToken {
    /// The value of `--issuer`.
    let issuer: String
    let token: String
    /// The options for the audience; none if the issuer determines it.
    let audienceOptions: [String]
    /// The header field that carries the token.
    let field: (name: String, value: String)
    let keysFile: URL

    static let proxyAudience = "/projects/123456/apps/my-project"
    static let audience = "https://service.example.com"

    /// All of them, with files in a folder.
    static func all(in folder: URL, claims: String = "{}") throws -> [IssuedToken] {
        let agents = IDTokenVerifier.TrustedIssuer<String>.agentIdentity(organization: "123456")
        let proxy = try TestTrustedIssuer(.identityAwareProxy)
        let agent = try TestTrustedIssuer(agents)
        let firebase = try TestTrustedIssuer(.firebase(project: "my-project"))
        let session = try TestTrustedIssuer(.firebaseSession(project: "my-project"))
        return [
            try Self(
                "identityAwareProxy",
                proxy,
                proxy.token(for: .exactly(Self.proxyAudience), claims: claims),
                Self.proxyAudience,
                folder
            ),
            try Self("firebase:my-project", firebase, firebase.token(claims: claims), nil, folder),
            try Self("firebaseSession:my-project", session, session.token(claims: claims), nil, folder),
            try Self(
                "agentIdentity:organizations/123456",
                agent,
                agent.token(for: Self.audience, claims: claims),
                Self.audience,
                folder
            ),
        ]
    }

    private init<Audience>(
        _ name: String,
        _ issuer: TestTrustedIssuer<Audience>,
        _ token: String,
        _ audience: String?,
        _ folder: URL
    ) throws {
        self.issuer = name
        self.token = token
        self.audienceOptions = audience.map { ["--audience", $0] } ?? []
        self.field = issuer.headerField(carrying: token)
        self.keysFile = folder.appending(path: "\(name.replacing("/", with: "-")).json")
        try Data(issuer.keyDocument).write(to: self.keysFile)
    }

    /// Options for the issuer, its keys and the audience.
    var options: [String] {
        ["--issuer", self.issuer, "--keys", self.keysFile.path(percentEncoded: false)] + self.audienceOptions
    }
}
#endif
