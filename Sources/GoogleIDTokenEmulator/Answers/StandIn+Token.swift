//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken
internal import GoogleIDTokenTesting

/// A grant type of OAuth 2.0 for which the emulator gives tokens.
enum TokenGrant: String, CaseIterable {
    /// A service account's key (RFC 7523 §2.1).
    case jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    /// A user's refresh token (RFC 6749 §6).
    case refreshToken = "refresh_token"
    /// A token of another identity provider (RFC 8693 §2.1), at the endpoint `/v1/token` only.
    case tokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange"
}

extension StandIn {
    /// The token endpoint.
    func token(_ request: LocalRequest, url: String) throws(TestIssuerError) -> LocalAnswer {
        guard request.is("POST") else { return Self.methodNotAllowed("POST") }
        let form = request.form
        let name = form["grant_type"]
        switch TokenGrant.allCases.first(where: { $0.rawValue.isExactly(name ?? "") }) {
        case .jwtBearer: return try self.keyGrant(form, url: url)
        case .refreshToken: return try self.refreshGrant(form)
        case .tokenExchange, nil:
            return .oauthError(
                "unsupported_grant_type",
                "The emulator knows the grants \(TokenGrant.jwtBearer.rawValue) and \(TokenGrant.refreshToken.rawValue) here."
            )
        }
    }

    /// The key grant: an ID token for `target_audience`, else an access token for `scope`.
    private func keyGrant(_ form: FormFields, url: String) throws(TestIssuerError) -> LocalAnswer {
        guard let text = form["assertion"] else {
            return .oauthError("invalid_request", "Missing required parameter: assertion")
        }
        let account = self.settings.serviceAccount
        let assertion: Assertion
        do throws(AssertionError) {
            assertion = try Assertion(text, key: self.accountKey)
            try assertion.check(
                account: account.email,
                audiences: Self.tokenURLs + ["\(url)/token", "\(url)/oauth2/v4/token"]
            )
        } catch {
            return .oauthError("invalid_grant", error.words)
        }
        if let audience = assertion.claims["target_audience"]?.stringValue, !audience.isEmpty {
            return .object(("id_token", .string(try self.mint(for: audience, from: .keyGrant, caller: account))))
        }
        guard assertion.claims["scope"]?.stringValue != nil else {
            return .oauthError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        }
        return self.accessTokenAnswer(for: account)
    }

    /// The names of Google's token endpoint, which are audiences of assertions: today's, and those of older clients.
    private static let tokenURLs = [
        "https://oauth2.googleapis.com/token", "https://www.googleapis.com/oauth2/v4/token",
        "https://www.googleapis.com/oauth2/v3/token", "https://accounts.google.com/o/oauth2/token",
    ]

    /// The grant of `authorized_user` files: an access token, and an ID token whose audience is the client's ID.
    private func refreshGrant(_ form: FormFields) throws(TestIssuerError) -> LocalAnswer {
        guard let client = form["client_id"], form["refresh_token"] != nil else {
            return .oauthError("invalid_request", "client_id or refresh_token is missing.")
        }
        var answer = self.accessTokenMembers(for: .user)
        answer.append(("scope", .string("openid https://www.googleapis.com/auth/userinfo.email \(Self.scope)")))
        answer.append(("id_token", .string(try self.mint(for: client, from: .signInWithGoogle, caller: .user))))
        return .json(.object(answer))
    }

    static let scope = "https://www.googleapis.com/auth/cloud-platform"

    /// The answer with an access token, of the token endpoint (RFC 6749 §5.1).
    private func accessTokenAnswer(for caller: TestCaller) -> LocalAnswer {
        .json(.object(self.accessTokenMembers(for: caller)))
    }

    /// What the metadata server and the token endpoint say about an access token.
    func accessTokenMembers(for caller: TestCaller) -> [IDTokenJSON.Member] {
        [
            ("access_token", .string(self.grantAccess(to: caller))),
            // Google's metadata server never returns a whole hour, so a test must not depend on one.
            ("expires_in", .integer(Int64(AccessTokens.lifetime) - 1)),
            ("token_type", .string("Bearer")),
        ]
    }
}
#endif
