//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import OpenSSLSigning

extension TokenDefect {
    /// Applies the defect to a valid token.
    ///
    /// - Parameters:
    ///   - draft: The valid token.
    ///   - time: The time at which the token is valid, in seconds since 1970.
    /// - Throws: ``TestIssuerError`` if the other key cannot be read.
    func apply(to draft: inout TokenDraft, at time: Int64) throws(TestIssuerError) {
        switch self {
        case .expired:
            draft.set("iat", .integer(time - 7_200))
            draft.set("exp", .integer(time - 3_600))
        case .issuedInFuture:
            draft.set("iat", .integer(time + 3_600))
            draft.set("exp", .integer(time + 7_200))
        case .notYetValid: draft.set("nbf", .integer(time + 1_800))
        case .lifetimeTooLong: draft.set("exp", .integer(time + 2 * draft.maximumLifetime))
        case .wrongAudience: draft.set("aud", .string("https://another-service.example.com"))
        case .audienceWithSlash:
            switch draft.claims.first(where: { $0.name == "aud" })?.value {
            case .string(let audience): draft.set("aud", .string(audience + "/"))
            case .array(let audiences):
                draft.set("aud", .array(audiences.map { $0.stringValue.map { .string($0 + "/") } ?? $0 }))
            default: break
            }
        case .wrongIssuer: draft.set("iss", .string("https://accounts.example.com"))
        case .tampered:
            var changed = draft
            changed.set("sub", .string("100000000000000000000"))
            draft.ending = .claims(changed.claims)
        case .signatureCut: draft.ending = .cut(1)
        case .signatureRemoved: draft.ending = .signature(CompactToken.removedSignature)
        case .signatureMissing: draft.ending = .signature("")
        case .otherKey: draft.key = try BuiltInKey.stranger(for: draft.key.algorithm)
        case .unknownKey:
            draft.key = try BuiltInKey.stranger(for: draft.key.algorithm)
            draft.setHeader("kid", .string(String(repeating: "0", count: 40)))
        case .keyIDMissing: draft.header.removeAll { $0.name == "kid" }
        case .otherAlgorithm: draft.setHeader("alg", .string("HS256"))
        case .noAlgorithm: draft.setHeader("alg", .string("none"))
        case .criticalExtension: draft.setHeader("crit", .array([.string("exp")]))
        case .claimTwice: draft.claims.append(("aud", .string("https://another-service.example.com")))
        case .subjectMissing: draft.claims.removeAll { $0.name == "sub" }
        case .emailMissing: draft.claims.removeAll { $0.name == "email" || $0.name == "email_verified" }
        case .emailNotVerified: draft.set("email_verified", .bool(false))
        case .otherCaller:
            let other = TestCaller(email: "stranger@another-project.iam.gserviceaccount.com")
            for claim in draft.claimsOfCaller(other) { draft.set(claim.name, claim.value) }
        }
    }
}
