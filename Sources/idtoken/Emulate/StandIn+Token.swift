//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension StandIn {
    static let keyGrantType = "urn:ietf:params:oauth:grant-type:jwt-bearer"

    /// The token endpoint for the key grant: an ID token for `target_audience`, else an access token for `scope`.
    func token(_ request: LocalRequest, url: String) throws(TestIssuerError) -> LocalAnswer {
        guard request.method == "POST" else { return Self.methodNotAllowed }
        let form = FormFields(String(decoding: request.body, as: UTF8.self))
        guard form["grant_type"] == Self.keyGrantType else {
            return .oauthError("unsupported_grant_type", "The stand-in knows the grant \(Self.keyGrantType) only.")
        }
        guard let text = form["assertion"] else {
            return .oauthError("invalid_request", "Missing required parameter: assertion")
        }
        let account = self.settings.account
        let assertion: Assertion
        do throws(AssertionError) {
            assertion = try Assertion(
                text,
                account: account.email,
                key: self.accountKey,
                audiences: ["\(url)/token", "https://oauth2.googleapis.com/token"]
            )
        } catch {
            return .oauthError("invalid_grant", error.words)
        }
        if let audience = assertion.targetAudience, !audience.isEmpty {
            return .object(("id_token", .string(try self.mint(for: audience, from: .keyGrant, caller: account))))
        }
        guard assertion.scope != nil else {
            return .oauthError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        }
        return self.accessTokenAnswer(for: account)
    }
}
#endif
