//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform

/// The tokens by audience; at most ``capacity``, of which the least recently used gives way to a new one.
final class AudienceCache: Sendable {
    /// The largest number of audiences.
    static let capacity = 64

    private struct Entry: Sendable {
        let store: TokenStore
        var lastUse: UInt64
    }

    private struct State: Sendable {
        var entries: [ExactString: Entry] = [:]
        var uses: UInt64 = 0
    }

    private let state = Lock(State())
    private let makeStore: @Sendable (String) -> TokenStore

    /// Creates an empty cache.
    ///
    /// - Parameter makeStore: Creates the store for an audience.
    init(makeStore: @escaping @Sendable (String) -> TokenStore) {
        self.makeStore = makeStore
    }

    /// Returns the store for an audience if there is one, and makes it the last used one.
    func knownStore(for audience: String) -> TokenStore? {
        let key = ExactString(audience)
        return self.state.withLock { Self.find(key, in: &$0) }
    }

    /// Returns the store for an audience, and makes it the last used one.
    func store(for audience: String) -> TokenStore {
        let key = ExactString(audience)
        return self.state.withLock { state in
            if let store = Self.find(key, in: &state) { return store }
            if state.entries.count >= Self.capacity,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                // Its fetch, if one runs, still ends, and resumes those who wait for it.
                state.entries[oldest.key] = nil
            }
            let store = self.makeStore(audience)
            state.entries[key] = Entry(store: store, lastUse: state.uses)
            return store
        }
    }

    private static func find(_ key: ExactString, in state: inout State) -> TokenStore? {
        state.uses &+= 1
        guard let index = state.entries.index(forKey: key) else { return nil }
        state.entries.values[index].lastUse = state.uses
        return state.entries.values[index].store
    }

    /// The audiences with their stores, the last used first.
    var stores: [(audience: String, store: TokenStore)] {
        let entries = self.state.withLock { $0.entries }
        return entries.sorted { $0.value.lastUse > $1.value.lastUse }.map { ($0.key.string, $0.value.store) }
    }
}
