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
    /// IAM Credentials: `generateIdToken` and `generateAccessToken`, for callers with an access token of the stand-in.
    ///
    /// Every such caller may act for every service account.
    func iam(_ request: LocalRequest) throws(TestIssuerError) -> LocalAnswer {
        guard request.method == "POST" else { return Self.methodNotAllowed }
        guard
            request.path.count == 5, request.path.starts(with: ["v1", "projects", "-", "serviceAccounts"]),
            let colon = request.path[4].lastIndex(of: ":")
        else { return .googleError(404, "NOT_FOUND", "The stand-in has no such path.") }
        guard self.holder(of: request) != nil else {
            return .googleError(
                401,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected an OAuth 2 access token of the stand-in."
            )
        }
        guard let body = request.object else {
            return .googleError(400, "INVALID_ARGUMENT", "The body is not a JSON object.")
        }
        let account = TestCaller(email: String(request.path[4][..<colon]))
        switch request.path[4][colon...].dropFirst() {
        case "generateIdToken": return try self.generateIDToken(for: account, body)
        case "generateAccessToken": return self.generateAccessToken(for: account, body)
        case let name: return .googleError(404, "NOT_FOUND", "The stand-in has no method \(name).")
        }
    }

    private func generateIDToken(for account: TestCaller, _ body: [IDTokenJSON.Member]) throws(TestIssuerError)
        -> LocalAnswer
    {
        guard let audience = body["audience"]?.stringValue, !audience.isEmpty else {
            return .googleError(400, "INVALID_ARGUMENT", "Request contains an invalid argument: audience.")
        }
        let sender: TokenSender =
            switch (Self.isTrue(body["includeEmail"]), Self.isTrue(body["useEmailAzp"])) {
            case (false, _): .generateIDTokenWithoutEmail
            case (true, false): .generateIDToken
            // The claims are those of the key grant: all of generateIdToken's, and the e-mail address as azp.
            case (true, true): .keyGrant
            }
        return .object(("token", .string(try self.mint(for: audience, from: sender, caller: account))))
    }

    private func generateAccessToken(for account: TestCaller, _ body: [IDTokenJSON.Member]) -> LocalAnswer {
        guard let scopes = body["scope"]?.arrayValue, !scopes.isEmpty else {
            return .googleError(400, "INVALID_ARGUMENT", "Request contains an invalid argument: scope.")
        }
        return .object(
            ("accessToken", .string(self.grantAccess(to: account))),
            ("expireTime", .string((Date() + AccessTokens.lifetime).utc))
        )
    }

    /// Whether a member is true; some of Google's clients write it as text.
    private static func isTrue(_ value: IDTokenJSON?) -> Bool {
        value?.boolValue == true || value?.stringValue == "true"
    }
}
#endif
