//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension StandIn {
    /// The published keys: `/oauth2/v3/certs` as a JWK set, `/oauth2/v1/certs` as certificates.
    func keys(_ request: LocalRequest) throws(TestIssuerError) -> LocalAnswer {
        guard request.method == "GET" else { return Self.methodNotAllowed }
        let issuers = self.issuers
        let document =
            request.path.contains("v1")
            ? try TestIssuer.certificateDocument(issuers) : TestIssuer.keyDocument(issuers)
        return self.cached(document)
    }

    /// The discovery document, `/.well-known/openid-configuration`.
    func discovery(url: String) -> LocalAnswer {
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
                ("grant_types_supported", .array([.string(Self.keyGrantType)])),
            ]
        )
        return self.cached(Array(document.indentedJSON.utf8))
    }

    static let methodNotAllowed = LocalAnswer.googleError(405, "METHOD_NOT_ALLOWED", "This path takes another method.")

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
                ("Vary", "X-Origin, Referer, Origin"),
                ("Server", "stand-in"),
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
