//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import TestSupport

@testable internal import GoogleIDToken

/// A key store that fetches over HTTP from a server on the loopback, by a clock that the test moves.
struct RemoteKeys: Sendable {
    let clock = ManualClock()
    let store: KeyStore
    /// What the store reports, in order.
    let events: AsyncStream<IDTokenVerifier.Event>

    /// - Parameters:
    ///   - url: Where the server is.
    ///   - whole: How long a fetch may take: long, so that a busy machine is no fault.
    ///   - certificateAuthorityFile: Who vouches for the server.
    init(
        _ url: String,
        whole: Duration = .seconds(60),
        certificateAuthorityFile: String? = nil
    ) {
        var limits = TransportLimits()
        limits.whole = whole
        limits.connecting = whole
        let transport = CurlTransport(limits: limits, certificateAuthorityFile: certificateAuthorityFile)
        let fetcher = KeyFetcher(url: url, profile: .googleIDToken, client: KeyClient(transport))
        let (events, continuation) = AsyncStream.makeStream(of: IDTokenVerifier.Event.self)
        self.events = events
        let clock = self.clock
        self.store = KeyStore(
            KeyStore.Environment(
                fetch: { await fetcher.fetch($0) },
                now: { clock.now },
                sleep: { await clock.sleep(until: $0) },
                jitter: { 0 },
                onEvent: { continuation.yield($0) }
            )
        )
    }

    /// A verifier of the tokens of ``TestToken`` with these keys.
    var verifier: IDTokenVerifier {
        get throws {
            try IDTokenVerifier(
                profile: .googleIDToken,
                audiences: [TestToken.audience],
                callers: .anyGoogleIdentity,
                configuration: .init(),
                openKeys: { .fetched(self.store) }
            )
        }
    }

    /// The code with which a key cannot be had, or nil if it can.
    func code(of id: String) async -> VerificationError.Code? {
        do throws(VerificationError) {
            if try self.store.currentKey(id) == nil { _ = try await self.store.fetchedKey(id) }
            return nil
        } catch {
            return error.code
        }
    }
}

extension Answer {
    /// A key document of the test key under some key IDs.
    static func keys(_ ids: String..., fields: [(name: String, value: String)] = []) throws -> Answer {
        .response(fields: fields + [("Cache-Control", "max-age=1000")], body: try TestToken.keyDocument(ids))
    }
}
