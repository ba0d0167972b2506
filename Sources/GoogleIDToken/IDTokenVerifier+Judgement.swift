//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import OpenSSLSignature

/// The time by which a token is judged.
enum JudgementTime: Sendable {
    /// The time at which it is judged.
    case now
    /// Another time.
    case date(Date)
    /// The token's own: the first moment at which it is valid.
    case tokensOwn

    /// A given time, or the present one.
    init(_ date: Date?) {
        self = date.map { .date($0) } ?? .now
    }

    /// The time in seconds since 1970.
    func seconds(for claims: Claims) -> Double {
        switch self {
        case .now: Date().timeIntervalSince1970
        case .date(let date): date.timeIntervalSince1970
        case .tokensOwn: max(claims.issuedAt, claims.notBefore ?? claims.issuedAt)
        }
    }
}

extension IDTokenVerifier {
    /// Reads the claims of a token whose signature holds.
    ///
    /// A cached token is taken at its word only if the key is still the one under which its signature held.
    func claims(
        of signed: UnverifiedToken.SignedToken,
        signedWith key: RSAPublicKey
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
        return try Claims(parsing: token.payload)
    }

    /// Judges the claims of a token whose signature holds, anew for every request.
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

    /// Judges the claims of a token for which Cloud Run vouches; nobody has signed them, so no error quotes them.
    func judge(
        _ unsigned: CompactToken,
        in credentialHeader: CredentialHeader?,
        at time: JudgementTime
    ) throws(VerificationError) -> VerifiedIDToken {
        do throws(VerificationError) {
            let claims = try Claims(parsing: unsigned.payload)
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
        try self.times.check(claims, at: time.seconds(for: claims))
        try self.callers.check(claims)
    }
}
