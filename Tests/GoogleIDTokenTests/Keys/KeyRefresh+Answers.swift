//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport

@testable internal import GoogleIDToken

/// What the state machine says, without the key itself.
enum RefreshAnswer: Equatable {
    case key(startsFetch: Bool)
    case wait(startsFetch: Bool)
    case unknown(startsFetch: Bool)
    case unavailable(retryAfter: Duration)

    var startsFetch: Bool {
        switch self {
        case .key(let starts), .wait(let starts), .unknown(let starts): starts
        case .unavailable: false
        }
    }

    init(_ answer: KeyRefresh.Answer, startsFetch: Bool) {
        switch answer {
        case .key: self = .key(startsFetch: startsFetch)
        case .wait: self = .wait(startsFetch: startsFetch)
        case .unknown: self = .unknown(startsFetch: startsFetch)
        case .unavailable(_, let retryAfter): self = .unavailable(retryAfter: retryAfter)
        }
    }
}

extension KeyRefresh {
    /// One that has fetched keys at the time zero.
    static func fetched(
        _ ids: [String],
        lifetime: Int,
        entityTag: String? = nil,
        jitter: Double = 0
    ) throws -> KeyRefresh {
        var refresh = KeyRefresh()
        _ = refresh.start(at: .zero)
        _ = try refresh.finish(ids, at: .zero, lifetime: lifetime, entityTag: entityTag, jitter: jitter)
        return refresh
    }

    mutating func ask(_ id: String, at now: Duration) -> RefreshAnswer {
        let (answer, startsFetch) = self.lookUp(id, at: now)
        return RefreshAnswer(answer, startsFetch: startsFetch)
    }

    func askAtHand(_ id: String, at now: Duration) -> RefreshAnswer {
        RefreshAnswer(self.resolve(id, at: now), startsFetch: false)
    }

    /// Ends the fetch under way with a document.
    mutating func finish(
        _ ids: [String],
        at now: Duration,
        lifetime: Int = 1_000,
        entityTag: String? = nil,
        jitter: Double = 0,
        clock: HeaderFields.Clock? = nil
    ) throws -> [IDTokenVerifier.Event] {
        let fresh = KeyFetchOutcome.Freshness(
            lifetime: .seconds(lifetime),
            validators: KeyValidators(entityTag: entityTag, lastModified: nil)
        )
        let keySet = try KeyDocument(parsing: TestToken.keyDocument(ids), for: .googleIDToken).keySet
        return self.finish(
            KeyFetchOutcome(result: .document(keySet, fresh: fresh), clock: clock),
            at: now,
            jitter: jitter
        )
    }

    /// Ends the fetch under way with a failure.
    mutating func fail(
        at now: Duration,
        retryAfter: Duration? = nil,
        jitter: Double = 0
    ) -> [IDTokenVerifier.Event] {
        self.finish(KeyFetchOutcome(result: .failure("down", retryAfter: retryAfter)), at: now, jitter: jitter)
    }
}
