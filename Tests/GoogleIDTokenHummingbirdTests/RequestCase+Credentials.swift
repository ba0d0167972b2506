//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import Foundation
internal import GoogleIDToken
internal import TestSupport

extension RequestCase {
    /// What carries the credential.
    static let headers: [RequestCase] = [
        .accepted("Authorization") { [("Authorization", try ProfileService.bearer())] },
        .accepted("X-Serverless-Authorization") { [("X-Serverless-Authorization", try ProfileService.bearer())] },
        .accepted("names and scheme in lower case") {
            [("authorization", "bearer \(try ProfileService.token())")]
        },
        .accepted("both, and only X-Serverless-Authorization holds") {
            [("X-Serverless-Authorization", try ProfileService.bearer()), ("Authorization", "Bearer x.y.z")]
        },
        .refused(
            "both, and only Authorization holds",
            status: 401,
            invalid("The token is malformed.")
        ) {
            [("X-Serverless-Authorization", "Bearer x.y.z"), ("Authorization", try ProfileService.bearer())]
        },
        .refused("none", status: 401) { [] },
        .refused("an empty one", status: 401) { [("Authorization", "")] },
        .refused("another scheme", status: 401) { [("Authorization", "Basic dXNlcjpwYXNz")] },
        .refused("another scheme, and a token in the other header", status: 401) {
            [("X-Serverless-Authorization", "Basic dXNlcjpwYXNz"), ("Authorization", try ProfileService.bearer())]
        },
        .refused(
            "Authorization twice",
            status: 400,
            badRequest("The request has more than one credential.")
        ) {
            [("Authorization", try ProfileService.bearer()), ("Authorization", try ProfileService.bearer())]
        },
        .refused(
            "X-Serverless-Authorization twice, in different cases",
            status: 400,
            badRequest("The request has more than one credential.")
        ) {
            [
                ("X-Serverless-Authorization", try ProfileService.bearer()),
                ("x-serverless-authorization", try ProfileService.bearer()),
            ]
        },
        .refused(
            "two joined by a comma",
            status: 400,
            badRequest("The request has more than one credential.")
        ) { [("Authorization", "\(try ProfileService.bearer()), \(try ProfileService.bearer())")] },
        .refused(
            "another scheme and a token joined by a comma",
            status: 400,
            badRequest("The request has more than one credential.")
        ) { [("Authorization", "Basic dXNlcjpwYXNz, \(try ProfileService.bearer())")] },
        .refused(
            "no token after the scheme",
            status: 400,
            badRequest("The credential is not a bearer token.")
        ) { [("Authorization", "Bearer")] },
        .refused(
            "a byte that no token has",
            status: 400,
            badRequest("The credential is not a bearer token.")
        ) { [("Authorization", try ProfileService.bearer() + "\"")] },
        .refused(
            "bytes beyond ASCII",
            status: 400,
            badRequest("The credential is not a bearer token.")
        ) { [("Authorization", "Bearer \u{E9}\u{2028}")] },
    ]

    /// What the token is.
    static let tokens: [RequestCase] = [
        .refused("two segments", status: 401, invalid("The token is malformed.")) {
            [("Authorization", try ProfileService.bearer().split(separator: ".").dropLast().joined(separator: "."))]
        },
        .refused("20 KB", status: 401, invalid("The token is too large.")) {
            [
                (
                    "Authorization",
                    try ProfileService.bearer(claims: ["pad": "\"\(String(repeating: "x", count: 15_000))\""])
                )
            ]
        },
        .refused(
            "a signature that Google removed, in Authorization",
            status: 401,
            invalid("The token's signature has been removed.")
        ) { [("Authorization", try withRemovedSignature())] },
        .refused(
            "a signature that Google removed, in X-Serverless-Authorization",
            status: 401,
            invalid("The token's signature has been removed.")
        ) { [("X-Serverless-Authorization", try withRemovedSignature())] },
        .refused("another key ID", status: 401, invalid("The token is not signed with a current key.")) {
            [("Authorization", try ProfileService.bearer(header: ["kid": #""other-key""#]))]
        },
        .refused("no key ID", status: 401, invalid("The token is not signed with a current key.")) {
            [("Authorization", try ProfileService.bearer(header: ["kid": nil]))]
        },
        .refused("another algorithm", status: 401, invalid("The token is not of the kind that this service accepts.")) {
            [("Authorization", try ProfileService.bearer(header: ["alg": #""HS256""#]))]
        },
        .refused("tampered claims", status: 401, invalid("The token's signature is invalid.")) {
            let genuine = try ProfileService.bearer().split(separator: ".")
            let forged = try ProfileService.bearer(claims: ["email": "\"\(ProfileService.search)\""])
                .split(separator: ".")
            return [("Authorization", "\(genuine[0]).\(forged[1]).\(genuine[2])")]
        },
        .refused("another issuer", status: 401, invalid("The token is from another issuer.")) {
            [("Authorization", try ProfileService.bearer(claims: ["iss": #""https://accounts.google.com/""#]))]
        },
        .refused("another audience", status: 401, invalid("The token is for another audience.")) {
            [("Authorization", try ProfileService.bearer(claims: ["aud": #""https://other.example.com""#]))]
        },
        .refused("expired", status: 401, invalid("The token has expired.")) {
            [("Authorization", "Bearer \(try TestToken.minted())")]
        },
        .refused("issued tomorrow", status: 401, invalid("The token is not valid yet.")) {
            let tomorrow = Int(Date().timeIntervalSince1970) + 86_400
            let times: [String: String?] = ["iat": "\(tomorrow)", "exp": "\(tomorrow + 3_600)"]
            return [("Authorization", try ProfileService.bearer(claims: times))]
        },
        .refused("valid for two days", status: 401, invalid("The token's lifetime is too long.")) {
            let end = Int(Date().timeIntervalSince1970) + 172_800
            return [("Authorization", try ProfileService.bearer(claims: ["exp": "\(end)"]))]
        },
    ]

    private static func withRemovedSignature() throws -> String {
        let parts = try ProfileService.bearer().split(separator: ".")
        return "\(parts[0]).\(parts[1]).SIGNATURE_REMOVED_BY_GOOGLE"
    }
}
#endif
