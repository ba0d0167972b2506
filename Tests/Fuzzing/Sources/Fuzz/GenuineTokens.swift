//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation

@testable import GoogleIDToken
@testable import GoogleIDTokenTesting

/// The tokens of the fixture cases that somebody with a private key has signed, by what the cases say of them.
enum GenuineTokens {
    static let all: Set<ExactString> = {
        do {
            let cases = try FixtureFile.load("\(Verifiers.fixtures)/cases").flatMap(\.cases)
            return Set(cases.filter { Self.isSigned($0) }.flatMap { Self.tokens($0) }.map { ExactString($0) })
        } catch {
            fatalError("\(error)")
        }
    }()

    /// Whether a case presents signed tokens: it comes as far as the claims, or is wrong only in what is around them.
    private static func isSigned(_ fixture: FixtureCase) -> Bool {
        switch fixture.expectedCode {
        case .claimsMalformed, .issuerMismatch, .audienceMismatch, .tokenExpired, .issuedInFuture, .tokenNotYetValid,
            .lifetimeTooLong, .emailMissing, .emailNotVerified, .callerNotAllowed, nil,
            .credentialsMissing, .credentialsAmbiguous, .credentialsMalformed, .signatureRemoved, .keysUnavailable:
            true
        default: false
        }
    }

    private static func tokens(_ fixture: FixtureCase) -> [String] {
        switch fixture.input {
        case .token(let token): [token]
        case .headers(let fields):
            fields.flatMap { $0.value.split { " \t,".contains($0) }.map(String.init) }.filter { $0.contains(".") }
        }
    }
}
