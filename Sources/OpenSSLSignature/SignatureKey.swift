//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A public key, of a kind that one signature algorithm needs.
package enum SignatureKey: Sendable {
    /// A key for RS256.
    case rsa(RSAPublicKey)
    /// A key for ES256.
    case elliptic(ECPublicKey)

    /// The only algorithm that the key is used for (RFC 8725 §3.1).
    package var algorithm: SignatureAlgorithm {
        switch self {
        case .rsa: .rs256
        case .elliptic: .es256
        }
    }

    /// The length of its signatures in a token, in bytes.
    package var signatureByteCount: Int {
        switch self {
        case .rsa(let key): key.byteCount
        case .elliptic: ECDSASignature.byteCount
        }
    }

    /// Whether both keys are of the same kind and have the same numbers.
    package func isSame(as other: SignatureKey) -> Bool {
        switch (self, other) {
        case (.rsa(let key), .rsa(let other)): key.isSame(as: other)
        case (.elliptic(let key), .elliptic(let other)): key.isSame(as: other)
        default: false
        }
    }

    /// Verifies the signature of a message.
    ///
    /// - Parameters:
    ///   - signature: The signature, in the form that a token has (RFC 7518 §3.3 and §3.4).
    ///   - message: The signed bytes.
    /// - Throws: ``OpenSSLError`` if the signature is invalid.
    package func verify(_ signature: Span<UInt8>, over message: Span<UInt8>) throws(OpenSSLError) {
        switch self {
        case .rsa(let key): try key.verify(signature, over: message)
        case .elliptic(let key): try key.verify(signature, over: message)
        }
    }
}

/// An algorithm for the signatures of tokens (RFC 7518 §3.1).
package enum SignatureAlgorithm: String, Sendable, CaseIterable {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// ECDSA with the curve P-256 and SHA-256.
    case es256 = "ES256"
}
