//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

extension IDTokenVerifier {
    /// Starts the time measurement of a verification, if the application listens to events.
    func startTime() -> Stopwatch? {
        self.configuration.onEvent == nil ? nil : Stopwatch()
    }

    /// Caches a verified token that has a signature, and reports the verification.
    func accept(
        _ caller: VerifiedIDToken,
        _ signed: UnverifiedToken.SignedToken,
        signedWith key: RSAPublicKey,
        _ keyID: String,
        since start: Stopwatch?
    ) -> VerifiedIDToken {
        switch signed {
        case .cached(let cached) where cached.claims === caller.claims:
            return self.accept(caller, isCached: true, since: start)
        case .cached(let cached):
            self.cache?.note(cached.text[...], keyID: keyID, key: key, claims: caller.claims)
        case .new(let token):
            self.cache?.note(token.text, keyID: keyID, key: key, claims: caller.claims)
        }
        return self.accept(caller, since: start)
    }

    /// Reports a successful verification.
    func accept(_ caller: VerifiedIDToken, isCached: Bool = false, since start: Stopwatch?) -> VerifiedIDToken {
        if let start {
            self.configuration.onEvent?(
                .verified(Event.Verification(duration: start.elapsed, isCached: isCached))
            )
        }
        return caller
    }

    /// Reports a failed verification, or a caller that the policy does not allow.
    func refuse(_ error: VerificationError, since start: Stopwatch?) -> VerificationError {
        if let start {
            self.configuration.onEvent?(
                .refused(error, Event.Verification(duration: start.elapsed, isCached: false))
            )
        }
        return error
    }
}
