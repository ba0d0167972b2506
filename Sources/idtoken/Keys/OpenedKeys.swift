//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// Keys at hand, and what is to be said of them.
struct OpenedKeys {
    let source: KeySource
    var notes = KeyNotes()
    /// Whether they were fetched some time ago.
    var isFromCache = false

    /// Makes a verifier with the keys.
    ///
    /// - Throws: ``CommandFailure`` if the keys cannot be read, or an argument is wrong.
    func makeVerifier(audiences: [String], callers: [CallerArgument]) throws -> IDTokenVerifier {
        do throws(ConfigurationError) {
            return try IDTokenVerifier(
                audiences: audiences,
                callers: callers.isEmpty ? .anyGoogleIdentity : .union(callers.map(\.policy)),
                keys: self.source
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
