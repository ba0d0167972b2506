//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

package import GoogleIDToken
internal import GoogleIDTokenTesting
internal import IDTokenPlatform

/// A fixture case that has been run, with all that a program gets to see of it.
package struct RunCase: Sendable {
    package let name: String
    package let outcome: Result<VerifiedIDToken, VerificationError>
    /// What the verifier told of.
    package let events: [IDTokenVerifier.Event]
    /// What no text made of these may hold.
    package let secrets: PresentedSecrets
    /// The values that the case presents.
    package let presentedValues: [String]

    package var error: VerificationError? {
        if case .failure(let error) = self.outcome { error } else { nil }
    }

    /// Runs all cases of a folder; of the project's own, if none is named.
    ///
    /// - Parameter folder: A folder of fixture cases.
    /// - Returns: The cases with what came out of each.
    /// - Throws: `FixtureError`.
    package static func all(in folder: String = Self.ownFolder) async throws -> [RunCase] {
        var run: [RunCase] = []
        for fixture in try FixtureFile.load(folder).flatMap(\.cases) {
            let events = Lock<[IDTokenVerifier.Event]>([])
            let outcome = await fixture.outcome { event in events.withLock { $0.append(event) } }
            run.append(RunCase(fixture, outcome, events.withLock { $0 }))
        }
        return run
    }

    /// The folder of the project's own cases.
    package static let ownFolder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/") + "/Fixtures/cases"

    private init(
        _ fixture: FixtureCase,
        _ outcome: Result<VerifiedIDToken, VerificationError>,
        _ events: [IDTokenVerifier.Event]
    ) {
        self.name = "\(fixture)"
        self.outcome = outcome
        self.events = events
        self.presentedValues = fixture.presentedValues
        var isVouchedFor = false
        if case .failure(let error) = outcome {
            // Nobody has signed the claims of a token without a signature.
            isVouchedFor =
                Self.quoting.contains(error.code)
                && !fixture.presentedValues.allSatisfy { $0.hasSuffix(CompactToken.removedSignature) }
        }
        self.secrets = PresentedSecrets(fixture.presentedValues, isVouchedFor: isVouchedFor)
    }

    /// What comes after the signature held, and may quote claims.
    package static let quoting: Set<VerificationError.Code> = [
        .issuerMismatch, .audienceMismatch, .tokenExpired, .issuedInFuture, .tokenNotYetValid, .lifetimeTooLong,
        .emailMissing, .emailNotVerified, .callerNotAllowed,
    ]
}
