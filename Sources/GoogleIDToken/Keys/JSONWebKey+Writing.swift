//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenJSON {
    /// Creates the members of a JSON Web Key for an RSA public key for signatures (RFC 7517 §4, RFC 7518 §6.3.1).
    ///
    /// - Parameters:
    ///   - id: The key ID.
    ///   - algorithm: The signature algorithm.
    ///   - modulus: The modulus, big-endian, without leading zeros.
    ///   - exponent: The public exponent, big-endian, without leading zeros.
    /// - Returns: The members of the key.
    package static func webKeyMembers(
        id: String,
        algorithm: String,
        modulus: [UInt8],
        exponent: [UInt8]
    ) -> [Member] {
        [
            ("kid", .string(id)),
            ("kty", .string("RSA")),
            ("alg", .string(algorithm)),
            ("use", .string("sig")),
            ("n", .string(Base64URL.encode(modulus))),
            ("e", .string(Base64URL.encode(exponent))),
        ]
    }
}
