//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

package import OpenSSLSignature

extension IDTokenJSON {
    /// Creates the members of a JSON Web Key for a public key for signatures (RFC 7517 §4, RFC 7518 §6.2.1 and §6.3.1).
    ///
    /// - Parameters:
    ///   - id: The key ID.
    ///   - key: The key.
    /// - Returns: The members.
    package static func webKeyMembers(id: String, _ key: SignatureKey) -> [Member] {
        let numbers: [(String, [UInt8])]
        var members: [Member] = [
            ("kid", .string(id)), ("kty", .string(key.algorithm.keyType)), ("alg", .string(key.algorithm.rawValue)),
            ("use", .string("sig")),
        ]
        switch key {
        case .rsa(let key): numbers = [("n", key.modulus), ("e", key.exponent)]
        case .elliptic(let key):
            members.append(("crv", .string("P-256")))
            numbers = [("x", key.x), ("y", key.y)]
        }
        return members + numbers.map { ($0, .string(Base64URL.encode($1))) }
    }
}

extension SignatureAlgorithm {
    /// The type (`kty`) of the keys for the algorithm (RFC 7518 §6.1).
    var keyType: String {
        switch self {
        case .rs256: "RSA"
        case .es256: "EC"
        }
    }

    /// The members of a JSON Web Key that have the numbers of the key.
    package var keyNumbers: [String] {
        switch self {
        case .rs256: ["n", "e"]
        case .es256: ["x", "y"]
        }
    }
}
