//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// A published document of public keys.
///
/// Google publishes two formats: a JWK set (RFC 7517 §5), and an object that maps key IDs to certificates, or to public
/// keys for ES256, in PEM form. The content shows the format.
///
/// A key that cannot be used is skipped and reported: a new kind of key in the document must not make the service
/// unavailable.
package struct KeyDocument: Sendable {
    /// The size of the largest accepted document, in bytes.
    package static let maximumSize = 256 * 1024
    /// The largest accepted number of keys in a document.
    package static let maximumKeyCount = 64

    /// A key that cannot be used, with the reason.
    package struct SkippedKey: Sendable {
        /// The key ID, if the key has one.
        package let id: String?
        /// The reason, as a fixed text.
        package let reason: String
    }

    /// The usable keys.
    package let keySet: KeySet
    /// The keys that cannot be used.
    package let skipped: [SkippedKey]

    /// Parses a key document.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - profile: The kind of token that the keys verify.
    /// - Throws: ``KeyDocumentError`` if it is not a key document, or contains no usable key.
    package init(parsing bytes: [UInt8], for profile: TrustProfile) throws(KeyDocumentError) {
        guard bytes.count <= Self.maximumSize else { throw .tooLarge }
        let json: IDTokenJSON
        do throws(JSONError) {
            // Duplicate names are checked for each key, so that one invalid key does not make the others unusable.
            json = try JSONReader.read(bytes, duplicateNames: .keep)
        } catch {
            throw .notJSON(error)
        }
        try self.init(json, for: profile)
    }

    /// Reads a key document from JSON that was parsed with duplicate names kept.
    package init(_ json: IDTokenJSON, for profile: TrustProfile) throws(KeyDocumentError) {
        guard case .object(let document) = json else { throw .notKeyDocument }
        let entries: [Entry]
        let keysMembers = document.filter { $0.name.isExactly("keys") }
        if keysMembers.count == 1, let keys = keysMembers[0].value.arrayValue {
            entries = keys.map { Entry(jwk: $0, algorithm: profile.signatureAlgorithm) }
        } else if keysMembers.isEmpty,
            document.isEmpty || document.contains(where: { $0.value.stringValue != nil })
        {
            entries = document.map {
                Entry(id: $0.name, pem: $0.value.stringValue, algorithm: profile.signatureAlgorithm)
            }
        } else {
            throw .notKeyDocument
        }
        guard entries.count <= Self.maximumKeyCount else { throw .tooManyKeys }

        let counts = Dictionary(entries.compactMap { $0.id }.map { (ExactString($0), 1) }, uniquingKeysWith: +)
        var keys: [KeySet.Key] = []
        var skipped: [SkippedKey] = []
        for entry in entries {
            if let id = entry.id, counts[ExactString(id), default: 0] > 1 {
                skipped.append(SkippedKey(id: id, reason: "its key ID occurs more than once"))
                continue
            }
            switch entry.key {
            case .success(let key): keys.append(key)
            case .failure(let unusable): skipped.append(SkippedKey(id: entry.id, reason: unusable.reason))
            }
        }
        guard !keys.isEmpty else { throw .noUsableKey(skipped) }
        self.keySet = KeySet(keys, skippedKeyCount: skipped.count)
        self.skipped = skipped
    }

    /// An entry of a document.
    private struct Entry {
        let id: String?
        let key: Result<KeySet.Key, UnusableKey>

        init(jwk: IDTokenJSON, algorithm: SignatureAlgorithm) {
            self.id = jwk.objectValue?["kid"]?.stringValue
            do throws(UnusableKey) {
                self.key = .success(try JSONWebKey.read(jwk, algorithm: algorithm))
            } catch {
                self.key = .failure(error)
            }
        }

        init(id: String, pem: String?, algorithm: SignatureAlgorithm) {
            self.id = id
            do throws(UnusableKey) {
                guard let pem else { throw UnusableKey(reason: "it is not a string") }
                let publicKey: SignatureKey =
                    switch algorithm {
                    case .rs256: .rsa(try RSAPublicKey(publishedPEM: pem))
                    case .es256: .elliptic(try ECPublicKey(publishedPEM: pem))
                    }
                self.key = .success(KeySet.Key(id: id, publicKey: publicKey))
            } catch {
                self.key = .failure(error)
            }
        }
    }
}

/// The reason why bytes are not a key document.
package enum KeyDocumentError: Error, Sendable, CustomStringConvertible {
    case tooLarge
    case notJSON(JSONError)
    case notKeyDocument
    case tooManyKeys
    case noUsableKey([KeyDocument.SkippedKey])

    package var description: String {
        switch self {
        case .tooLarge: return "it is larger than \(KeyDocument.maximumSize / 1024) KiB"
        case .notJSON(let error): return "it is not JSON: \(error)"
        case .notKeyDocument: return "it is neither a JWK set nor an object of key IDs with certificates or public keys"
        case .tooManyKeys: return "it has more than \(KeyDocument.maximumKeyCount) keys"
        case .noUsableKey(let skipped):
            guard let first = skipped.first else { return "it has no keys" }
            return "none of its \(skipped.count) keys can be used; the first key is unusable because \(first.reason)"
        }
    }
}
