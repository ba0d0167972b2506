//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import IDTokenBytes

extension StandIn {
    private enum Method: String, CaseIterable {
        case generateIdToken, generateAccessToken, signBlob, signJwt
    }

    private static let serviceAccounts = "/v1/projects/-/serviceAccounts/"
    private static let url = "https://iamcredentials.googleapis.com/"

    /// IAM Credentials, for callers with an access token of the emulator.
    ///
    /// Every such caller may act for every service account, directly or through delegates.
    func iam(_ request: LocalRequest) throws(TestIssuerError) -> LocalAnswer {
        guard request.is("POST") else { return Self.methodNotAllowed("POST") }
        guard
            let segments = request.target.segments(after: Self.serviceAccounts), segments.count == 1,
            let colon = segments[0].utf8.lastIndex(of: UInt8(ascii: ":"))
        else { return Self.noMethod("no such path") }
        let (name, methodName) = (String(segments[0][..<colon]), segments[0].utf8[colon...].dropFirst())
        guard let method = Method.allCases.first(where: { methodName.elementsEqual($0.rawValue.utf8) }) else {
            return Self.noMethod("no such method")
        }
        guard self.mayCall(request) else {
            return .googleError(
                401,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected an OAuth 2 access token of the emulator."
            )
        }
        guard let body = request.object else {
            return .googleError(400, "INVALID_ARGUMENT", "The body is not a JSON object.")
        }
        guard Self.areDelegates(body["delegates"]) else {
            return Self.invalid("delegates; each is projects/-/serviceAccounts/ with an e-mail address or a unique ID")
        }
        guard let account = self.account(name) else {
            return .googleError(
                404,
                "NOT_FOUND",
                "Unknown service account: the emulator knows an account by its unique ID once its e-mail address was used."
            )
        }
        switch method {
        case .generateIdToken: return try self.generateIDToken(for: account, body)
        case .generateAccessToken: return self.generateAccessToken(for: account, body)
        case .signBlob: return self.signBlob(body)
        case .signJwt: return try self.signJWT(body)
        }
    }

    private static func noMethod(_ what: String) -> LocalAnswer {
        .notFound(what, known: Method.allCases.map { "\(Self.serviceAccounts)EMAIL:\($0.rawValue)" })
    }

    static func invalid(_ what: String) -> LocalAnswer {
        .googleError(400, "INVALID_ARGUMENT", "Request contains an invalid argument: \(what).")
    }

    /// Whether a request has an access token of the emulator, or a JWT that the service account signed itself instead.
    private func mayCall(_ request: LocalRequest) -> Bool {
        guard
            let parts = request.header("authorization")?.utf8.split(separator: UInt8(ascii: " ")), parts.count == 2,
            Bytes.areEqual(Array(parts[0]).span, ignoringCaseOf: "bearer")
        else { return false }
        let token = String(decoding: parts[1], as: UTF8.self)
        if self.holder(of: token) != nil { return true }
        guard let assertion = try? Assertion(token, key: self.accountKey) else { return false }
        return
            (try? assertion.checkAsAccessToken(account: self.settings.serviceAccount.email, audience: Self.url)) != nil
    }

    private static func areDelegates(_ value: IDTokenJSON?) -> Bool {
        guard let value else { return true }
        // google-auth for Python writes a null.
        if case .null = value { return true }
        let start = "projects/-/serviceAccounts/"
        return value.stringsValue?.allSatisfy { $0.utf8.starts(with: start.utf8) && $0.utf8.count > start.utf8.count }
            ?? false
    }

    private func generateIDToken(for account: TestCaller, _ body: [IDTokenJSON.Member]) throws(TestIssuerError)
        -> LocalAnswer
    {
        guard let audience = body["audience"]?.stringValue, !audience.isEmpty else { return Self.invalid("audience") }
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
        guard let scopes = body["scope"]?.arrayValue, !scopes.isEmpty else { return Self.invalid("scope") }
        return .object(
            ("accessToken", .string(self.grantAccess(to: account))),
            ("expireTime", .string((Date() + AccessTokens.lifetime).formatted(.iso8601)))
        )
    }

    /// Whether a member is true; some of Google's clients write it as text.
    private static func isTrue(_ value: IDTokenJSON?) -> Bool {
        value?.boolValue == true || value?.stringValue?.isExactly("true") == true
    }
}
#endif
