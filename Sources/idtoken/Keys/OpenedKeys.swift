//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// Keys at hand, in a verifier, and what is to be said of them.
struct OpenedKeys {
    let verifier: IDTokenVerifier
    var notes = KeyNotes()
    /// Whether they were fetched some time ago.
    var isFromCache = false
    /// Whether the archive that they come from has lines that were passed over.
    var hasDamagedLines = false
}

/// For whom and by whom the tokens may be.
struct AcceptedParties {
    let audiences: [String]
    let callers: [CallerArgument]

    /// Makes a verifier.
    ///
    /// - Throws: ``CommandFailure`` if the keys cannot be read, or an argument is wrong.
    func makeVerifier(keys: KeySource) throws -> IDTokenVerifier {
        var configuration = IDTokenVerifier.Configuration()
        // One token is verified once; an audit remembers its rows.
        configuration.rememberedTokens = 0
        do throws(ConfigurationError) {
            return try IDTokenVerifier(
                audiences: self.audiences,
                callers: self.callers.isEmpty ? .anyGoogleIdentity : .union(self.callers.map(\.policy)),
                keys: keys,
                configuration: configuration
            )
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
