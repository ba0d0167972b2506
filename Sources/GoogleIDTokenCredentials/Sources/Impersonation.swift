//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken
internal import IDTokenBytes

/// ID tokens of a service account, requested from the IAM Credentials API with the access token of another identity.
struct Impersonation: IDTokenSource {
    let words: String
    private let exchange: Exchange
    private let source: AccessTokens
    /// The URL of the method `generateIdToken` of the account.
    private let url: String
    private let account: String
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
        self.url = target.url
        self.account = target.account
        self.delegates = delegates.map { name in
            name.utf8.starts(with: Self.namePrefix.utf8) ? name : Self.namePrefix + name
        }
        self.quotaProject = quotaProject
    }

    private static let namePrefix = "projects/-/serviceAccounts/"

    func idToken(for audience: String) async throws(IDTokenCredentialsError) -> FetchedToken {
        let accessToken = try await self.source.token()
        let request = self.request(audience, accessToken)
        do throws(IDTokenCredentialsError) {
            return try await self.exchange.send(request) { answer throws(IDTokenCredentialsError) in
                try answer.idToken(try answer.object()["token"]?.stringValue, for: audience)
            }
        } catch {
            if error.code == .credentialRefused { self.source.forget(accessToken) }
            throw error
        }
    }

    private func request(_ audience: String, _ accessToken: String) -> Exchange.Request {
        var members: [IDTokenJSON.Member] = [("audience", .string(audience)), ("includeEmail", .bool(true))]
        if !self.delegates.isEmpty { members.append(("delegates", .array(self.delegates.map { .string($0) }))) }
        var body = Array(IDTokenJSON.object(members).json.utf8)
        var fields = [
            (name: "Authorization", value: "Bearer \(accessToken)"), (name: "Content-Type", value: "application/json"),
        ]
        if let quotaProject { fields.append(("x-goog-user-project", quotaProject)) }
        let (account, source) = (self.account, self.source.words)
        return Exchange.Request(
            http: HTTPRequest(.post, self.url, fields: fields, body: SecretBytes(moving: &body)),
            secrets: [accessToken],
            remedy: { status, _ in Self.remedy(status, account, source) }
        )
    }

    private static func remedy(_ status: Int, _ account: String, _ source: String) -> String {
        switch status {
        case 400: "Check the audience and the name of the account \(account)."
        case 401: "The access token of the source (\(source)) is not accepted; check that this credential still exists."
        case 403:
            "Grant the source's identity (\(source)) the role roles/iam.serviceAccountOpenIdTokenCreator on \(account), which "
                + "has the permission iam.serviceAccounts.getOpenIdToken, and enable the API iamcredentials.googleapis.com."
        case 404: "There is no service account \(account); check its name."
        default: ""
        }
    }
}

/// The service account that is impersonated.
struct ImpersonationTarget: Sendable {
    private static let accessTokenMethod = ":generateAccessToken"
    private static let idTokenMethod = ":generateIdToken"
    private static let path = "/v1/projects/-/serviceAccounts/"

    let account: String
    /// The URL of the method `generateIdToken`.
    let url: String

    /// Creates a target from an account's name.
    ///
    /// - Parameters:
    ///   - account: The e-mail address or the unique ID of the account.
    ///   - universe: The domain of Google's APIs.
    /// - Throws: ``IDTokenCredentialsError`` with `argument_invalid`.
    init(account: String, universe: String = GoogleName.universe) throws(IDTokenCredentialsError) {
        guard Self.isAccount(account) else {
            throw IDTokenCredentialsError(
                .argumentInvalid,
                "The account \(account.quotedForOperators) to impersonate is neither an e-mail address nor a unique ID; give "
                    + "an address such as login@my-project.iam.gserviceaccount.com."
            )
        }
        self.account = account
        self.url = "https://iamcredentials.\(universe)\(Self.path)\(account)\(Self.idTokenMethod)"
    }

    /// Reads a target from the URL in a credential file, which is of the method `generateAccessToken`.
    ///
    /// - Returns: Nil if it is not such a URL.
    init?(accessTokenURL url: String) {
        let method = Self.accessTokenMethod.utf8
        guard url.utf8.count > method.count, url.utf8.suffix(method.count).elementsEqual(method) else { return nil }
        let parts = URLParts(url)
        let path = Array(parts.path.utf8.dropLast(method.count))
        guard path.starts(with: Self.path.utf8) else { return nil }
        let account = String(decoding: path.dropFirst(Self.path.utf8.count), as: UTF8.self)
        guard Self.isAccount(account) else { return nil }
        self.account = account
        self.url = "\(parts.scheme)://\(parts.authority)\(Self.path)\(account)\(Self.idTokenMethod)"
    }

    /// Whether a name has only characters of an e-mail address or a unique ID.
    private static func isAccount(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "@"):
                    true
                default: false
                }
            }
    }
}
