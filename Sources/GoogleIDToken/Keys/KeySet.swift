//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// The keys of one issuer, found by their key IDs.
package struct KeySet: Sendable {
    /// A key that can verify.
    package struct Key: Sendable {
        /// Its key ID, the parameter `kid`.
        package let id: String
        /// The key itself.
        let publicKey: RSAPublicKey

        /// The length of its modulus in bits.
        package var bitCount: Int { self.publicKey.bitCount }
        /// Its modulus, big-endian, without leading zeros.
        package var modulus: [UInt8] { self.publicKey.modulus }
        /// Its public exponent, big-endian, without leading zeros.
        package var exponent: [UInt8] { self.publicKey.exponent }
    }

    /// The usable keys, in the order of the document.
    package let keys: [Key]
    /// How many keys of the document cannot be used.
    let skippedKeyCount: Int
    // Google publishes two or three keys at a time: they are compared one by one, more are looked up in a table.
    private static let mostCompared = 4
    private let byID: [ExactString: RSAPublicKey]

    /// Puts keys together, of one document or of several; of equal key IDs the first counts.
    ///
    /// - Parameters:
    ///   - keys: The keys.
    ///   - skippedKeyCount: How many more there are that cannot be used.
    package init(_ keys: [Key], skippedKeyCount: Int) {
        self.keys = keys
        self.skippedKeyCount = skippedKeyCount
        self.byID = Dictionary(keys.map { (ExactString($0.id), $0.publicKey) }) { first, _ in first }
    }

    /// The key of a key ID, compared byte by byte.
    subscript(id: String) -> RSAPublicKey? {
        guard self.keys.count <= Self.mostCompared else { return self.byID[ExactString(id)] }
        for key in self.keys where key.id.isExactly(id) { return key.publicKey }
        return nil
    }
}
