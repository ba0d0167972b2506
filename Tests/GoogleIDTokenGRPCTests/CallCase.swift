//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import GRPCCore
internal import TestSupport
internal import Testing

/// A call, and what comes of it.
struct CallCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let method: MethodDescriptor
    let fields: @Sendable () throws -> [Field]
    /// The status and its message, or the handler's answer.
    let outcome: String

    init(
        _ name: String,
        _ method: MethodDescriptor = ProfilesService.get,
        is outcome: String,
        _ fields: @escaping @Sendable () throws -> [Field]
    ) {
        self.testDescription = name
        self.method = method
        self.outcome = outcome
        self.fields = fields
    }
}

extension CallCase {
    static let required = "unauthenticated: A bearer token is required."
    static let ambiguous = "invalidArgument: The request has more than one credential."
    static let malformed = "unauthenticated: The token is malformed."
    static let byAuthorization = "\(TestToken.email) by Authorization"
    static let byXServerlessAuthorization = "\(TestToken.email) by X-Serverless-Authorization"

    /// Which metadata carries the credential.
    static let credentials = [
        CallCase("a token in authorization", is: Self.byAuthorization) {
            [Field("authorization", "Bearer \(try FreshToken.minted())")]
        },
        CallCase("a token in x-serverless-authorization", is: Self.byXServerlessAuthorization) {
            [Field("x-serverless-authorization", "Bearer \(try FreshToken.minted())")]
        },
        CallCase("keys and scheme in other cases", is: Self.byXServerlessAuthorization) {
            [Field("X-Serverless-Authorization", "bEARER \(try FreshToken.minted())")]
        },
        CallCase("a good token preferred to a bad one", is: Self.byXServerlessAuthorization) {
            [
                Field("authorization", "Bearer bad.bad.bad"),
                Field("x-serverless-authorization", "Bearer \(try FreshToken.minted())"),
            ]
        },
        CallCase("a bad token preferred to a good one", is: Self.malformed) {
            [
                Field("authorization", "Bearer \(try FreshToken.minted())"),
                Field("x-serverless-authorization", "Bearer bad.bad.b"),
            ]
        },
        CallCase("authorization twice", is: Self.ambiguous) {
            let value = "Bearer \(try FreshToken.minted())"
            return [Field("authorization", value), Field("authorization", value)]
        },
        CallCase("x-serverless-authorization twice", is: Self.ambiguous) {
            let value = "Bearer \(try FreshToken.minted())"
            return ["x-serverless-authorization", "X-Serverless-Authorization"].map { Field($0, value) }
        },
        CallCase("two tokens joined by a comma", is: Self.ambiguous) {
            let value = "Bearer \(try FreshToken.minted())"
            return [Field("authorization", "\(value), \(value)")]
        },
        CallCase("no credentials", is: Self.required) { [] },
        CallCase("a token in other metadata", is: Self.required) {
            [Field("authorization-bin", "Bearer \(try FreshToken.minted())"), Field("token", try FreshToken.minted())]
        },
        CallCase("another scheme", is: Self.required) {
            [Field("authorization", "Basic \(try FreshToken.minted())")]
        },
        CallCase("no token after the scheme", is: "invalidArgument: The credential is not a bearer token.") {
            [Field("authorization", "Bearer")]
        },
        CallCase("two words after the scheme", is: "invalidArgument: The credential is not a bearer token.") {
            [Field("authorization", "Bearer \(try FreshToken.minted()) more")]
        },
    ]

