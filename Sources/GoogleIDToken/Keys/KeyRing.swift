//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature

/// The keys that a verifier has: given once, or fetched again and again.
enum KeyRing: Sendable {
    case given(KeySet)
    case fetched(KeyStore)

    /// Looks a key up, and causes a fetch if there must be one.
    ///
    /// - Returns: The key, or nil if it takes ``keyAfterFetch(_:)`` to know.
    /// - Throws: ``VerificationError`` with `key_unknown` or `keys_unavailable`.
    func keyAtOnce(_ id: String) throws(VerificationError) -> RSAPublicKey? {
        switch self {
        case .given(let keySet): try Self.key(id, in: keySet)
        case .fetched(let store): try store.keyAtOnce(id)
        }
    }

    /// Waits for the fetch under way, then looks a key up.
    ///
    /// - Throws: ``VerificationError`` with `key_unknown`, `keys_unavailable` or `cancelled`.
    func keyAfterFetch(_ id: String) async throws(VerificationError) -> RSAPublicKey {
        switch self {
        case .given(let keySet): try Self.key(id, in: keySet)
        case .fetched(let store): try await store.keyAfterFetch(id)
        }
    }

    /// Looks a key up among those at hand.
    ///
    /// - Throws: ``VerificationError`` with `key_unknown` or `keys_unavailable`.
    func keyWithoutFetching(_ id: String) throws(VerificationError) -> RSAPublicKey {
        switch self {
        case .given(let keySet): try Self.key(id, in: keySet)
        case .fetched(let store): try store.keyWithoutFetching(id)
        }
    }

    private static func key(_ id: String, in keySet: KeySet) throws(VerificationError) -> RSAPublicKey {
        guard let key = keySet[id] else { throw .keyUnknown(whyNotNewer: nil) }
        return key
    }

    /// Fetches the keys if there are none that can be used.
    ///
    /// - Throws: ``VerificationError`` with `keys_unavailable` or `cancelled`.
    func warmUp() async throws(VerificationError) {
        if case .fetched(let store) = self { try await store.warmUp() }
    }

    /// Fetches whenever it is due, until the task is cancelled.
    func run() async {
        switch self {
        case .fetched(let store): await store.run()
        case .given:
            // Nothing to do, but whoever runs this expects it to last.
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(60 * 60)) }
        }
    }

    /// How the keys are.
    var health: KeyHealth {
        switch self {
        case .fetched(let store): store.health
        case .given(let keySet):
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
