//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

/// How long keys are used past their lifetime, and what renews it.
@Suite("Key refresh: keys past their lifetime")
struct KeyRefreshStalenessTests {
    @Test("past the lifetime a request waits for a fetch, and the old keys are used once it has failed")
    func keysPastTheirLifetimeWaitForAFetchUntilOneHasFailed() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000)
        #expect(refresh.ask("a", at: .seconds(1_000)) == .wait(startsFetch: true))
        _ = refresh.fail(at: .seconds(1_005))
        #expect(refresh.ask("a", at: .seconds(1_005)) == .key(startsFetch: false))
        #expect(refresh.ask("a", at: .seconds(1_006)) == .key(startsFetch: true))
        #expect(refresh.ask("a", at: .seconds(1_007)) == .key(startsFetch: false))
    }

    @Test("old keys are used for an hour past their lifetime, and then not before a fetch succeeds")
    func keysAreUsedForAnHourPastTheirLifetimeAndNoLonger() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000)
        let end = Duration.seconds(1_000 + 3_600)
        #expect(refresh.ask("a", at: end - .seconds(100)) == .wait(startsFetch: true))
        _ = refresh.fail(at: end - .seconds(95))
        #expect(refresh.ask("a", at: end - .milliseconds(1)) == .key(startsFetch: true))
        _ = refresh.fail(at: end - .milliseconds(1))
        #expect(refresh.ask("a", at: end) == .unavailable(retryAfter: .seconds(2) - .milliseconds(1)))
        #expect(refresh.askAtHand("a", at: end) == .unavailable(retryAfter: .seconds(2) - .milliseconds(1)))
        // Then the server is back.
        #expect(refresh.ask("a", at: end + .seconds(2)) == .wait(startsFetch: true))
        _ = try refresh.finish(["a"], at: end + .seconds(3))
        #expect(refresh.ask("a", at: end + .seconds(3)) == .key(startsFetch: false))
    }

    @Test("old keys are not used without waiting when the last failed fetch was two minutes ago")
    func anOldFailureIsNoReasonToUseKeysPastTheirLifetime() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000)
        #expect(refresh.ask("a", at: .seconds(950)) == .key(startsFetch: true))
        _ = refresh.fail(at: .seconds(950))
        // As long as there are requests, there are attempts, and nobody waits when the lifetime is over.
        #expect(refresh.ask("a", at: .seconds(1_001)) == .key(startsFetch: true))
        _ = refresh.fail(at: .seconds(1_002))
        #expect(refresh.ask("a", at: .seconds(1_121)) == .key(startsFetch: true))
        _ = refresh.fail(at: .seconds(1_121))
        // After a silence the key may be withdrawn by now.
        #expect(refresh.ask("a", at: .seconds(1_241)) == .wait(startsFetch: true))
        // The next one waits for the same attempt, and both have the keys if it fails.
        #expect(refresh.ask("a", at: .seconds(1_242)) == .wait(startsFetch: false))
        _ = refresh.fail(at: .seconds(1_243))
        #expect(refresh.ask("a", at: .seconds(1_243)) == .key(startsFetch: false))
    }

    @Test("304 with a lifetime and an ETag renews both")
    func notModifiedRenewsTheLifetime() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000, entityTag: "\"1\"")
        #expect(refresh.validators == KeyValidators(entityTag: "\"1\"", lastModified: nil))
        #expect(refresh.ask("a", at: .seconds(800)) == .key(startsFetch: true))
        let fresh = KeyFetchOutcome.Freshness(
            lifetime: .seconds(500),
            validators: KeyValidators(entityTag: "\"2\"", lastModified: nil)
        )
        let events = refresh.finish(KeyFetchOutcome(result: .notModified(fresh: fresh)), at: .seconds(801), jitter: 0)
        guard case .keysUnchanged(let fetch)? = events.first, events.count == 1,
            fetch == .init(keyCount: 1, skippedKeyCount: 0, freshFor: .seconds(500))
        else {
            Issue.record("\(events)")
            return
        }
        #expect(refresh.validators?.entityTag == "\"2\"")
        #expect(refresh.nextFetch() == .seconds(801 + 400))
        #expect(refresh.ask("a", at: .seconds(1_200)) == .key(startsFetch: false))
    }

    @Test("304 without a lifetime and an ETag leaves both as they were")
    func notModifiedKeepsWhatItDoesNotSayAgain() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 700, entityTag: "\"1\"")
        _ = refresh.ask("a", at: .seconds(600))
        let silent = KeyFetchOutcome.Freshness(lifetime: nil, validators: KeyValidators())
        let outcome = KeyFetchOutcome(result: .notModified(fresh: silent))
        guard case .keysUnchanged(let second)? = refresh.finish(outcome, at: .seconds(600), jitter: 0).first,
            second.freshFor == .seconds(700)
        else {
            Issue.record("the lifetime is not what it was")
            return
        }
        #expect(refresh.validators?.entityTag == "\"1\"")
    }

    @Test("health reports how many keys there are, their age, the next refresh and the last failure")
    func healthTellsHowTheKeysAre() throws {
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

    @Test("a clock offset is reported until a fetch finds the clock in time")
    func theClockOffsetIsReportedAsLongAsItLasts() throws {
        var refresh = KeyRefresh()
        _ = refresh.ask("a", at: .zero)
        let events = try refresh.finish(["a"], at: .zero, clock: .offset(.seconds(7_200)))
        guard case .keysFetched(let fetch)? = events.first, fetch.keyCount == 1, fetch.skippedKeyCount == 0,
            case .clockOffset(.seconds(7_200))? = events.last
        else {
            Issue.record("\(events)")
            return
        }
        #expect(refresh.health(at: .zero).clockOffset == .seconds(7_200))
        _ = refresh.ask("a", at: .seconds(900))
        _ = refresh.fail(at: .seconds(900))
        #expect(
            refresh.health(at: .seconds(900)).clockOffset == .seconds(7_200),
            "a failure tells nothing of the clock"
        )
        _ = refresh.ask("a", at: .seconds(950))
        #expect(try refresh.finish(["a"], at: .seconds(950), clock: .inTime).count == 1)
        #expect(refresh.health(at: .seconds(950)).clockOffset == nil)
    }
}
