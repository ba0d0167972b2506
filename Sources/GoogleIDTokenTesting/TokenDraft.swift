//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import OpenSSLSigning

/// A token before it is signed.
struct TokenDraft {
    /// What becomes of the token once it is signed.
    enum Ending {
        case asSigned
        /// The claims become these, the signature stays.
        case claims(JSONMembers)
        /// The signature becomes this.
        case signature(String)
        /// The signature loses bytes at its end; what is left is canonical base64url.
        case cut(Int)
    }

    typealias JSONMembers = [(name: String, value: IDTokenJSON)]

    var header: JSONMembers
    var claims: JSONMembers
    var key: RSAKeyPair
    var ending = Ending.asSigned

    /// Puts a claim in place of the one of its name, or at the end.
    mutating func set(_ name: String, _ value: IDTokenJSON) {
        Self.set(name, value, in: &self.claims)
    }

    /// Puts a header parameter in place of the one of its name, or at the end.
    mutating func setHeader(_ name: String, _ value: IDTokenJSON) {
        Self.set(name, value, in: &self.header)
    }

    private static func set(_ name: String, _ value: IDTokenJSON, in members: inout JSONMembers) {
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.append((name, value))
        }
    }

    /// Signs the token (RFC 7515 §5.1).
    func signed() throws(TestIssuerError) -> String {
        let header = Self.segment(self.header)
        let token = try Self.sign(header: header, claims: Self.segment(self.claims), key: self.key)
        let signature = token.drop { $0 != "." }.dropFirst().drop { $0 != "." }.dropFirst()
        switch self.ending {
        case .asSigned: return token
        case .claims(let claims): return "\(header).\(Self.segment(claims)).\(signature)"
        case .signature(let other): return token.dropLast(signature.count) + other
        case .cut(let count):
            let bytes = Base64URL.decode(Array(signature.utf8).span) ?? []
            return token.dropLast(signature.count) + Base64URL.encode(bytes.dropLast(count))
        }
    }

    /// Signs two segments that are encoded already.
    static func sign(header: String, claims: String, key: RSAKeyPair) throws(TestIssuerError) -> String {
        let signed = "\(header).\(claims)"
        do {
            return "\(signed).\(Base64URL.encode(try key.sign(Array(signed.utf8))))"
        } catch {
            throw TestIssuerError("The token cannot be signed", error)
        }
    }

    private static func segment(_ members: JSONMembers) -> String {
        Base64URL.encode(Array(IDTokenJSON.object(members).json.utf8))
    }
}
