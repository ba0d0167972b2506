//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

/// When keys are fetched, by a state machine that is told the time.
@Suite("Key refresh")
struct KeyRefreshTests {
    @Test("without keys the first request starts a fetch, and a thousand others wait for it")
    func theFirstWhoAsksStartsTheFetchAndAllWait() {
        var refresh = KeyRefresh()
        #expect(refresh.ask("a", at: .zero) == .wait(startsFetch: true))
        for _ in 0..<1_000 {
            #expect(refresh.ask("a", at: .seconds(1)) == .wait(startsFetch: false))
        }
    }

    @Test("a known key is there at once, without a fetch, before 80 % of the lifetime is over")
    func freshKeysAreAnsweredWithAtOnce() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000)
        for time in [0, 1, 500, 799] {
            #expect(refresh.ask("a", at: .seconds(time)) == .key(startsFetch: false))
        }
    }

    @Test(
        "the refresh is at 80 % of the lifetime, 10 % earlier or later",
        arguments: [(-1.0, 720), (0, 800), (1, 880)]
    )
    func refreshAhead(_ jitter: Double, _ due: Int) throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000, jitter: jitter)
        #expect(refresh.ask("a", at: .seconds(due) - .milliseconds(1)) == .key(startsFetch: false))
        #expect(refresh.ask("a", at: .seconds(due) + .milliseconds(1)) == .key(startsFetch: true))
        // While it is under way, keys are as good as before, and nobody starts another.
        #expect(refresh.ask("a", at: .seconds(due + 1)) == .key(startsFetch: false))
        #expect(refresh.nextFetch() == nil)
    }

    @Test("unknown key IDs start no more than one fetch in 30 s")
    func unknownKeyIDsCauseOneFetchACooldown() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 100_000)
        #expect(refresh.ask("unknown", at: .seconds(29.999)) == .unknown(startsFetch: false))
        #expect(refresh.ask("unknown", at: .seconds(30)) == .wait(startsFetch: true))
        // Somebody else's unknown key may come with the fetch under way.
        #expect(refresh.ask("another", at: .seconds(30)) == .wait(startsFetch: false))
        _ = try refresh.finish(["a"], at: .seconds(31))
        #expect(refresh.askAtHand("unknown", at: .seconds(31)) == .unknown(startsFetch: false))
        #expect(refresh.ask("unknown", at: .seconds(59.999)) == .unknown(startsFetch: false))
        #expect(refresh.ask("unknown", at: .seconds(60)) == .wait(startsFetch: true))
    }

    @Test("100,000 unknown key IDs within a cooldown start no fetch, and known keys stay usable")
    func aFloodOfUnknownKeyIDsDoesNotTouchTheOthers() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 100_000)
        var fetches = 0
        for index in 0..<100_000 {
            // All of them within the first cooldown.
            let time = Duration.microseconds(index * 299)
            if refresh.ask("unknown-\(index)", at: time).startsFetch { fetches += 1 }
            if index.isMultiple(of: 1_000) { #expect(refresh.ask("a", at: time) == .key(startsFetch: false)) }
        }
        #expect(fetches == 0)
    }

    @Test("a key that the server has added is found by the fetch that its ID starts")
    func aRotatedKeyIsFoundByTheRefetch() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 100_000)
        #expect(refresh.ask("b", at: .seconds(40)) == .wait(startsFetch: true))
        _ = try refresh.finish(["a", "b"], at: .seconds(41))
        #expect(refresh.askAtHand("b", at: .seconds(41)) == .key(startsFetch: false))
    }

    @Test("a key that is missing from the next document is unknown")
    func aWithdrawnKeyIsGone() throws {
        var refresh = try KeyRefresh.fetched(["a", "b"], lifetime: 1_000)
        #expect(refresh.ask("a", at: .seconds(900)) == .key(startsFetch: true))
        _ = try refresh.finish(["b"], at: .seconds(901))
        #expect(refresh.ask("a", at: .seconds(902)) == .unknown(startsFetch: false))
        #expect(refresh.ask("b", at: .seconds(902)) == .key(startsFetch: false))
    }

    @Test("after failed fetches the keys stay usable, and the delays grow from 1 s to 60 s until one succeeds")
    func aFailedFetchLeavesTheKeysAndBacksOff() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000)
        var now = Duration.seconds(800)
        for delay in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
            #expect(refresh.ask("a", at: now) == .key(startsFetch: true))
            let events = refresh.fail(at: now)
            guard case .fetchFailed(let failure)? = events.first, failure.explanation == "down", failure.hasUsableKeys
            else {
                Issue.record("\(events)")
                return
            }
            let retryIn = failure.retryIn
            #expect(retryIn == .seconds(delay))
            #expect(refresh.ask("a", at: now + retryIn - .milliseconds(1)) == .key(startsFetch: false))
            #expect(refresh.ask("unknown", at: now + .milliseconds(1)) == .unknown(startsFetch: false))
            now += retryIn
        }
        #expect(refresh.ask("a", at: now) == .key(startsFetch: true))
        _ = try refresh.finish(["a"], at: now)
        #expect(refresh.ask("a", at: now + .seconds(800)) == .key(startsFetch: true))
        guard case .fetchFailed(let failure)? = refresh.fail(at: now + .seconds(800)).first,
            failure.retryIn == .seconds(1), failure.hasUsableKeys
        else {
            Issue.record("after a success the backoff begins anew")
            return
        }
    }

    @Test("backoff is spread by a tenth", arguments: [(-1.0, 0.9, 54.0), (1.0, 1.1, 66.0)])
    func backoffIsJittered(_ jitter: Double, _ first: Double, _ last: Double) {
        var refresh = KeyRefresh()
        var now = Duration.zero
        var delays: [Double] = []
        for _ in 0..<10 {
            #expect(refresh.ask("a", at: now) == .wait(startsFetch: true))
            guard case .fetchFailed(let failure)? = refresh.fail(at: now, jitter: jitter).first, !failure.hasUsableKeys
            else {
                Issue.record("no failure was reported")
                return
            }
            delays.append(failure.retryIn / .seconds(1))
            now += failure.retryIn
        }
        #expect(delays.first.map { abs($0 - first) < 1e-6 } == true)
        #expect(delays.last.map { abs($0 - last) < 1e-6 } == true)
    }

    @Test("the server's Retry-After counts, up to 60 s", arguments: [(0, 1), (5, 5), (60, 60), (4_000_000_000, 60)])
    func retryAfter(_ asked: Int, _ waited: Int) {
        var refresh = KeyRefresh()
        _ = refresh.ask("a", at: .zero)
        _ = refresh.fail(at: .zero, retryAfter: .seconds(asked))
        #expect(refresh.ask("a", at: .zero) == .unavailable(retryAfter: .seconds(waited)))
        #expect(refresh.ask("a", at: .seconds(waited)) == .wait(startsFetch: true))
    }

    @Test(
        "many processes do not come back at once when the server says when",
        arguments: [(-1.0, 33), (0, 30), (1, 33)]
    )
    func retryAfterIsJittered(_ jitter: Double, _ waited: Int) {
        var refresh = KeyRefresh()
        _ = refresh.ask("a", at: .zero)
        _ = refresh.fail(at: .zero, retryAfter: .seconds(30), jitter: jitter)
        #expect(refresh.ask("a", at: .seconds(waited) - .milliseconds(1)).startsFetch == false)
        #expect(refresh.ask("a", at: .seconds(waited) + .milliseconds(1)).startsFetch)
    }

    @Test("after a failure without keys only who starts the next attempt, or is patient, waits for it")
    func onlyWhoStartsAnotherAttemptWaitsForIt() {
        var refresh = KeyRefresh()
        _ = refresh.ask("a", at: .zero)
        _ = refresh.fail(at: .zero)
        #expect(refresh.ask("a", at: .seconds(1)) == .wait(startsFetch: true))
        #expect(refresh.ask("a", at: .seconds(2)) == .unavailable(retryAfter: .seconds(1)))
        guard case .wait? = refresh.prepare(at: .seconds(2), isPatient: true)?.answer else {
            Issue.record("who is patient waits")
            return
        }
    }

    @Test("a fetch for an unknown key or after a failure sends no ETag, so that 304 cannot answer it")
    func aFetchForAnUnknownKeyOrAfterAFailureAsksForTheWholeDocument() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000, entityTag: "\"1\"")
        #expect(refresh.ask("b", at: .seconds(40)).startsFetch)
        #expect(refresh.validators == nil)
        _ = try refresh.finish(["a"], at: .seconds(41), entityTag: "\"2\"")
        #expect(refresh.ask("a", at: .seconds(900)).startsFetch)
        #expect(refresh.validators?.entityTag == "\"2\"")
        _ = refresh.fail(at: .seconds(900))
        #expect(refresh.ask("a", at: .seconds(902)).startsFetch)
        #expect(refresh.validators == nil)
    }

    @Test("without keys a request between two attempts is told at once when the next one is due")
    func withoutKeysTheAnswerDuringBackoffIsImmediate() {
        var refresh = KeyRefresh()
        #expect(refresh.ask("a", at: .seconds(10)) == .wait(startsFetch: true))
        _ = refresh.fail(at: .seconds(15))
        #expect(refresh.askAtHand("a", at: .seconds(15)) == .unavailable(retryAfter: .seconds(1)))
        #expect(refresh.ask("a", at: .seconds(15.25)) == .unavailable(retryAfter: .seconds(0.75)))
        #expect(refresh.ask("a", at: .seconds(16)) == .wait(startsFetch: true))
    }
}
