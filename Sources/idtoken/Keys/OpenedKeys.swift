//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// A verifier with its keys, and what is known about the keys.
struct OpenedKeys {
    let verifier: IDTokenVerifier
    var notes = KeyNotes()
    /// Whether the keys come from the cache, and so were fetched some time ago.
    var isFromCache = false
    let origin: Origin
    /// The lines and files of the archive that were skipped, because they are damaged.
    var damaged: [ArchivedKeys.DamagedPlace] = []

    /// Where keys come from.
    enum Origin: Sendable {
        case file(String)
        case archive(String)
        case fetched(url: String, document: [UInt8])
    }

    /// Whether the keys come from an archive with damaged lines, which were skipped.
    var hasDamagedLines: Bool { !self.damaged.isEmpty }
}

/// The issuer, the audiences and the callers of the tokens that are accepted.
struct AcceptedParties {
    let profile: TrustProfile
    let audiences: [String]
    /// Whether tokens for every other audience are accepted as well, for a report.
    var acceptsAnyAudience = false
    let callers: [CallerArgument]

    /// Makes a verifier.
    ///
    /// - Throws: ``CommandFailure`` if the keys cannot be read, or an argument is wrong.
    func makeVerifier(keys: KeySource) throws -> IDTokenVerifier {
        var configuration = IDTokenVerifier.Configuration()
        // `verify` checks a single token, and `audit` remembers rows instead of tokens.
        configuration.maximumCachedTokens = 0
        do throws(IDTokenVerifier.ConfigurationError) {
            if !self.acceptsAnyAudience {
                for audience in self.audiences { try self.profile.checkAudience(audience) }
            }
            let verifier = try IDTokenVerifier(
                trusting: self.profile,
                audiences: self.audiences,
                callers: self.callers.isEmpty ? .anyGoogleIdentity : .union(self.callers.map(\.policy)),
                keys: keys,
                configuration: configuration
            )
            return self.acceptsAnyAudience ? verifier.acceptingAnyAudience() : verifier
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension [CallerArgument] {
    /// The callers as they were given.
    var list: String {
        self.map(\.text).joined(separator: ", ")
    }
}
#endif
