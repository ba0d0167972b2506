//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if JWTKit
private import JWTKit

/// What this library checks of the claims, with what jwt-kit has for it.
private struct Payload: JWTPayload {
    let iss: IssuerClaim
    let aud: AudienceClaim
    let sub: SubjectClaim
    let exp: ExpirationClaim
    let iat: IssuedAtClaim
    let email: String
    let email_verified: BoolClaim

    func verify(using _: some JWTAlgorithm) throws {
        guard self.iss.value == "https://accounts.google.com", self.email == Tokens.email, self.email_verified.value
        else { throw JWTError.claimVerificationFailure(failedClaim: self.iss, reason: "is not accepted") }
        try self.aud.verifyIntendedAudience(includes: Tokens.audience)
        try self.exp.verifyNotExpired()
    }
}

extension Subjects {
    /// jwt-kit on the same tokens.
    func jwtKit() async throws -> Subject {
        let keys = try await JWTKeyCollection().add(jwksJSON: self.tokens.keyDocument)
        let tokens = self.tokens.all.map(\.text)
        return Subject("jwt-kit 5.7.1", batchSize: 200) { first, count in
            for index in first..<first + count {
                _ = try await keys.verify(tokens[index % tokens.count], as: Payload.self)
            }
        }
    }
}
#endif
