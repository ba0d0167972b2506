//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials
public import GoogleIDToken

/// A substitute for one of Google's other issuers in tests: Identity-Aware Proxy, Firebase and Identity Platform, or agents.
///
/// ```swift
/// let proxy = try TestTrustedIssuer(.identityAwareProxy)
/// let audience = IdentityAwareProxyAudience.cloudRun(project: 123456, region: "europe-west1", service: "profiles")
/// let verifier = try IDTokenVerifier(
///     trusting: .identityAwareProxy, audience: audience, callers: .hostedDomain("example.com"), keys: proxy.keys)
/// let assertion = try proxy.token(for: audience, caller: .user)
/// let user = try await verifier.verify(headers: [proxy.headerField(carrying: assertion)])
/// ```
/// It takes the issuer that the verifier trusts, so that algorithm, issuer, claims and header are those of its tokens.
/// ``TestIssuer`` mints Google's ID tokens.
///
/// - Important: The keys of these issuers are part of this package, so anybody can sign with them. Give ``keys`` only to
///   verifiers in tests.
public struct TestTrustedIssuer<Audience: Sendable>: Sendable {
    private let trusted: IDTokenVerifier.TrustedIssuer<Audience>
    private let issuer: ProfileIssuer

    /// Creates an issuer with a built-in key, which is the same in every run.
    ///
    /// - Parameters:
    ///   - issuer: The issuer that it takes the place of.
    ///   - key: The built-in key; use different keys to test a change of keys.
    /// - Throws: `IDTokenVerifier.ConfigurationError` if the issuer cannot exist, and ``TestIssuerError`` if OpenSSL rejects
    ///   the key.
    public init(_ issuer: IDTokenVerifier.TrustedIssuer<Audience>, key: BuiltInKey = .first) throws {
        self.trusted = issuer
        self.issuer = try ProfileIssuer(of: try issuer.profile, key: key)
    }

    /// The ID of the key, which no other issuer's key has.
    public var keyID: String { self.issuer.keyID }

    /// The issuer's key as a source of keys for a verifier.
    public var keys: KeySource { .document(self.keyDocument) }

    /// The issuer's key as a JWK set (RFC 7517 §5).
    public var keyDocument: [UInt8] { ProfileIssuer.keyDocument([self.issuer]) }

    /// Creates a token for an audience.
    ///
    /// - Parameters:
    ///   - audience: The audience of the token.
    ///   - caller: The caller in the token. The subject gets the beginning that subjects of this issuer have, such as
    ///     `accounts.google.com:`, unless it has it already.
    ///   - claims: A JSON object whose members replace claims of the token or are added to them.
    ///   - time: The time at which it is issued, in whole seconds; it is valid for an hour, or for the ten minutes of an
    ///     assertion of Identity-Aware Proxy.
    ///   - defect: The defect of the token, or nil for a valid token. ``TokenDefect/expectedCode`` holds for these tokens
    ///     if they have the claim; ``TokenDefect/emailMissing`` changes nothing for agents, for example.
    /// - Returns: The token.
    /// - Throws: `IDTokenVerifier.ConfigurationError` if no token of this issuer can have the audience, and
    ///   ``TestIssuerError`` if `claims` is not a JSON object, or OpenSSL cannot sign.
    public func token(
        for audience: Audience,
        caller: TestCaller = .user,
        claims: String = "{}",
        issuedAt time: Date = Date(),
        defect: TokenDefect? = nil
    ) throws -> String {
        let audience = try self.trusted.claims([audience]).first ?? ""
        return try self.issuer.token(for: audience, caller: caller, claims: claims, issuedAt: time, defect: defect)
    }

    /// Signs arbitrary claims, for tokens that the issuer never signs.
    ///
    /// - Parameters:
    ///   - claims: The claims as JSON; they are not checked.
    ///   - header: The token's header as JSON; nil means the header of this issuer's tokens.
    /// - Returns: The token.
    /// - Throws: ``TestIssuerError`` if OpenSSL cannot sign.
    public func sign(claims: String, header: String? = nil) throws(TestIssuerError) -> String {
        try self.issuer.sign(claims: claims, header: header)
    }

    /// Returns the header field in which a request carries a token of this issuer.
    ///
    /// - Parameter token: The token.
    /// - Returns: The field, such as `Authorization` with the scheme `Bearer`, or `X-Goog-IAP-JWT-Assertion`.
    public func headerField(carrying token: String) -> (name: String, value: String) {
        self.issuer.profile.headerField(carrying: token)
    }
}

extension TestTrustedIssuer where Audience == Never {
    /// Creates a token whose audience the issuer determines, such as that of a Firebase project.
    ///
    /// - Parameters:
    ///   - caller: The caller in the token.
    ///   - claims: A JSON object whose members replace claims of the token or are added to them.
    ///   - time: The time at which it is issued, in whole seconds; it is valid for an hour.
    ///   - defect: The defect of the token, or nil for a valid token.
    /// - Returns: The token.
    /// - Throws: ``TestIssuerError`` if `claims` is not a JSON object, or OpenSSL cannot sign.
    public func token(
        caller: TestCaller = .user,
        claims: String = "{}",
        issuedAt time: Date = Date(),
        defect: TokenDefect? = nil
    ) throws(TestIssuerError) -> String {
        let audience = self.issuer.profile.audiences?.first ?? ""
        return try self.issuer.token(for: audience, caller: caller, claims: claims, issuedAt: time, defect: defect)
    }
}
