//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import OpenSSLSigning

/// The unsigned parts of a token.
struct TokenDraft {
    /// A change of the token after it is signed.
    enum Ending {
        case asSigned
        /// Replaces the claims and keeps the signature.
        case claims(JSONMembers)
        /// Replaces the signature.
        case signature(String)
        /// Removes bytes from the end of the signature; the rest is canonical base64url.
        case cut(Int)
    }

    typealias JSONMembers = [(name: String, value: IDTokenJSON)]

    var header: JSONMembers
    var claims: JSONMembers
    var key: any SigningKeyPair
    /// The claims that name the caller, for the defect that changes them.
    var claimsOfCaller: @Sendable (TestCaller) -> JSONMembers = { caller in
        [("email", .string(caller.email)), ("sub", .string(caller.subject)), ("azp", .string(caller.subject))]
    }
    /// The longest lifetime that a verifier accepts, in seconds.
    var maximumLifetime: Int64 = 86_400
    var ending = Ending.asSigned

    /// Replaces the claim with a name, or appends it.
    mutating func set(_ name: String, _ value: IDTokenJSON) {
        Self.set(name, value, in: &self.claims)
    }

    /// Replaces the header parameter with a name, or appends it.
    mutating func setHeader(_ name: String, _ value: IDTokenJSON) {
        Self.set(name, value, in: &self.header)
    }

    static func set(_ name: String, _ value: IDTokenJSON, in members: inout JSONMembers) {
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.append((name, value))
        }
    }

    /// Signs the token (RFC 7515 §5.1).
    func signed() throws(TestIssuerError) -> String {
        let token = try Self.sign(header: Self.json(self.header), claims: Self.json(self.claims), key: self.key)
        let header = token.prefix { $0 != "." }
        let signature = token.dropFirst(header.count + 1).drop { $0 != "." }.dropFirst()
        switch self.ending {
        case .asSigned: return token
        case .claims(let claims): return "\(header).\(Base64URL.encode(Array(Self.json(claims).utf8))).\(signature)"
        case .signature(let other): return token.dropLast(signature.count) + other
        case .cut(let count):
            let bytes = Base64URL.decode(Array(signature.utf8).span) ?? []
            return token.dropLast(signature.count) + Base64URL.encode(bytes.dropLast(count))
        }
    }

    /// Signs the JSON of a header and of claims.
    static func sign(header: String, claims: String, key: any SigningKeyPair) throws(TestIssuerError) -> String {
        do {
            return try key.signedJWT(header: header, claims: claims)
        } catch {
            throw TestIssuerError("The token cannot be signed", error)
        }
    }

    static func json(_ members: JSONMembers) -> String {
        IDTokenJSON.object(members).json
    }
}