    /// What is wrong with the token.
    static let tokens = [
        Self.token("no compact form", is: Self.malformed) { "opaque-access-token" },
        Self.token("too large", is: "unauthenticated: The token is too large.") {
            try FreshToken.minted(signature: String(repeating: "A", count: 4_096))
        },
        Self.token("unsigned", is: "unauthenticated: The token is not of the kind that this service accepts.") {
            try FreshToken.minted(header: ["alg": #""none""#])
        },
        Self.token("unknown key", is: "unauthenticated: The token is not signed with a current key.") {
            try FreshToken.minted(header: ["kid": #""other""#])
        },
        Self.token("tampered", is: "unauthenticated: The token's signature is invalid.") {
            let signature = try FreshToken.minted(email: ProfilesService.admin).split(separator: ".")[2]
            return try FreshToken.minted(signature: String(signature))
        },
        Self.token("signature removed", is: "unauthenticated: The token's signature has been removed.") {
            try FreshToken.minted(signature: "SIGNATURE_REMOVED_BY_GOOGLE")
        },
        Self.token("signature left out", is: Self.malformed) { try FreshToken.minted(signature: "") },
        Self.token("another issuer", is: "unauthenticated: The token is from another issuer.") {
            try FreshToken.minted(["iss": #""https://securetoken.google.com/project""#])
        },
        Self.token("wrong audience", is: "unauthenticated: The token is for another audience.") {
            try FreshToken.minted(["aud": "\"\(TestToken.audience)/\""])
        },
        Self.token("expired", is: "unauthenticated: The token has expired.") { try TestToken.minted() },
        Self.token("e-mail not verified", is: "permissionDenied: The token's e-mail address is not verified.") {
            try FreshToken.minted(["email_verified": "false"])
        },
        Self.token("no e-mail", is: "permissionDenied: The token has no e-mail address.") {
            try FreshToken.minted(["email": nil])
        },
        Self.token("a stranger", is: Self.forbidden) { try FreshToken.minted(email: "stranger@example.com") },
    ]

    /// What a method asks for.
    static let rules = [
        Self.token("forbidden by the method's rule", ProfilesService.delete, is: Self.forbidden) {
            try FreshToken.minted()
        },
        Self.token("allowed by the method's rule", ProfilesService.delete, is: Self.adminByAuthorization) {
            try FreshToken.minted(email: ProfilesService.admin)
        },
        CallCase("no credentials for the method's rule", ProfilesService.delete, is: Self.required) { [] },
        Self.token("forbidden by the handler", ProfilesService.rename, is: Self.forbidden) {
            try FreshToken.minted()
        },
        Self.token("allowed by the handler", ProfilesService.rename, is: Self.adminByAuthorization) {
            try FreshToken.minted(email: ProfilesService.admin)
        },
        CallCase("required by the handler, no credentials", ProfilesService.require, is: Self.required) { [] },
        Self.token("required by the handler, a good token", ProfilesService.require, is: TestToken.subject) {
            try FreshToken.minted()
        },
        CallCase("open, no credentials", ProfilesService.check, is: "nobody") { [] },
        Self.token("open, a bad token", ProfilesService.check, is: "nobody") { "opaque-access-token" },
        Self.token("open, a good token", ProfilesService.check, is: "nobody") { try FreshToken.minted() },
        CallCase("optional, no credentials", ProfilesService.search, is: "nobody") { [] },
        CallCase("optional, another scheme", ProfilesService.search, is: "nobody") {
            [Field("authorization", "Basic dXNlcjpwYXNz")]
        },
        Self.token("optional, a bad token", ProfilesService.search, is: Self.malformed) { "opaque-access-token" },
        Self.token("optional, an expired token", ProfilesService.search, is: "unauthenticated: The token has expired.")
        {
            try TestToken.minted()
        },
        Self.token("optional, a good token", ProfilesService.search, is: Self.byAuthorization) {
            try FreshToken.minted()
        },
    ]

    static let forbidden = "permissionDenied: The caller is not allowed to do this."
    private static let adminByAuthorization = "\(ProfilesService.admin) by Authorization"

    private static func token(
        _ name: String,
        _ method: MethodDescriptor = ProfilesService.get,
        is outcome: String,
        _ token: @escaping @Sendable () throws -> String
    ) -> CallCase {
        CallCase(name, method, is: outcome) { [Field("authorization", "Bearer \(try token())")] }
    }
}
#endif
