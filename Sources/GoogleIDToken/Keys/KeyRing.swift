//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// A verifier's keys, which are either fixed or fetched repeatedly.
enum KeyRing: Sendable {
    case fixed(KeySet, LoadedKeys)
    case fetched(KeyStore)

    /// Looks up a key, and starts a fetch if one is needed.
    ///
    /// - Returns: The key, or nil if the caller must use ``fetchedKey(_:)``.
    /// - Throws: ``VerificationError`` with `key_unknown` or `keys_unavailable`.
    func currentKey(_ id: String) throws(VerificationError) -> SignatureKey? {
        switch self {
        case .fixed(let keySet, let origin): try Self.key(id, in: keySet, origin)
        case .fetched(let store): try store.currentKey(id)
        }
    }

    /// Waits for the current fetch, then looks up a key.
    ///
    /// - Throws: ``VerificationError`` with `key_unknown`, `keys_unavailable` or `cancelled`.
    func fetchedKey(_ id: String) async throws(VerificationError) -> SignatureKey {
        switch self {
        case .fixed(let keySet, let origin): try Self.key(id, in: keySet, origin)
        case .fetched(let store): try await store.fetchedKey(id)
        }
    }

    /// Looks up a key among the loaded ones.
    ///
    /// - Throws: ``VerificationError`` with `key_unknown` or `keys_unavailable`.
    func keyWithoutFetching(_ id: String) throws(VerificationError) -> SignatureKey {
        switch self {
        case .fixed(let keySet, let origin): try Self.key(id, in: keySet, origin)
        case .fetched(let store): try store.keyWithoutFetching(id)
        }
    }

    private static func key(
        _ id: String,
        in keySet: KeySet,
        _ origin: LoadedKeys
    ) throws(VerificationError) -> SignatureKey {
        guard let key = keySet[id] else { throw .keyUnknown(among: origin) }
        return key
    }

    /// Fetches the keys if no usable ones are loaded.
    ///
    /// - Throws: ``VerificationError`` with `keys_unavailable` or `cancelled`.
    func warmUp() async throws(VerificationError) {
        if case .fetched(let store) = self { try await store.warmUp() }
    }

    /// Fetches the keys whenever a fetch is due, until the task is cancelled.
    func run() async {
        switch self {
        case .fetched(let store): await store.run()
        case .fixed:
            // There is nothing to do, but the caller's task group expects this method to run until it is cancelled.
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(60 * 60)) }
        }
    }

    /// The state of the keys.
    var health: KeyHealth {
        switch self {
        case .fetched(let store): store.health
        case .fixed(let keySet, _):
            KeyHealth(
                keyCount: keySet.keys.count,
                skippedKeyCount: keySet.skippedKeyCount,
                isUsable: true,
                isStale: false,
                age: nil,
                nextRefresh: nil,
                lastFailure: nil,
                clockOffset: nil
            )
        }
    }
}
