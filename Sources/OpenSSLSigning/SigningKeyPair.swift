//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes
package import OpenSSLSignature

/// A key pair that signs JSON Web Tokens.
package protocol SigningKeyPair: Sendable {
    /// The algorithm of its signatures.
    var algorithm: SignatureAlgorithm { get }

    /// Returns the key that verifies its signatures.
    ///
    /// - Throws: If OpenSSL cannot provide it.
    func signatureKey() throws -> SignatureKey

    /// Signs a message.
    ///
    /// - Parameter message: The bytes to sign.
    /// - Returns: The signature, in the form that a token has (RFC 7518 §3.3 and §3.4).
    /// - Throws: `OpenSSLError` if OpenSSL cannot sign with this key.
    func sign(_ message: [UInt8]) throws(OpenSSLError) -> [UInt8]
}

extension SigningKeyPair {
    /// Signs a JSON Web Token, in the compact form (RFC 7515 §7.1).
    ///
    /// - Parameters:
    ///   - header: The header's JSON.
    ///   - claims: The claims' JSON.
    /// - Returns: The token.
    /// - Throws: `OpenSSLError` if OpenSSL cannot sign with this key.
    package func signedJWT(header: String, claims: String) throws(OpenSSLError) -> String {
        let header = Bytes.encodeBase64URL(Array(header.utf8))
        let signed = "\(header).\(Bytes.encodeBase64URL(Array(claims.utf8)))"
        return "\(signed).\(Bytes.encodeBase64URL(try self.sign(Array(signed.utf8))))"
    }
}

extension RSAKeyPair: SigningKeyPair {
    package var algorithm: SignatureAlgorithm { .rs256 }

    package func signatureKey() throws -> SignatureKey { .rsa(try self.publicKey()) }
}

extension ECKeyPair: SigningKeyPair {
    package var algorithm: SignatureAlgorithm { .es256 }

    package func signatureKey() throws -> SignatureKey { .elliptic(try self.publicKey()) }
}
