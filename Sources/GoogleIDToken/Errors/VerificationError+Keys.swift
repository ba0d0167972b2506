//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension VerificationError {
    /// The error for a key that is not there; with the reason why newer keys could not be had, if that is so.
    static func keyUnknown(whyNotNewer: String?) -> VerificationError {
        VerificationError(
            .keyUnknown,
            "No current key has the token's key ID: the token was not signed with Google's ID-token keys (a Firebase "
                + "token, or one that a service account signed itself), or it is so old that its key has been retired; "
                + "'idtoken inspect' shows what it says."
                + (whyNotNewer.map { " Or the key is so new that it could not be fetched: \($0)." } ?? "")
        )
    }

    /// The error for want of keys; the reason continues the sentence.
    static func keysUnavailable(_ reason: String, retryAfter: Duration) -> VerificationError {
        let seconds = Self.wholeSeconds(retryAfter)
        return VerificationError(
            .keysUnavailable,
            "There are no keys to verify with: \(reason); there can be some in \(seconds) s at the earliest.",
            retryAfter: retryAfter
        )
    }

    static var cancelled: VerificationError {
        VerificationError(.cancelled, "The task was cancelled while it waited for keys.")
    }
}
