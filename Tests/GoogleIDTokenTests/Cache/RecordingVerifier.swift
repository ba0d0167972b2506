//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import IDTokenPlatform
internal import TestSupport

@testable internal import GoogleIDToken

/// A verifier of the tokens of ``TestToken``, and whether each that it accepted came from the cache.
struct RecordingVerifier: Sendable {
    let verifier: IDTokenVerifier
    private let cached = Lock<[Bool]>([])

    init(
        audience: String = TestToken.audience,
        callers: CallerPolicy = .anyGoogleIdentity,
        _ change: (inout IDTokenVerifier.Configuration) -> Void = { _ in }
    ) throws {
        var configuration = IDTokenVerifier.Configuration()
        change(&configuration)
        let cached = self.cached
        configuration.onEvent = { event in
            if case .verified(let verification) = event { cached.withLock { $0.append(verification.isCached) } }
        }
        self.verifier = try IDTokenVerifier(
            audience: audience,
            callers: callers,
            keys: .document(TestToken.keyDocument),
            configuration: configuration
        )
    }

    /// Whether each accepted token was found in the cache, in order.
    var events: [Bool] { self.cached.withLock { $0 } }

    /// How many tokens are in the cache now.
    var count: Int { self.verifier.cache?.count ?? 0 }

    /// The code with which a token is refused, or nil if it is accepted.
    func code(_ token: String, at time: Double = TestToken.now) async -> VerificationError.Code? {
        do throws(VerificationError) {
            _ = try await self.verifier.verify(token: token, at: Date(timeIntervalSince1970: time))
            return nil
        } catch {
            return error.code
        }
    }
}
