//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials
internal import GoogleIDToken
internal import OpenSSLSigning

extension TestIssuer {
    /// Creates a token with the claims that a sender's tokens have.
    ///
    /// - Parameters:
    ///   - audience: The audience of the token; tokens of ``TokenSender/gcloudUser`` always have their fixed audience.
    ///   - sender: The sender whose tokens it imitates.
    ///   - caller: The caller in the token.
    ///   - time: The time at which it is issued, in whole seconds; it is valid for an hour.
    ///   - defect: The defect of the token, or nil for a valid token.
    /// - Returns: The token.
    /// - Throws: ``TestIssuerError`` if OpenSSL cannot sign.
    public func token(
        for audience: String,
        from sender: TokenSender = .cloudRun,
        caller: TestCaller = .serviceAccount,
        issuedAt time: Date = Date(),
        defect: TokenDefect? = nil
    ) throws(TestIssuerError) -> String {
        try self.token(
            for: audience,
            from: sender,
            caller: caller,
            issuedAt: time,
            defect: defect,
            machine: TestMachine(project: "my-project")
        )
    }

    /// The same, with a lifetime in seconds, and a description of the machine for ``TokenSender/metadataServer``.
    package func token(
        for audience: String,
        from sender: TokenSender,
        caller: TestCaller,
        issuedAt time: Date,
        defect: TokenDefect? = nil,
        lifetime: Int = 3_600,
        machine: TestMachine
    ) throws(TestIssuerError) -> String {
        let seconds = Self.seconds(time)
        var draft = TokenDraft(
            header: [("alg", .string("RS256")), ("kid", .string(self.keyID)), ("typ", .string("JWT"))],
            claims: sender.claims(caller, audience: audience, machine: machine),
            key: self.keyPair
        )
        draft.set("iss", .string(KnownToken.googleIssuer))
        draft.set("iat", .integer(seconds))
        draft.set("exp", .integer(seconds + Int64(lifetime)))
        try defect?.apply(to: &draft, at: seconds)
        return try draft.signed()
    }

    /// Signs arbitrary claims, for tokens that no sender has.
    ///
    /// - Parameters:
    ///   - claims: The claims as JSON; they are not checked.
    ///   - header: The token's header as JSON; nil means the header of this issuer's tokens.
    /// - Returns: The token.
    /// - Throws: ``TestIssuerError`` if OpenSSL cannot sign.
    public func sign(claims: String, header: String? = nil) throws(TestIssuerError) -> String {
        let header = header ?? #"{"alg":"RS256","kid":"\#(self.keyID)","typ":"JWT"}"#
        return try TokenDraft.sign(header: header, claims: claims, key: self.keyPair)
    }

    /// Converts a date to whole seconds since 1970, limited to the years 1970 to 9999.
    static func seconds(_ time: Date) -> Int64 {
        Int64(min(max(time.timeIntervalSince1970, 0), 253_402_300_799))
    }
}
