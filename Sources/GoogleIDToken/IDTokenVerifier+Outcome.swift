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

    /// Notes in the cache that a token with a signature was accepted, and reports the verification.
    func noteAccepted(
        _ signed: UnverifiedToken.SignedToken,
        _ claims: Claims,
        signedWith key: SignatureKey,
        _ keyID: String,
        since start: Stopwatch?
    ) {
        switch signed {
        case .cached(let cached) where cached.claims === claims:
            self.report(isCached: true, since: start)
            return
        case .cached(let cached):
            self.cache?.note(cached.text[...], keyID: keyID, key: key, claims: claims)
        case .new(let token):
            self.cache?.note(token.text, keyID: keyID, key: key, claims: claims)
        }
        self.report(isCached: false, since: start)
    }

    /// Reports a successful verification.
    func report(isCached: Bool, since start: Stopwatch?) {
        guard let start else { return }
        self.configuration.onEvent?(.verified(Event.Verification(duration: start.elapsed, isCached: isCached)))
    }

    /// Reports a failed verification, unless the request may be anonymous and is.
    func report(_ error: VerificationError, of request: ServedRequest?, since start: Stopwatch?) {
        guard let start else { return }
        if let request, request.allowsAnonymous, error.code == .credentialsMissing { return }
        self.configuration.onEvent?(
            .refused(
                error,
                Event.Verification(
                    duration: start.elapsed,
                    isCached: false,
                    route: request?.route,
                    isLogged: request?.isLogged ?? false
                )
            )
        )
    }
}
