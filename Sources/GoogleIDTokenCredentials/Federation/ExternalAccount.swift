//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken

/// A way to obtain the token with which another identity provider proves the workload's identity (RFC 8693 §2.1).
protocol SubjectTokenSource: Sendable {
    /// The source in words, without secrets.
    var words: String { get }

    /// Obtains a token.
    ///
    /// - Throws: ``IDTokenCredentialsError``, mostly with `subject_token_unavailable`.
    func subjectToken() async throws(IDTokenCredentialsError) -> String
}

/// Workload identity federation: access tokens that Google's Security Token Service gives for a token of another provider.
struct ExternalAccount: AccessTokenFetching {
    static let grant = "urn:ietf:params:oauth:grant-type:token-exchange"
    static let accessTokenType = "urn:ietf:params:oauth:token-type:access_token"

    let words: String
    private let exchange: Exchange
    private let source: any SubjectTokenSource
    private let audience: String
    private let subjectTokenType: String
    private let url: String
    private var client: (id: String, secret: String)?
    private var userProject: String?

    /// Reads a credential file of the type `external_account`.
    ///
    /// - Throws: ``IDTokenCredentialsError``.
    init(_ file: CredentialMembers, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) {
        let universe = try file.universe()
        let audience = try file.required("audience")
        let type = try file.required("subject_token_type")
        let url = try file.url("token_url", environment) ?? Self.url(universe)
        let source = try Self.source(file, audience: audience, type: type, environment)
        self.init(source, audience: audience, subjectTokenType: type, url: url, environment)
        if let id = try file.string("client_id"), let secret = try file.string("client_secret") {
            self.client = (id, secret)
        } else {
            self.userProject = try file.string("workforce_pool_user_project")
        }
    }

    init(
        _ source: any SubjectTokenSource,
        audience: String,
        subjectTokenType: String,
        url: String = Self.url(GoogleName.universe),
        _ environment: CredentialsEnvironment
    ) {
        self.words = "workload identity federation with \(source.words)"
        self.exchange = .secure(environment)
        self.source = source
        self.audience = audience
        self.subjectTokenType = subjectTokenType
        self.url = url
    }

    private static func url(_ universe: String) -> String {
        "https://sts.\(universe)/v1/token"
    }

    /// Chooses the source that the file describes; a file wins over a URL, as in Google's libraries (AIP-4117).
    private static func source(
        _ file: CredentialMembers,
        audience: String,
        type: String,
        _ environment: CredentialsEnvironment
    ) throws(IDTokenCredentialsError) -> any SubjectTokenSource {
        guard let source = try file.object("credential_source") else {
            throw file.invalid("credential_source", "is missing")
        }
        if case _? = try source.object("certificate") {
            throw IDTokenCredentialsError(
                .credentialUnsupported,
                "\(source.place.sentenceStart) uses an X.509 certificate, which this package does not support. Use a file, URL, "
                    + "executable or AWS source, or give access tokens with IDTokenCredentials.impersonating."
            )
        }
        if let environmentID = try source.string("environment_id") {
            return try AWSSubjectToken(source, environmentID: environmentID, audience: audience, environment)
        }
        if case _? = try source.string("file") { return try FileSubjectToken(source, environment) }
        if case _? = try source.string("url") { return try URLSubjectToken(source, environment) }
        if let executable = try source.object("executable") {
            let target = try file.string("service_account_impersonation_url")
                .flatMap { ImpersonationTarget(accessTokenURL: $0) }
            return try ExecutableSubjectToken(
                executable,
                audience: audience,
                tokenType: type,
                account: target?.account,
                environment
            )
        }
        throw IDTokenCredentialsError(
            .credentialUnsupported,
            "\(source.place.sentenceStart) describes no known source; it needs file, url, executable or environment_id."
        )
    }

    func accessToken() async throws(IDTokenCredentialsError) -> FetchedToken {
        let subjectToken = try await self.source.subjectToken()
        var form = [
            (name: "grant_type", value: Self.grant), (name: "audience", value: self.audience),
            (name: "scope", value: GoogleName.scope), (name: "requested_token_type", value: Self.accessTokenType),
            (name: "subject_token", value: subjectToken), (name: "subject_token_type", value: self.subjectTokenType),
        ]
        if let userProject {
            form.append(("options", IDTokenJSON.object([("userProject", .string(userProject))]).json))
        }
        var fields = [GoogleName.formField]
        var secrets = [subjectToken]
        if let client {
            fields.append(BasicAuthorization.field(client.id, client.secret))
            secrets.append(client.secret)
        }
        let (audience, words) = (self.audience, self.source.words)
        let request = Exchange.Request(
            http: HTTPRequest(.post, self.url, fields: fields, body: FormText.form(form)),
            secrets: secrets,
            remedy: { _, _ in
                "Check that the provider \(audience.quotedForOperators) exists and is enabled, and that its issuer, allowed "
                    + "audiences and attribute condition fit the token from \(words)."
            }
        )
        return try await self.exchange.send(request) { answer throws(IDTokenCredentialsError) in
            try answer.accessToken()
        }
    }
}

/// A function of the application that returns the subject token.
struct ClosureSubjectToken: SubjectTokenSource {
    let words = "subject tokens of the application"
    let closure: @Sendable () async throws -> String

    func subjectToken() async throws(IDTokenCredentialsError) -> String {
        do throws(IDTokenCredentialsError) {
            return try await AccessTokens(calling: self.closure).token()
        } catch {
            let words = "The application's source of subject tokens failed: "
            throw IDTokenCredentialsError(.subjectTokenUnavailable, words + error.explanation)
        }
    }
}
