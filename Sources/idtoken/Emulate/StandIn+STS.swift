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
    /// The token exchange of workload identity federation (RFC 8693): it gives an access token for any subject token.
    func sts(_ request: LocalRequest) -> LocalAnswer {
        guard request.method == "POST" else { return Self.methodNotAllowed }
        let form = FormFields(String(decoding: request.body, as: UTF8.self))
        guard form["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange" else {
            return .oauthError("unsupported_grant_type", "The stand-in knows the grant of RFC 8693 only.")
        }
        guard let audience = form["audience"], audience.hasPrefix("//iam.googleapis.com/") else {
            return .oauthError("invalid_request", "Invalid value for \"audience\": it begins //iam.googleapis.com/.")
        }
        let accessTokenType = "urn:ietf:params:oauth:token-type:access_token"
        guard form["requested_token_type"] ?? accessTokenType == accessTokenType else {
            return .oauthError("invalid_request", "Invalid value for \"requested_token_type\".")
        }
        guard form["subject_token"] != nil, form["subject_token_type"] != nil else {
            return .oauthError("invalid_request", "subject_token or subject_token_type is missing.")
        }
        return .object(
            ("access_token", .string(self.grantAccess(to: TestCaller(email: "federated@stand-in.invalid")))),
            ("issued_token_type", .string(accessTokenType)),
            ("token_type", .string("Bearer")),
            ("expires_in", .integer(Int64(AccessTokens.lifetime)))
        )
    }
}
#endif
