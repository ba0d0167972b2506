//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken
internal import IDTokenBytes

/// Tokens of a service account, requested from the IAM Credentials API with the access token of another identity.
struct Impersonation: IDTokenSource, AccessTokenFetching {
    let words: String
    private let exchange: Exchange
    private let source: AccessTokens
    private let target: ImpersonationTarget
    private let delegates: [String]
    private let quotaProject: String?

    /// Prepares requests; nothing is sent.
    ///
    /// - Parameters:
    ///   - target: The account and the URL.
    ///   - delegates: The accounts in between, from the one that the source may impersonate to the one that may impersonate
    ///     the target.
    ///   - quotaProject: The project that pays for the requests.
    ///   - source: The access tokens.
    ///   - environment: The environment.
    init(
        _ target: ImpersonationTarget,
        delegates: [String] = [],
        quotaProject: String? = nil,
        with source: AccessTokens,
        _ environment: CredentialsEnvironment
    ) {
        self.words = "service account \(target.account), impersonated with \(source.words)"
        self.exchange = .secure(environment)
        self.source = source
        self.target = target
        self.delegates = delegates.map { name in
            name.utf8.starts(with: Self.namePrefix.utf8) ? name : Self.namePrefix + name
        }
        self.quotaProject = quotaProject
    }

    private static let namePrefix = "projects/-/serviceAccounts/"

    func idToken(for audience: String) async throws(IDTokenCredentialsError) -> FetchedToken {
        let members: [IDTokenJSON.Member] = [("audience", .string(audience)), ("includeEmail", .bool(true))]
        return try await self.send(members, to: .idToken) { answer throws(IDTokenCredentialsError) in
            try answer.idToken(try answer.object()["token"]?.stringValue, for: audience)
        }
    }

    func accessToken() async throws(IDTokenCredentialsError) -> FetchedToken {
        let members: [IDTokenJSON.Member] = [("scope", .array([.string(GoogleName.scope)]))]
        return try await self.send(members, to: .accessToken) { answer throws(IDTokenCredentialsError) in
            try answer.accessTokenWithExpireTime()
        }
    }

    /// Sends a request with a new or kept access token of the source.
    private func send(
        _ members: [IDTokenJSON.Member],
        to method: ImpersonationTarget.Method,
        judge: (ServerAnswer) throws(IDTokenCredentialsError) -> FetchedToken
    ) async throws(IDTokenCredentialsError) -> FetchedToken {
        let accessToken = try await self.source.token()
        do throws(IDTokenCredentialsError) {
            return try await self.exchange.send(self.request(members, method, accessToken), judge: judge)
        } catch {
            if error.code == .credentialRefused { self.source.forget(accessToken) }
            throw error
        }
    }

    private func request(
        _ members: [IDTokenJSON.Member],
        _ method: ImpersonationTarget.Method,
        _ accessToken: String
    ) -> Exchange.Request {
        var members = members
        if !self.delegates.isEmpty { members.append(("delegates", .array(self.delegates.map { .string($0) }))) }
        var body = Array(IDTokenJSON.object(members).json.utf8)
        var fields = [
            (name: "Authorization", value: "Bearer \(accessToken)"), (name: "Content-Type", value: "application/json"),
        ]
        if let quotaProject { fields.append(("x-goog-user-project", quotaProject)) }
        let (account, source) = (self.target.account, self.source.words)
        return Exchange.Request(
            http: HTTPRequest(.post, self.target.url(method), fields: fields, body: SecretBytes(moving: &body)),
            secrets: [accessToken],
            remedy: { status, _ in Self.remedy(status, account, source, method) }
        )
    }

    private static func remedy(
        _ status: Int,
        _ account: String,
        _ source: String,
        _ method: ImpersonationTarget.Method
    ) -> String {
        switch status {
        case 400: "Check the audience and the name of the account \(account)."
        case 401: "The access token of the source (\(source)) is not accepted; check that this credential still exists."
        case 403:
            "Grant the source's identity (\(source)) the role \(method.role) on \(account), which has the permission "
                + "\(method.permission), and enable the API iamcredentials.googleapis.com."
        case 404: "There is no service account \(account); check its name."
        default: ""
        }
    }
}
