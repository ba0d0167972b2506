//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension StandIn {
    /// The token exchange of workload identity federation (RFC 8693): it gives an access token for any subject token.
    ///
    /// The body is a form, with the names of RFC 8693, or JSON, with the names of Google's own interface.
    func sts(_ request: LocalRequest) -> LocalAnswer {
        guard request.is("POST") else { return Self.methodNotAllowed("POST") }
        let form = request.form
        let object = request.object
        func field(_ name: String, _ jsonName: String) -> String? {
            guard let object else { return form[name] }
            return object[jsonName]?.stringValue ?? object[name]?.stringValue
        }
        guard field("grant_type", "grantType")?.isExactly(TokenGrant.tokenExchange.rawValue) == true else {
            return .oauthError("unsupported_grant_type", "The emulator knows the grant of RFC 8693 only.")
        }
        guard let audience = field("audience", "audience"), audience.utf8.starts(with: "//iam.googleapis.com/".utf8)
        else {
            return .oauthError("invalid_request", "Invalid value for \"audience\": it begins //iam.googleapis.com/.")
        }
        let accessTokenType = "urn:ietf:params:oauth:token-type:access_token"
        let requestedType = field("requested_token_type", "requestedTokenType")
        guard requestedType?.isExactly(accessTokenType) ?? true else {
            return .oauthError("invalid_request", "Invalid value for \"requested_token_type\".")
        }
        guard
            field("subject_token", "subjectToken")?.isEmpty == false,
            field("subject_token_type", "subjectTokenType")?.isEmpty == false
        else {
            return .oauthError("invalid_request", "subject_token or subject_token_type is missing.")
        }
        return .object(
            ("access_token", .string(self.grantAccess(to: TestCaller(email: "federated@emulator.invalid")))),
            ("issued_token_type", .string(accessTokenType)),
            ("token_type", .string("Bearer")),
            ("expires_in", .integer(Int64(AccessTokens.lifetime)))
        )
    }
}
#endif
