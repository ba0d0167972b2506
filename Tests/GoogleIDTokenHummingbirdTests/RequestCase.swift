//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import GoogleIDToken
internal import Testing

/// A request to a ``ProfileService`` and all of the answer.
struct RequestCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let method: String
    let path: String
    let status: Int
    /// The answer's fields but `Date`; names in lower case.
    let fields: [String: [String]]
    let body: String
    let headers: @Sendable () throws -> [(name: String, value: String)]

    /// A request that is let through.
    static func accepted(
        _ name: String,
        _ method: String = "GET",
        _ path: String = "/profiles",
        body: String = ProfileService.login,
        headers: @escaping @Sendable () throws -> [(name: String, value: String)]
    ) -> RequestCase {
        RequestCase(
            testDescription: name,
            method: method,
            path: path,
            status: 200,
            fields: ["content-type": ["text/plain; charset=utf-8"], "content-length": ["\(body.utf8.count)"]],
            body: method == "HEAD" ? "" : body,
            headers: headers
        )
    }

    /// A request that is refused, with the words after the realm in `WWW-Authenticate`.
    static func refused(
        _ name: String,
        _ method: String = "GET",
        _ path: String = "/profiles",
        status: Int,
        realm: String = "profiles",
        _ challenge: String = "",
        headers: @escaping @Sendable () throws -> [(name: String, value: String)]
    ) -> RequestCase {
        RequestCase(
            testDescription: name,
            method: method,
            path: path,
            status: status,
            fields: ["www-authenticate": ["Bearer realm=\"\(realm)\"" + challenge], "content-length": ["0"]],
            body: "",
            headers: headers
        )
    }

    /// A request that is let through to where there is nothing.
    static func notFound(
        _ name: String,
        _ method: String,
        _ path: String,
        headers: @escaping @Sendable () throws -> [(name: String, value: String)]
    ) -> RequestCase {
        RequestCase(
            testDescription: name,
            method: method,
            path: path,
            status: 404,
            fields: ["content-length": ["0"]],
            body: "",
            headers: headers
        )
    }

    static func invalid(_ description: String) -> String {
        #", error="invalid_token", error_description="\#(description)""#
    }

    static func badRequest(_ description: String) -> String {
        #", error="invalid_request", error_description="\#(description)""#
    }

    static func forbidden(_ description: String) -> String {
        #", error="insufficient_scope", error_description="\#(description)""#
    }
}
#endif
