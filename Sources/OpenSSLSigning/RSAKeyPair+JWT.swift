//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes
package import OpenSSLSignature

extension RSAKeyPair {
    /// Signs a JSON Web Token with RS256, in the compact form (RFC 7515 §7.1).
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
