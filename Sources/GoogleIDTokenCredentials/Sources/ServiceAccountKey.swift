//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken
internal import IDTokenBytes
internal import OpenSSLSignature
internal import OpenSSLSigning

/// A service account's private key, whose signature is exchanged for tokens (RFC 7523).
struct ServiceAccountKey: IDTokenSource, AccessTokenFetching {
    /// The time by which an assertion's issue is back-dated, in seconds, for servers whose clock is behind.
    static let backdating: Int64 = 10
    /// The validity of an assertion, in seconds; Google accepts at most an hour.
    static let lifetime: Int64 = 3_600
    static let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

    let words: String
    private let exchange: Exchange
    private let key: RSAKeyPair
    private let account: String
    private let keyID: String?
    private let tokenURL: String

    /// Reads a credential file of the type `service_account`.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_invalid`, `key_unusable`, `url_not_allowed` or
    ///   `credential_unsupported`.
    init(_ file: CredentialMembers, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) {
        guard let account = try file.name("client_email") else {
            throw file.invalid("client_email", "is missing or empty")
        }
        self.account = account
        self.keyID = try file.name("private_key_id")
        let universe = try file.universe()
        guard universe.isExactly(GoogleName.universe) else {
            throw IDTokenCredentialsError(
                .credentialUnsupported,
                "\(file.place) is a key of the universe \(universe.quotedForOperators), which has no endpoint that "
                    + "exchanges keys for ID tokens. Run on that universe's own machines with the metadata server, or "
                    + "impersonate the account with an external_account file."
            )
        }
        self.tokenURL = try file.url("token_uri", environment) ?? GoogleName.tokenURL
        self.key = try Self.key(try file.required("private_key"), file)
        self.exchange = .secure(environment)
        self.words = "service account key of \(self.account)"
    }

    /// Parses the private key, PKCS #8 or PKCS #1 in PEM form.
    private static func key(_ pem: String, _ file: CredentialMembers) throws(IDTokenCredentialsError) -> RSAKeyPair {
        let remedy = "create a new key for the service account, and store the file unchanged."
        var bytes = Array(pem.utf8)
        defer { _ = SecretBytes(moving: &bytes) }
        let key: RSAKeyPair
        do throws(OpenSSLError) {
            key = try RSAKeyPair(privateKeyPEM: bytes)
        } catch {
            throw IDTokenCredentialsError(
                .keyUnusable,
                "The private_key in \(file.place) is no unencrypted private key in PEM form (OpenSSL: \(error)); \(remedy)"
            )
        }
        guard key.algorithmName.utf8.elementsEqual("RSA".utf8), key.bitCount >= 2_048 else {
            throw IDTokenCredentialsError(
                .keyUnusable,
                "The private_key in \(file.place) is of the type \(key.algorithmName) with \(key.bitCount) bits; this "
                    + "package signs only with RSA keys of at least 2048 bits. Create an RSA key for the service account."
            )
        }
        return key
    }

    func idToken(for audience: String) async throws(IDTokenCredentialsError) -> FetchedToken {
        let request = try self.request([("target_audience", .string(audience))])
        return try await self.exchange.send(request) { answer throws(IDTokenCredentialsError) in
            try answer.idToken(try answer.object()["id_token"]?.stringValue, for: audience)
        }
    }

    func accessToken() async throws(IDTokenCredentialsError) -> FetchedToken {
        let request = try self.request([("scope", .string(GoogleName.scope))])
        return try await self.exchange.send(request) { answer throws(IDTokenCredentialsError) in
            try answer.accessToken()
        }
    }

    private func request(_ claims: [IDTokenJSON.Member]) throws(IDTokenCredentialsError) -> Exchange.Request {
        let assertion = try self.assertion(claims)
        let form = FormText.form([("grant_type", Self.grant), ("assertion", assertion)])
        let (account, keyID) = (self.account, self.keyID ?? "without ID")
        return Exchange.Request(
            http: HTTPRequest(.post, self.tokenURL, fields: [GoogleName.formField], body: form),
            secrets: [assertion],
            remedy: { _, _ in
                "Check that the key \(keyID) of \(account) was not deleted or disabled, that the account is enabled, "
                    + "and that this machine's clock is right."
            }
        )
    }

    /// Signs an assertion (RFC 7523 §3).
    func assertion(_ claims: [IDTokenJSON.Member]) throws(IDTokenCredentialsError) -> String {
        let now = self.exchange.environment.clock.now().rounded(.down)
        guard let seconds = Int64(exactly: now) else {
            throw IDTokenCredentialsError(.argumentInvalid, "This machine's clock shows no time; set it.")
        }
        let issuedAt = seconds &- Self.backdating
        var header: [IDTokenJSON.Member] = [("alg", .string("RS256")), ("typ", .string("JWT"))]
        if let keyID { header.append(("kid", .string(keyID))) }
        let common: [IDTokenJSON.Member] = [
            ("iss", .string(self.account)), ("aud", .string(self.tokenURL)), ("iat", .integer(issuedAt)),
            ("exp", .integer(issuedAt &+ Self.lifetime)),
        ]
        do throws(OpenSSLError) {
            return try self.key.signedJWT(
                header: IDTokenJSON.object(header).json,
                claims: IDTokenJSON.object(common + claims).json
            )
        } catch {
            throw IDTokenCredentialsError(
                .keyUnusable,
                "OpenSSL cannot sign with the key of \(self.account): \(error)."
            )
        }
    }
}
