//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import OpenSSLSignature

extension IDTokenVerifier {
    /// Verifies a token as far as the keys at hand allow.
    func begin(_ presented: PresentedToken, at time: Date?) throws(VerificationError) -> Progress {
        guard let keyID = presented.keyID else { return try self.judgeRemovedSignature(presented, at: time) }
        guard let key = try self.keys.keyAtOnce(keyID) else { return .waits(presented) }
        return try self.conclude(presented, key, at: time)
    }

    /// Waits for keys, then verifies a token.
    func verifyAfterFetch(
        _ presented: PresentedToken,
        at time: Date?,
        since start: Stopwatch?
    ) async throws(VerificationError) -> VerifiedIDToken {
        let key: Result<RSAPublicKey, VerificationError>
        do throws(VerificationError) {
            key = .success(try await self.keys.keyAfterFetch(presented.keyID ?? ""))
        } catch {
            key = .failure(error)
        }
        return try self.settle(since: start) { () throws(VerificationError) in
            try self.conclude(presented, try key.get(), at: time)
        }
    }

    /// Verifies a token with the keys at hand.
    func settle(
        since start: Stopwatch?,
        _ verify: () throws(VerificationError) -> Progress
    ) throws(VerificationError) -> VerifiedIDToken {
        switch try self.reporting(since: start, verify) {
        case .settled(let caller, _): return caller
        // Only `begin` says so.
        case .waits: throw .keysUnavailable("they are being fetched", retryAfter: .zero)
        }
    }

    /// Verifies a token with the key that it names.
    func conclude(
        _ presented: PresentedToken,
        _ key: RSAPublicKey,
        at time: Date?
    ) throws(VerificationError) -> Progress {
        let (claims, isRemembered) = try self.claims(of: presented, signedWith: key)
        let caller = try self.judge(presented, claims, at: (time ?? Date()).timeIntervalSince1970)
        if !isRemembered, let keyID = presented.keyID {
            self.memory?.remember(presented.text, keyID: keyID, key: key, claims: claims)
        }
        return .settled(caller, isRemembered: isRemembered)
    }

    /// Reads the claims of a token whose signature holds: a remembered one only if that is still the key under which
    /// its signature held.
    func claims(
        of presented: PresentedToken,
        signedWith key: RSAPublicKey
    ) throws(VerificationError) -> (claims: Claims, isRemembered: Bool) {
        let token: CompactToken
        switch presented.form {
        case .remembered(let known) where known.key.isSame(as: key):
            return (known.claims, true)
        case .remembered:
            token = try CompactToken(parsing: presented.text, maximumSize: self.configuration.maximumTokenSize)
        case .new(let parsed):
            token = parsed
        }
        try token.verifySignature(with: key)
        return (try Claims(parsing: token.payload), false)
    }

    /// Checks what the claims say of a token whose signature Cloud Run has removed.
    func judgeRemovedSignature(
        _ presented: PresentedToken,
        at time: Date?
    ) throws(VerificationError) -> Progress {
        // Nothing without a signature is ever remembered.
        guard case .new(let token) = presented.form else { throw .signatureRemoved(in: presented.credentialHeader) }
        do throws(VerificationError) {
            let caller = try self.judge(
                presented,
                try Claims(parsing: token.payload),
                at: (time ?? Date()).timeIntervalSince1970
            )
            return .settled(caller, isRemembered: false)
        } catch {
            throw .withoutClaims(error.code)
        }
    }

    /// Checks what the claims say, anew for every request, as of a time in seconds since 1970.
    func judge(
        _ presented: PresentedToken,
        _ claims: Claims,
        at seconds: Double
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.issuers.check(claims)
        try self.audiences.check(claims)
        try self.times.check(claims, at: seconds)
        try self.callers.check(claims)
        return VerifiedIDToken(
            assurance: presented.keyID == nil ? .cloudRunIAM : .signature,
            credentialHeader: presented.credentialHeader,
            keyID: presented.keyID,
            claims: claims
        )
    }
}
