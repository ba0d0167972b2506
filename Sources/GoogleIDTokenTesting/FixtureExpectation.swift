//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// The expected result of a case.
enum FixtureExpectation: Sendable {
    /// The token is accepted with at least these claims, and with this assurance if there is one.
    case claims([(name: String, value: IDTokenJSON)], assurance: VerifiedIDToken.Assurance?)
    /// The token is rejected with this code, or with any code if nil.
    case error(VerificationError.Code?)
    /// Both results are correct.
    case either

    /// Compares a result with the expectation.
    ///
    /// - Parameter outcome: The result.
    /// - Returns: A description of the difference, or nil if there is none.
    func difference(from outcome: Result<VerifiedIDToken, VerificationError>) -> String? {
        switch (self, outcome) {
        case (.either, _), (.error(nil), .failure):
            return nil
        case (.error(let expected?), .failure(let error)):
            return error.code == expected ? nil : "expected \(expected.rawValue), got \(error)"
        case (.error(let expected), .success):
            return "expected \(expected?.rawValue ?? "any rejection"), got accepted"
        case (.claims, .failure(let error)):
            return "expected accepted, got \(error)"
        case (.claims(let expected, let assurance), .success(let token)):
            if let assurance, assurance != token.assurance {
                return "expected the assurance \(assurance.rawValue), got \(token.assurance.rawValue)"
            }
            for (name, value) in expected where token.claim(name) != value {
                return "expected the claim \(name) to be \(value.json), got \(token.claim(name)?.json ?? "none")"
            }
            return nil
        }
    }
}
