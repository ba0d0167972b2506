//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension JSONObject {
    /// An RSA public key for RS256 signatures as a JSON Web Key (RFC 7517 §4, RFC 7518 §6.3.1).
    ///
    /// - Parameters:
    ///   - id: Its key ID.
    ///   - modulus: Its modulus, big-endian, without leading zeros.
    ///   - exponent: Its public exponent, big-endian, without leading zeros.
    package init(webKeyWithID id: String, modulus: [UInt8], exponent: [UInt8]) {
        self.init(members: [
            ("kid", .string(id)),
            ("kty", .string("RSA")),
            ("alg", .string(TrustProfile.googleIDToken.algorithm)),
            ("use", .string("sig")),
            ("n", .string(Base64URL.encode(modulus))),
            ("e", .string(Base64URL.encode(exponent))),
        ])
    }
}
