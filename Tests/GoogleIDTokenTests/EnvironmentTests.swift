//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("A verifier from environment variables")
struct EnvironmentTests {
    private static let good = [
        "ID_TOKEN_AUDIENCES": "https://other.example \(TestToken.audience),\n",
        "ID_TOKEN_CALLERS": "subject:1, serviceAccount:\(TestToken.email)", "PATH": "/bin",
    ]

    private static func make(
        _ changes: [String: String?] = [:],
        _ configuration: IDTokenVerifier.Configuration = .init()
    ) throws -> IDTokenVerifier {
        var environment = Self.good
        for (name, value) in changes { environment[name] = value }
        return try IDTokenVerifier(
            environment: environment,
            keys: .document(try TestToken.keyDocument),
            configuration: configuration
        )
    }

    private static func error(_ changes: [String: String?]) -> IDTokenVerifier.ConfigurationError? {
        #expect(throws: IDTokenVerifier.ConfigurationError.self) { try Self.make(changes) }
    }

    @Test("the variables name the audiences and the callers")
    func variables() async throws {
        let verifier = try Self.make()
        #expect(try await verifier.verify(token: TestToken.minted(), at: TestToken.date).email == TestToken.email)
        for (claim, code) in [("aud", VerificationError.Code.audienceMismatch), ("email", .callerNotAllowed)] {
            let token = try TestToken.minted(claims: TestToken.claims([claim: #""https://other.example/""#]))
            let error = await #expect(throws: VerificationError.self) {
                try await verifier.verify(token: token, at: TestToken.date)
            }
            #expect(error?.code == code)
        }
        #expect(verifier.configuration.removedSignature == .reject)
    }

    @Test("the policy for removed signatures has its raw value", arguments: RemovedSignaturePolicy.allCases)
    func removedSignature(policy: RemovedSignaturePolicy) throws {
        let verifier = try Self.make(["ID_TOKEN_REMOVED_SIGNATURE": " \(policy.rawValue)\n"])
        #expect(verifier.configuration.removedSignature == policy)
    }

    @Test("without the variable, or with an empty one, the configuration's policy holds", arguments: [nil, "", " "])
    func noRemovedSignature(value: String?) throws {
        var configuration = IDTokenVerifier.Configuration()
        configuration.removedSignature = .verifyAuthorizationInstead
        configuration.clockSkew = .seconds(7)
        let verifier = try Self.make(["ID_TOKEN_REMOVED_SIGNATURE": value], configuration)
        #expect(verifier.configuration.removedSignature == .verifyAuthorizationInstead)
        #expect(verifier.configuration.clockSkew == .seconds(7))
    }

    @Test(
        "an error names the variable",
        arguments: [
            ("ID_TOKEN_AUDIENCES", nil, .audienceMissing), ("ID_TOKEN_AUDIENCES", " ,", .audienceMissing),
            ("ID_TOKEN_AUDIENCES", #""https://a.example""#, .audienceInvalid),
            ("ID_TOKEN_CALLERS", nil, .callersMissing), ("ID_TOKEN_CALLERS", "\n", .callersMissing),
            ("ID_TOKEN_CALLERS", ",", .callersMissing), ("ID_TOKEN_CALLERS", "login@example.com", .callerInvalid),
            ("ID_TOKEN_CALLERS", "any,sub:1", .callerInvalid),
            ("ID_TOKEN_REMOVED_SIGNATURE", "Reject", .valueOutOfRange),
            ("ID_TOKEN_REMOVED_SIGNATURE", "reject reject", .valueOutOfRange),
        ] as [(String, String?, IDTokenVerifier.ConfigurationError.Code)]
    )
    func errors(name: String, value: String?, code: IDTokenVerifier.ConfigurationError.Code) {
        let error = Self.error([name: value])
        #expect(error?.code == code)
        #expect(error?.explanation.hasPrefix("The environment variable \(name)") == true, "\(error?.explanation ?? "")")
    }

    @Test("a wrong policy for removed signatures is shown, escaped, with those that there are")
    func wrongPolicy() {
        let error = Self.error(["ID_TOKEN_REMOVED_SIGNATURE": "off\u{1B}"])
        #expect(error?.explanation.contains(#"is "off\u{1b}", which is no policy"#) == true)
        #expect(error?.explanation.contains("reject, verifyAuthorizationInstead, trustCloudRun") == true)
    }
}
