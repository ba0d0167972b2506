//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// What a token for tests and stand-ins is about.
package struct ExampleToken: Sendable {
    let email: String
    let subject: String
    let hostedDomain: String?
    let audience: String
    /// In seconds since 1970.
    let issuedAt: Int64

    package init(email: String, subject: String, hostedDomain: String?, audience: String, issuedAt: Int64) {
        self.email = email
        self.subject = subject
        self.hostedDomain = hostedDomain
        self.audience = audience
        self.issuedAt = issuedAt
    }

    /// The claims about the user, as most tokens have them.
    var userClaims: [IDTokenJSON.Member] {
        [("sub", .string(self.subject)), ("email", .string(self.email)), ("email_verified", .bool(true))]
            + self.domainClaim
    }

    /// The claim `hd`, if there is a domain.
    var domainClaim: [IDTokenJSON.Member] {
        self.hostedDomain.map { [("hd", .string($0))] } ?? []
    }
}

extension TrustProfile {
    /// The claims that a valid token of this profile has, for test kits and stand-ins.
    ///
    /// It is valid for an hour, or for as long as tokens of this profile may be, if that is shorter.
    package func exampleClaims(_ token: ExampleToken) -> [IDTokenJSON.Member] {
        let lifetime = min(self.maximumLifetime.components.seconds, 3_600)
        return [("iss", .string(self.issuers.first ?? ""))] + self.kind.exampleClaims(token, self) + [
            ("iat", .integer(token.issuedAt)), ("exp", .integer(token.issuedAt &+ lifetime)),
        ]
    }

    /// The header field in which a caller sends a token.
    package func headerField(carrying token: String) -> (name: String, value: String) {
        let header = self.credentialHeaders.last ?? .authorization
        return (header.rawValue, header.hasScheme ? "Bearer \(token)" : token)
    }
}
