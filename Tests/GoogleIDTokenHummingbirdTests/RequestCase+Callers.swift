//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import TestSupport

extension RequestCase {
    /// Who calls what.
    static let callers: [RequestCase] = [
        .refused("a stranger", status: 403, forbidden("The caller is not allowed to do this.")) {
            [("Authorization", try bearer(of: "stranger@other.iam.gserviceaccount.com"))]
        },
        .refused("no e-mail address", status: 403, forbidden("The token has no e-mail address.")) {
            [("Authorization", try ProfileService.bearer(claims: ["email": nil]))]
        },
        .refused(
            "an e-mail address that is not verified",
            status: 403,
            forbidden("The token's e-mail address is not verified.")
        ) { [("Authorization", try ProfileService.bearer(claims: ["email_verified": "false"]))] },
        .accepted("one of the callers", "GET", "/search", body: ProfileService.search) {
            [("Authorization", try bearer(of: ProfileService.search))]
        },
        .refused(
            "another one of the callers",
            "GET",
            "/search",
            status: 403,
            realm: "search",
            forbidden("The caller is not allowed to do this.")
        ) { [("Authorization", try bearer(of: ProfileService.login))] },
        .refused("nobody, where one may call", "GET", "/search", status: 401) { [] },
        .refused("nobody is established by any middleware", "GET", "/unguarded", status: 401, realm: "unguarded") {
            [("Authorization", try ProfileService.bearer())]
        },
        .refused("nobody, for a handler that requires a caller", "GET", "/news/mine", status: 401, realm: "news") {
            []
        },
        .accepted("a caller, for a handler that requires one", "GET", "/news/mine", body: TestToken.subject) {
            [("Authorization", try ProfileService.bearer())]
        },
        .refused("a handler that requires a caller, without a middleware", "GET", "/forgotten", status: 401, realm: "")
        {
            [("Authorization", try ProfileService.bearer())]
        },
        .refused(
            "a caller whom a handler's own policy refuses",
            "GET",
            "/profiles/1",
            status: 403,
            forbidden("The caller is not allowed to do this.")
        ) { [("Authorization", try ProfileService.bearer())] },
        .accepted("an open route, without credentials", "GET", "/health", body: "up") { [] },
        .accepted("an open route, with bad ones", "GET", "/health", body: "up") {
            [("Authorization", "Bearer x.y.z"), ("Authorization", "Bearer x.y.z")]
        },
        .accepted("anonymous", "GET", "/news", body: "a stranger") { [] },
        .accepted("anonymous, with another scheme", "GET", "/news", body: "a stranger") {
            [("Authorization", "Basic dXNlcjpwYXNz")]
        },
        .accepted("where strangers are welcome, a caller", "GET", "/news") {
            [("Authorization", try ProfileService.bearer())]
        },
        .refused(
            "where strangers are welcome, an expired token",
            "GET",
            "/news",
            status: 401,
            realm: "news",
            invalid("The token has expired.")
        ) { [("Authorization", "Bearer \(try TestToken.minted())")] },
        .refused(
            "where strangers are welcome, two credentials",
            "GET",
            "/news",
            status: 400,
            realm: "news",
            badRequest("The request has more than one credential.")
        ) { [("Authorization", "Bearer x.y.z"), ("Authorization", "Bearer x.y.z")] },
        .refused(
            "where strangers are welcome, a stranger to the service",
            "GET",
            "/news",
            status: 403,
            realm: "news",
            forbidden("The caller is not allowed to do this.")
        ) { [("Authorization", try bearer(of: "stranger@other.iam.gserviceaccount.com"))] },
        .refused("anonymous, where one may call", "GET", "/news/drafts", status: 401, realm: "drafts") { [] },
        .accepted("a caller, where one may call", "GET", "/news/drafts") {
            [("Authorization", try bearer(of: ProfileService.login))]
        },
    ]

    /// How it is asked.
    static let methods: [RequestCase] = [
        .accepted("HEAD", "HEAD") { [("Authorization", try ProfileService.bearer())] },
        .refused("HEAD without credentials", "HEAD", status: 401) { [] },
        .refused("HEAD with a bad token", "HEAD", status: 401, invalid("The token is malformed.")) {
            [("Authorization", "Bearer x.y.z")]
        },
        .refused("OPTIONS without credentials", "OPTIONS", status: 401) { [("Origin", "https://example.com")] },
        .notFound("OPTIONS where there is none", "OPTIONS", "/profiles") {
            [("Authorization", try ProfileService.bearer())]
        },
        .refused("a path that there is not, without credentials", "GET", "/no-such-path", status: 401) { [] },
        .notFound("a path that there is not", "GET", "/no-such-path") {
            [("Authorization", try ProfileService.bearer())]
        },
    ]

    private static func bearer(of email: String) throws -> String {
        try ProfileService.bearer(claims: ["email": "\"\(email)\""])
    }
}
#endif
