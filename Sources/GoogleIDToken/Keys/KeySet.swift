//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// The keys of one issuer by their key IDs.
package struct KeySet: Sendable {
    /// A public key that verifies signatures.
    package struct Key: Sendable {
        /// The key ID, the parameter `kid`.
        package let id: String
        /// The public key.
        let publicKey: SignatureKey

        /// The length of the modulus of an RSA key, or of the order of a curve, in bits.
        package var bitCount: Int {
            if case .rsa(let key) = self.publicKey { key.bitCount } else { ECPublicKey.coordinateByteCount * 8 }
        }

        /// The members of the key as a JSON Web Key.
        package var webKeyMembers: [IDTokenJSON.Member] { IDTokenJSON.webKeyMembers(id: self.id, self.publicKey) }

        /// Whether both keys have the same key ID, kind and numbers.
        package func isSame(as other: Key) -> Bool {
            self.id.isExactly(other.id) && self.publicKey.isSame(as: other.publicKey)
        }
    }

    /// The usable keys, in the order of the document.
    package let keys: [Key]
    /// The number of keys in the document that cannot be used.
    let skippedKeyCount: Int
    // Google publishes two or three keys at a time; a linear search is faster for so few, a hash table for more.
    private static let mostCompared = 4
    private let byID: [ExactString: SignatureKey]

    /// Creates a set from the keys of one or several documents; the first key with a key ID counts.
    ///
    /// - Parameters:
    ///   - keys: The keys.
    ///   - skippedKeyCount: The number of further keys that cannot be used.
    package init(_ keys: [Key], skippedKeyCount: Int) {
        self.keys = keys
        self.skippedKeyCount = skippedKeyCount
        self.byID = Dictionary(keys.map { (ExactString($0.id), $0.publicKey) }) { first, _ in first }
    }

    /// Returns the key with a key ID, which is compared byte by byte.
    subscript(id: String) -> SignatureKey? {
        guard self.keys.count <= Self.mostCompared else { return self.byID[ExactString(id)] }
        for key in self.keys where key.id.isExactly(id) { return key.publicKey }
        return nil
    }
}
