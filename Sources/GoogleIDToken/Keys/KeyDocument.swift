//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// A published document of keys.
///
/// Google publishes two forms: a JWK set (RFC 7517 §5), and an object of key IDs with certificates. Which of them it is
/// shows in its content.
///
/// A key that cannot be used is skipped and told, never fatal: a new kind of key beside the known ones must not take
/// a service down.
package struct KeyDocument: Sendable {
    /// The largest document read, in bytes.
    package static let maximumSize = 256 * 1024
    /// The most keys read from a document.
    package static let maximumKeyCount = 64

    /// A key that is not used, and why.
    package struct SkippedKey: Sendable {
        /// Its key ID, if it has one.
        package let id: String?
        /// Why it is not used, in fixed words.
        package let reason: String
    }

    /// The keys that can be used.
    package let keySet: KeySet
    /// The keys that cannot.
    package let skipped: [SkippedKey]

    /// Reads a document.
    ///
    /// - Parameter bytes: The document.
    /// - Throws: ``KeyDocumentError`` if it is no key document, or one without a usable key.
    package init(parsing bytes: [UInt8]) throws(KeyDocumentError) {
        guard bytes.count <= Self.maximumSize else { throw .tooLarge }
        let json: JSONValue
        do throws(JSONError) {
            // Equal names are dealt with key by key.
            json = try JSONReader.read(bytes, duplicateNames: .keep)
        } catch {
            throw .notJSON(error)
        }
        try self.init(json)
    }

    /// Reads a document that has been parsed as JSON, with equal names kept.
    package init(_ json: JSONValue) throws(KeyDocumentError) {
        guard case .object(let document) = json else { throw .notKeyDocument }
        let entries: [Entry]
        let keysMembers = document.members.filter { $0.name.isExactly("keys") }
        if keysMembers.count == 1, let keys = keysMembers[0].value.arrayValue {
            entries = keys.map { Entry(jwk: $0) }
        } else if keysMembers.isEmpty,
            document.members.isEmpty || document.members.contains(where: { $0.value.stringValue != nil })
        {
            entries = document.members.map { Entry(id: $0.name, certificate: $0.value.stringValue) }
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

    /// One entry of a document, read as far as possible.
    private struct Entry {
        let id: String?
        let key: Result<KeySet.Key, UnusableKey>

        init(jwk: JSONValue) {
            self.id = jwk.objectValue?["kid"]?.stringValue
            do throws(UnusableKey) {
                self.key = .success(try JSONWebKey.read(jwk))
            } catch {
                self.key = .failure(error)
            }
        }

        init(id: String, certificate: String?) {
            self.id = id
            do throws(UnusableKey) {
                guard let certificate else { throw UnusableKey(reason: "it is no text") }
                let publicKey = try UnusableKey.wrapping { () throws(RSAKeyError) in
                    try RSAPublicKey(certificatePEM: Array(certificate.utf8))
                }
                try publicKey.checkLimits()
                self.key = .success(KeySet.Key(id: id, publicKey: publicKey))
            } catch {
                self.key = .failure(error)
            }
        }
    }
}

/// Why bytes are no document of keys.
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
        case .notKeyDocument: return "it is neither a JWK set nor an object of key IDs with certificates"
        case .tooManyKeys: return "it has more than \(KeyDocument.maximumKeyCount) keys"
        case .noUsableKey(let skipped):
            guard let first = skipped.first else { return "it has no keys" }
            return "none of its \(skipped.count) keys can be used; of the first, \(first.reason)"
        }
    }
}
