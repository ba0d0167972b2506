//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
public import GoogleIDToken
public import GoogleIDTokenTesting

extension GoogleEmulator {
    /// The URL of the key document (a JWK set) of one of Google's other issuers.
    ///
    /// - Parameter issuer: The issuer that the verifier trusts.
    /// - Returns: The URL.
    /// - Throws: `IDTokenVerifier.ConfigurationError` if the issuer cannot exist.
    public func keysURL<Audience>(
        of issuer: IDTokenVerifier.TrustedIssuer<Audience>
    ) throws(IDTokenVerifier.ConfigurationError) -> String {
        self.url + StandIn.keysPath(of: try issuer.profile)
    }

    /// The source of an issuer's keys for a verifier, which fetches them from the emulator.
    ///
    /// - Parameter issuer: The issuer that the verifier trusts.
    /// - Returns: The source.
    /// - Throws: `IDTokenVerifier.ConfigurationError` if the issuer cannot exist.
    public func keys<Audience>(
        of issuer: IDTokenVerifier.TrustedIssuer<Audience>
    ) throws(IDTokenVerifier.ConfigurationError) -> KeySource {
        .remote(try self.keysURL(of: issuer))
    }

    /// Mints a token of one of Google's other issuers, with its current key.
    ///
    /// - Parameters:
    ///   - issuer: The issuer.
    ///   - audience: The audience of the token.
    ///   - caller: The caller in the token.
    ///   - claims: A JSON object whose members replace claims of the token or are added to them.
    ///   - defect: The defect of the token, or nil for a valid token.
    /// - Returns: The token.
    /// - Throws: `IDTokenVerifier.ConfigurationError` if no token of this issuer can have the audience, and
    ///   `TestIssuerError` if `claims` is not a JSON object, or OpenSSL cannot sign.
    public func token<Audience>(
        of issuer: IDTokenVerifier.TrustedIssuer<Audience>,
        for audience: Audience,
        caller: TestCaller = .user,
        claims: String = "{}",
        defect: TokenDefect? = nil
    ) throws -> String {
        let audience = try issuer.claims([audience]).first ?? ""
        let profile = try issuer.profile
        return try self.standIn.mint(of: profile, for: audience, caller: caller, claims: claims, defect: defect)
    }

    /// Mints a token of an issuer that determines the audience, such as a Firebase project, with its current key.
    ///
    /// - Parameters:
    ///   - issuer: The issuer.
    ///   - caller: The caller in the token.
    ///   - claims: A JSON object whose members replace claims of the token or are added to them.
    ///   - defect: The defect of the token, or nil for a valid token.
    /// - Returns: The token.
    /// - Throws: `IDTokenVerifier.ConfigurationError` if the issuer cannot exist, and `TestIssuerError` if `claims` is not a
    ///   JSON object, or OpenSSL cannot sign.
    public func token(
        of issuer: IDTokenVerifier.TrustedIssuer<Never>,
        caller: TestCaller = .user,
        claims: String = "{}",
        defect: TokenDefect? = nil
    ) throws -> String {
        let profile = try issuer.profile
        let audience = profile.audiences?.first ?? ""
        return try self.standIn.mint(of: profile, for: audience, caller: caller, claims: claims, defect: defect)
    }
}
#endif
