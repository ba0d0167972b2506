//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension StandIn {
    /// The published keys: those of ID tokens as a JWK set and as certificates, and those of service accounts.
    func keys(_ request: LocalRequest) throws(TestIssuerError) -> LocalAnswer {
        guard request.is("GET") else { return Self.methodNotAllowed("GET") }
        let path = request.target.path
        if path.isExactly("/oauth2/v3/certs") { return self.cached(TestIssuer.keyDocument(self.issuers)) }
        if path.isExactly("/oauth2/v1/certs") { return self.cached(try TestIssuer.certificateDocument(self.issuers)) }
        let profile: TrustProfile?
        do throws(IDTokenVerifier.ConfigurationError) {
            profile = try Self.profile(ofKeysAt: request.target)
        } catch {
            return .notFound("no keys of such an issuer (\(error.explanation))", known: TrustProfile.nameForms)
        }
        if let profile { return self.cached(try self.keyDocument(of: profile)) }
        for service in ["robot", "service_accounts"] {
            guard let rest = request.target.segments(after: "/\(service)/v1/metadata/"), rest.count == 2 else {
                continue
            }
            guard self.account(rest[1]) != nil else { break }
            if rest[0].isExactly("x509") { return self.cached(try TestIssuer.certificateDocument([self.accountKey])) }
            if rest[0].isExactly("jwk") { return self.cached(TestIssuer.keyDocument([self.accountKey])) }
        }
        return .notFound(
            "no such keys",
            known: [
                "/issuers/ISSUER/keys", "/robot/v1/metadata/x509/EMAIL", "/robot/v1/metadata/jwk/EMAIL",
                "the same with /service_accounts",
            ]
        )
    }

    /// The discovery document, `/.well-known/openid-configuration`.
    func discovery(_ request: LocalRequest, url: String) -> LocalAnswer {
        guard request.is("GET") else { return Self.methodNotAllowed("GET") }
        let document = IDTokenJSON.object(
            [
                ("issuer", .string(KnownToken.googleIssuer)),
                ("authorization_endpoint", .string("\(url)/o/oauth2/v2/auth")),
                ("token_endpoint", .string("\(url)/token")),
                ("jwks_uri", .string("\(url)/oauth2/v3/certs")),
                ("response_types_supported", .array([.string("id_token")])),
                ("subject_types_supported", .array([.string("public")])),
                ("id_token_signing_alg_values_supported", .array([.string("RS256")])),
                (
                    "claims_supported",
                    .array(["aud", "email", "email_verified", "exp", "iat", "iss", "sub"].map { .string($0) })
                ),
                (
                    "grant_types_supported",
                    .array([.string(TokenGrant.jwtBearer.rawValue), .string(TokenGrant.refreshToken.rawValue)])
                ),
            ]
        )
        return self.cached(Array(document.indentedJSON.utf8))
    }

    /// A document with the header fields that Google sends.
    private func cached(_ document: [UInt8]) -> LocalAnswer {
        let now = Date()
        let age = self.settings.keysMaximumAge
        return LocalAnswer(
            fields: [
                ("Content-Type", "application/json; charset=UTF-8"),
                ("Date", now.httpDate),
                ("Expires", now.addingTimeInterval(TimeInterval(age)).httpDate),
                ("Cache-Control", "public, max-age=\(age), must-revalidate, no-transform"),
                // Without it, Go's library takes the document for stale and fetches it again for every token.
                ("Age", "0"),
                ("Vary", "X-Origin, Referer, Origin"),
                ("Server", "emulator"),
            ],
            body: document
        )
    }
}

extension Date {
    /// The time in the format of HTTP, such as `Thu, 23 Jun 2016 16:54:06 GMT` (RFC 9110 §5.6.7).
    fileprivate var httpDate: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: self)
    }
}
#endif
