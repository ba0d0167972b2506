//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import GoogleIDToken

/// The option that says whose tokens are meant.
struct IssuerOption: ParsableArguments {
    @Option(
        help: """
            Who signs the tokens: \(TrustProfile.nameForms.joined(separator: ", ")). Keys, algorithm, header and rules \
            are those of this issuer.
            """,
        transform: Self.profile
    )
    var issuer: TrustProfile = .googleIDToken

    /// The audiences that tokens may have: those that are given, or those that the issuer determines.
    ///
    /// - Throws: `ValidationError` if there is none, or one that tokens of this issuer cannot have.
    func audiences(_ given: [String]) throws -> [String] {
        guard let audiences = self.issuer.audiences else {
            guard !given.isEmpty else {
                throw ValidationError(
                    "--audience is missing; give at least one, because otherwise a token for any service would be "
                        + "accepted."
                )
            }
            return given
        }
        guard given.isEmpty else {
            throw ValidationError(
                "--audience cannot be used with --issuer \(self.issuer.name), whose tokens always have the audience "
                    + "\(audiences.joined(separator: ", ")); leave it out."
            )
        }
        return audiences
    }

    private static func profile(_ name: String) throws -> TrustProfile {
        do throws(IDTokenVerifier.ConfigurationError) {
            return try TrustProfile.named(name)
        } catch {
            // An error may quote a part of the argument, in which a credential is no longer recognised.
            let isSafe = name.withoutCredentials.utf8.elementsEqual(name.utf8)
            throw ValidationError(isSafe ? error.explanation : "it names no issuer, and may be a credential")
        }
    }
}
#endif
