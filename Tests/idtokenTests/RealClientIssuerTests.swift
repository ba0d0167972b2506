//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenEmulator
internal import GoogleIDTokenTesting
internal import Testing

/// Google's library for Python verifies the emulator's tokens of other issuers: ES256 and RS256, with the emulator's keys.
@Suite("real clients: other issuers", .serialized, .timeLimit(.minutes(10)))
struct RealClientIssuerTests {
    private static let audience = "https://service.example.com"
    private static let proxyAudience = "/projects/123456/apps/my-project"

    /// An issuer by its name, with its tokens.
    struct Issuer: Sendable, CustomTestStringConvertible {
        let name: String
        let audience: String
        /// The e-mail address that the library finds.
        let email: String
        let token: @Sendable (GoogleEmulator, TokenDefect?) throws -> String

        var testDescription: String { self.name }
    }

    private static let issuers = [
        Issuer(name: "identityAwareProxy", audience: Self.proxyAudience, email: TestCaller.user.email) {
            try $0.token(of: .identityAwareProxy, for: .exactly(Self.proxyAudience), defect: $1)
        },
        Issuer(name: "firebase:my-project", audience: "my-project", email: TestCaller.user.email) {
            try $0.token(of: .firebase(project: "my-project"), defect: $1)
        },
        Issuer(name: "firebaseSession:my-project", audience: "my-project", email: TestCaller.user.email) {
            try $0.token(of: .firebaseSession(project: "my-project"), defect: $1)
        },
        Issuer(name: "agentIdentity:organizations/123456", audience: Self.audience, email: "-") {
            try $0.token(of: .agentIdentity(organization: "123456"), for: Self.audience, defect: $1)
        },
    ]

    private static let grave: [TokenDefect] = [
        .expired, .wrongAudience, .tampered, .signatureCut, .signatureRemoved, .signatureMissing, .otherKey,
        .unknownKey,
    ]

    @Test("the library accepts a token of the issuer, and refuses those with a grave defect", arguments: issuers)
    func verifies(_ issuer: Issuer) async throws {
        _ = try await RealClient.python.prepare()
        let folder = try TestFolder()
        try await withGoogleEmulator { emulator in
            let defects: [TokenDefect?] = [nil] + Self.grave
            let command = try await RealClient.python.run(
                "verify tokens of \(issuer.name)",
                emulator,
                audience: issuer.audience,
                files: try emulator.writeCredentialFiles(to: folder.path),
                input: try defects.map { try issuer.token(emulator, $0) }.joined(separator: "\n") + "\n"
            )
            #expect(command.status == 0, "\(command.errors)")
            let answers = command.output.split(separator: "\n")
            try #require(answers.count == defects.count, "\(command.output)")
            #expect(answers[0] == "accepted \(issuer.email)")
            for (defect, answer) in zip(Self.grave, answers.dropFirst()) {
                #expect(answer.hasPrefix("refused"), "\(defect.rawValue): \(answer)")
            }
        }
    }
}
#endif
