//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// What an archive says about its keys, for the explanations.
struct KeyNotes: Sendable {
    /// By key ID: the days on which the key was seen.
    var vouching: [ExactString: String] = [:]
    /// By key ID: the different keys that had it.
    var conflicts: [ExactString: String] = [:]

    func accepted(_ keyID: String) -> String {
        guard !self.vouching.isEmpty, let note = self.vouching[ExactString(keyID)] else {
            return "The signature holds."
        }
        return "The signature holds; \(note)."
    }

    func unknown(_ keyID: String) -> String? {
        self.conflicts[ExactString(keyID)].map { "The key is not used: \($0)." }
    }
}
#endif
