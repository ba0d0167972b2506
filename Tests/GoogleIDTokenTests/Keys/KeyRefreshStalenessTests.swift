//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Testing

@testable import GoogleIDToken

/// How long keys are used past their lifetime, and what renews it.
@Suite struct KeyRefreshStalenessTests {
    @Test func keysPastTheirLifetimeWaitForAFetchUntilOneHasFailed() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000)
        #expect(refresh.ask("a", at: .seconds(1_000)) == .wait(startsFetch: true))
        _ = refresh.fail(at: .seconds(1_005))
        #expect(refresh.ask("a", at: .seconds(1_005)) == .key(startsFetch: false))
        #expect(refresh.ask("a", at: .seconds(1_006)) == .key(startsFetch: true))
        #expect(refresh.ask("a", at: .seconds(1_007)) == .key(startsFetch: false))
    }

    @Test func keysAreUsedForAnHourPastTheirLifetimeAndNoLonger() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000)
        #expect(refresh.ask("a", at: .seconds(900)) == .key(startsFetch: true))
        _ = refresh.fail(at: .seconds(900))
        let end = 1_000 + 3_600
        #expect(refresh.ask("a", at: .seconds(end) - .milliseconds(1)) == .key(startsFetch: true))
        _ = refresh.fail(at: .seconds(end) - .milliseconds(1))
        #expect(refresh.ask("a", at: .seconds(end)) == .unavailable(retryAfter: .seconds(2) - .milliseconds(1)))
        #expect(refresh.askAtHand("a", at: .seconds(end)) == .unavailable(retryAfter: .seconds(2) - .milliseconds(1)))
        // Then the server is back.
        #expect(refresh.ask("a", at: .seconds(end + 2)) == .wait(startsFetch: true))
        _ = try refresh.finish(["a"], at: .seconds(end + 3))
        #expect(refresh.ask("a", at: .seconds(end + 3)) == .key(startsFetch: false))
    }

    @Test func notModifiedRenewsTheLifetime() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000, entityTag: "\"1\"")
        #expect(refresh.validators == KeyValidators(entityTag: "\"1\"", lastModified: nil))
        #expect(refresh.ask("a", at: .seconds(800)) == .key(startsFetch: true))
        let fresh = KeyFetchOutcome.Freshness(
            lifetime: .seconds(500),
            validators: KeyValidators(entityTag: "\"2\"", lastModified: nil)
        )
        let events = refresh.finish(KeyFetchOutcome(result: .notModified(fresh: fresh)), at: .seconds(801), jitter: 0)
        guard case .keysUnchanged(1, .seconds(500))? = events.first, events.count == 1 else {
            Issue.record("\(events)")
            return
        }
        #expect(refresh.validators?.entityTag == "\"2\"")
        #expect(refresh.nextFetch() == .seconds(801 + 400))
        #expect(refresh.ask("a", at: .seconds(1_200)) == .key(startsFetch: false))
    }

    @Test func healthTellsHowTheKeysAre() throws {
        var refresh = KeyRefresh()
        #expect(!refresh.health(at: .zero).isUsable)
        #expect(refresh.health(at: .seconds(3)).nextRefresh == .zero)
        _ = refresh.ask("a", at: .zero)
        #expect(refresh.health(at: .zero).nextRefresh == nil)
        _ = try refresh.finish(["a", "b"], at: .seconds(1), lifetime: 1_000)
        let fresh = refresh.health(at: .seconds(11))
        #expect(fresh.keyCount == 2)
        #expect(fresh.isUsable)
        #expect(!fresh.isStale)
        #expect(fresh.age == .seconds(10))
        #expect(fresh.nextRefresh == .seconds(790))
        #expect(fresh.lastFailure == nil)

        _ = refresh.ask("a", at: .seconds(900))
        _ = refresh.fail(at: .seconds(905))
        let stale = refresh.health(at: .seconds(1_001))
        #expect(stale.isStale)
        #expect(stale.isUsable)
        #expect(stale.nextRefresh == .zero)
        #expect(stale.lastFailure?.explanation == "down")
        #expect(stale.lastFailure?.age == .seconds(96))
        #expect(!refresh.health(at: .seconds(1_001 + 3_600)).isUsable)
    }

    @Test func theClockOffsetIsReportedAsLongAsItLasts() throws {
        var refresh = KeyRefresh()
        _ = refresh.ask("a", at: .zero)
        let events = try refresh.finish(["a"], at: .zero, clockOffset: .seconds(7_200))
        guard case .keysFetched(1, 0, _)? = events.first, case .clockOffset(.seconds(7_200))? = events.last else {
            Issue.record("\(events)")
            return
        }
        #expect(refresh.health(at: .zero).clockOffset == .seconds(7_200))
        _ = refresh.ask("a", at: .seconds(900))
        #expect(try refresh.finish(["a"], at: .seconds(900)).count == 1)
        #expect(refresh.health(at: .seconds(900)).clockOffset == nil)
    }
}
