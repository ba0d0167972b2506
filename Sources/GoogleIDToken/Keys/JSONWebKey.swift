//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// The reason why a published key cannot be used, as a fixed text.
struct UnusableKey: Error {
    let reason: String
}

/// A JSON Web Key (RFC 7517 §4).
enum JSONWebKey {
    /// Parses a key.
    ///
    /// - Parameters:
    ///   - json: The key as it is written in the set, with duplicate names.
    ///   - algorithm: The only accepted algorithm, which the key's type must fit.
    /// - Returns: The key with its key ID.
    /// - Throws: ``UnusableKey`` if the key is not for signatures with that algorithm, or is malformed.
    static func read(_ json: IDTokenJSON, algorithm: SignatureAlgorithm) throws(UnusableKey) -> KeySet.Key {
        guard case .object(let object) = json else { throw UnusableKey(reason: "it is not a JSON object") }
        guard Set(object.map { ExactString($0.name) }).count == object.count else {
            throw UnusableKey(reason: "it has a duplicate name")
        }
        guard let id = object["kid"]?.stringValue else { throw UnusableKey(reason: "it has no key ID (kid)") }
        guard object["kty"] == .string(algorithm.keyType) else {
            throw UnusableKey(reason: "its type (kty) is not \(algorithm.keyType)")
        }
        guard object["use"].map({ $0 == .string("sig") }) ?? true else {
            throw UnusableKey(reason: "its use is not sig")
        }
        guard object["key_ops"].map({ $0.arrayValue?.contains(.string("verify")) ?? false }) ?? true else {
            throw UnusableKey(reason: "its operations (key_ops) do not include verify")
        }
        guard object["alg"].map({ $0 == .string(algorithm.rawValue) }) ?? true else {
            throw UnusableKey(reason: "its algorithm (alg) is not \(algorithm.rawValue)")
        }
        let publicKey: SignatureKey =
            switch algorithm {
            case .rs256: .rsa(try RSAPublicKey(webKey: object))
            case .es256: .elliptic(try ECPublicKey(webKey: object))
            }
        return KeySet.Key(id: id, publicKey: publicKey)
    }
}
