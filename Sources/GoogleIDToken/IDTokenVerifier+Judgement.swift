//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import OpenSSLSignature

/// The time that a token's `iat`, `nbf` and `exp` are compared with.
enum JudgementTime: Sendable {
    /// The current time.
    case now
    /// A time that the application gives.
    case date(Date)
    /// The first moment at which the token itself is valid.
    case tokensOwn

    /// Creates a given time, or the current time if it is nil.
    init(_ date: Date?) {
        self = date.map { .date($0) } ?? .now
    }

    /// The time in seconds since 1970; `now` is the verifier's clock.
    func seconds(for claims: Claims, by now: () -> Date) -> Double {
        switch self {
        case .now: now().timeIntervalSince1970
        case .date(let date): date.timeIntervalSince1970
        case .tokensOwn: max(claims.issuedAt, claims.notBefore ?? claims.issuedAt)
        }
    }
}

extension IDTokenVerifier {
    /// Returns the claims of a token after its signature is verified.
    ///
    /// A cached token is used without another signature check only if its key ID still belongs to the same key.
    func claims(
        of signed: UnverifiedToken.SignedToken,
        signedWith key: SignatureKey
    ) throws(VerificationError) -> Claims {
        let token: CompactToken
        switch signed {
        case .cached(let cached) where cached.key.isSame(as: key):
            return cached.claims
        case .cached(let cached):
            token = try CompactToken(parsing: cached.text, maximumSize: self.configuration.maximumTokenSize)
        case .new(let parsed):
            token = parsed
        }
        try token.verifySignature(with: key)
        return try Claims(parsing: token.payload, for: self.profile)
    }

    /// Checks the claims of a token whose signature is valid; this runs for every request.
    func judge(
        _ claims: Claims,
        signedWith keyID: String,
        in credentialHeader: CredentialHeader?,
        at time: JudgementTime
    ) throws(VerificationError) -> VerifiedIDToken {
        try self.judge(claims, at: time)
        return VerifiedIDToken(
            assurance: .signature,
            credentialHeader: credentialHeader,
            keyID: keyID,
            claims: claims
        )
    }

    /// Checks the claims of a token whose signature Cloud Run removed; these claims are unsigned, so no error quotes
    /// them.
    func judge(
        _ unsigned: CompactToken,
        in credentialHeader: CredentialHeader?,
        at time: JudgementTime
    ) throws(VerificationError) -> VerifiedIDToken {
        do throws(VerificationError) {
            let claims = try Claims(parsing: unsigned.payload, for: self.profile)
            try self.judge(claims, at: time)
            return VerifiedIDToken(
                assurance: .cloudRunIAM,
                credentialHeader: credentialHeader,
                keyID: nil,
                claims: claims
            )
        } catch {
            throw .withoutClaims(error.code)
        }
    }

    private func judge(_ claims: Claims, at time: JudgementTime) throws(VerificationError) {
        try self.issuers.check(claims)
        try self.audiences.check(claims)
        let now = time.seconds(for: claims, by: self.configuration.now)
        try self.times.check(claims, at: now)
        if let check = self.profile.rules.check { try check(claims, now + self.times.clockSkew) }
        if claims.isBound { try Confirmation.check(claims, against: self.clientCertificate) }
        try self.callers.check(claims)
    }
}
