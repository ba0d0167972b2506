//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension VerificationError {
    /// The explanation of an unknown key ID, with what is known about the keys among which it was not found.
    static func explanation(ofUnknownKeyAmong keys: LoadedKeys, _ words: TokenWords) -> String {
        "No current key has the token's key ID. \(words.unknownKey) \(keys.inWords)"
    }

    /// Creates the error for missing keys; the reason is inserted into the sentence.
    static func keysUnavailable(_ reason: String, retryAfter: Duration) -> VerificationError {
        let seconds = Self.wholeSeconds(retryAfter)
        return VerificationError(
            .keysUnavailable,
            "No keys are available to verify the token: \(reason); the next fetch can start in \(seconds) s.",
            retryAfter: retryAfter
        )
    }

    static var cancelled: VerificationError {
        VerificationError(.cancelled, "The task was cancelled while it waited for keys.")
    }
}
