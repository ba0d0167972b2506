//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

package import FoundationEssentials
package import GoogleIDToken
internal import OpenSSLSignature
internal import OpenSSLSigning

/// A substitute for the issuer of a profile, which signs its tokens with a key of its own.
package struct ProfileIssuer: Sendable {
    /// The profile; profiles with the same keys, such as those of all Firebase projects, can replace each other.
    package var profile: TrustProfile
    /// The ID of the key: 40 hexadecimal digits, which differ for key sets of different issuers.
    package let keyID: String
    private let keyPair: any SigningKeyPair
    private let publicKey: SignatureKey

    /// Creates an issuer with a built-in key.
    package init(of profile: TrustProfile, key: BuiltInKey) throws(TestIssuerError) {
        try self.init(profile, try key.keyPair(for: profile.signatureAlgorithm))
    }

    /// Creates an issuer with a new key.
    package static func withFreshKey(of profile: TrustProfile) throws(TestIssuerError) -> ProfileIssuer {
        let keyPair: any SigningKeyPair
        do {
            keyPair =
                switch profile.signatureAlgorithm {
                case .rs256: try RSAKeyPair(bitCount: 2_048)
                case .es256: try ECKeyPair()
                }
        } catch {
            throw TestIssuerError("A key cannot be created", error)
        }
        return try ProfileIssuer(profile, keyPair)
    }

    private init(_ profile: TrustProfile, _ keyPair: any SigningKeyPair) throws(TestIssuerError) {
        self.profile = profile
        self.keyPair = keyPair
        do {
            self.publicKey = try keyPair.signatureKey()
        } catch {
            throw TestIssuerError("The public key cannot be read", error)
        }
        let key = TokenDraft.json(IDTokenJSON.webKeyMembers(id: profile.keysURL, self.publicKey))
        let hash = SHA256.digest(key.utf8.span)?.words
        self.keyID =
            [hash?.0, hash?.1, hash?.2].compactMap(\.self)
            .map { word in
                let digits = String(word, radix: 16)
                return String(repeating: "0", count: 16 - digits.utf8.count) + digits
            }
            .joined().prefix(40).description
    }

    /// A JWK set (RFC 7517 §5) with the keys of several issuers.
    package static func keyDocument(_ issuers: [ProfileIssuer]) -> [UInt8] {
        let keys = issuers.map { IDTokenJSON.object(IDTokenJSON.webKeyMembers(id: $0.keyID, $0.publicKey)) }
        return Array(IDTokenJSON.object([("keys", .array(keys))]).indentedJSON.utf8)
    }

    /// Creates a token.
    ///
    /// - Parameters:
    ///   - audience: The claim `aud`.
    ///   - caller: The caller in the token.
    ///   - changes: A JSON object whose members replace claims or are added to them.
    ///   - time: The time at which it is issued, in whole seconds.
    ///   - defect: The defect of the token, or nil for a valid token.
    /// - Returns: The token.
    /// - Throws: ``TestIssuerError`` if the changes are not a JSON object, or OpenSSL cannot sign.
    package func token(
        for audience: String,
        caller: TestCaller,
        claims changes: String = "{}",
        issuedAt time: Date = Date(),
        defect: TokenDefect? = nil
    ) throws(TestIssuerError) -> String {
        let seconds = TestIssuer.seconds(time)
        let profile = self.profile
        let claims = { @Sendable (caller: TestCaller) in
            profile.exampleClaims(
                ExampleToken(
                    email: caller.email,
                    subject: caller.subject,
                    hostedDomain: caller.hostedDomain,
                    audience: audience,
                    issuedAt: seconds
                )
            )
        }
        var draft = TokenDraft(header: self.header, claims: claims(caller), key: self.keyPair)
        draft.claimsOfCaller = claims
        draft.maximumLifetime = profile.maximumLifetime.components.seconds
        for change in try Self.members(of: changes) { draft.set(change.name, change.value) }
        try defect?.apply(to: &draft, at: seconds)
        return try draft.signed()
    }

    /// Signs arbitrary claims.
    package func sign(claims: String, header: String?) throws(TestIssuerError) -> String {
        try TokenDraft.sign(header: header ?? TokenDraft.json(self.header), claims: claims, key: self.keyPair)
    }

    private var header: TokenDraft.JSONMembers {
        [("alg", .string(self.profile.algorithm)), ("kid", .string(self.keyID)), ("typ", .string("JWT"))]
    }

    private static func members(of json: String) throws(TestIssuerError) -> TokenDraft.JSONMembers {
        do {
            if let members = try JSONReader.read(Array(json.utf8)).objectValue { return members }
        } catch {
            throw TestIssuerError("The claims of a token must be a JSON object", error)
        }
        throw TestIssuerError("The claims of a token must be a JSON object, and are another value")
    }
}
