//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDTokenCredentials

/// When a token is fetched and how long it is used, with times that the test sets.
@Suite("Token refresh")
struct TokenRefreshTests {
    private static let start = 1_700_000_000.0
    private static let failure = IDTokenCredentialsError(.serverFailed, "failed")

    private static func at(_ seconds: Double) -> TokenRefresh.Instant {
        TokenRefresh.Instant(wall: Self.start + seconds, steady: .seconds(seconds))
    }

    private static func token(_ text: String = "token", life: Double = 3_600, offset: Double = 0) -> FetchedToken {
        FetchedToken(text, expiresAt: Self.start + life, life: life, clockOffset: offset)
    }

    /// A refresh that has fetched a token at the start.
    private static func loaded(_ token: FetchedToken = Self.token()) -> TokenRefresh {
        var refresh = TokenRefresh()
        _ = refresh.lookUp(at: Self.at(0))
        _ = refresh.finish(.success(token), at: Self.at(0), jitter: 0)
        return refresh
    }

    private static func words(_ answer: TokenRefresh.Answer) -> String {
        switch answer {
        case .token(let token): token.text
        case .wait: "wait"
        case .failed(let error): "\(error.code.rawValue), again in \(error.retryAfter.map { "\($0)" } ?? "nil")"
        }
    }

    @Test(
        "a token is replaced 240 s before it expires, or after 80 % of a shorter life",
        arguments: [(3_600.0, 3_360.0), (1_200, 960), (600, 480), (60, 48)]
    )
    func margin(life: Double, due: Double) {
        var refresh = Self.loaded(Self.token(life: life))
        #expect(!refresh.lookUp(at: Self.at(due - 1)).startsFetch)
        let (answer, startsFetch) = refresh.lookUp(at: Self.at(due))
        #expect(startsFetch)
        #expect(Self.words(answer) == "token")
        #expect(!refresh.lookUp(at: Self.at(due + 1)).startsFetch, "one fetch at a time")
    }

    @Test("an expired token is never used, whatever its span ahead was")
    func expired() {
        var refresh = Self.loaded()
        #expect(Self.words(refresh.lookUp(at: Self.at(3_600)).answer) == "wait")
        _ = refresh.finish(.failure(Self.failure), at: Self.at(3_600), jitter: 0)
        #expect(Self.words(refresh.lookUp(at: Self.at(3_600)).answer) == "server_failed, again in 1.0 seconds")
        // A difference without its sign would take this token for one with 3,000 s left.
        #expect(Self.words(refresh.resolve(at: Self.at(6_600))) == "server_failed, again in 0.0 seconds")
    }

    @Test("failures leave a token in use until it expires")
    func outage() {
        var refresh = Self.loaded()
        for second in stride(from: 3_360.0, to: 3_600, by: 1) {
            let (answer, startsFetch) = refresh.lookUp(at: Self.at(second))
            if startsFetch { _ = refresh.finish(.failure(Self.failure), at: Self.at(second), jitter: 0) }
            let words = Self.words(startsFetch ? refresh.resolve(at: Self.at(second)) : answer)
            #expect(words == "token")
        }
        #expect(Self.words(refresh.resolve(at: Self.at(3_600))).hasPrefix("server_failed"))
    }

    @Test("in its last 10 s a token is used only if no other one can be fetched")
    func lastSeconds() {
        var refresh = Self.loaded()
        #expect(Self.words(refresh.lookUp(at: Self.at(3_595)).answer) == "wait")
        _ = refresh.finish(.failure(Self.failure), at: Self.at(3_595), jitter: 0)
        #expect(Self.words(refresh.lookUp(at: Self.at(3_595.5)).answer) == "token")
        #expect(Self.words(refresh.lookUp(at: Self.at(3_596)).answer) == "wait", "the wait after the failure is over")
    }

    @Test("a server that gives the same token again is asked every 10 s, not at every use")
    func sameToken() {
        var refresh = Self.loaded()
        #expect(refresh.lookUp(at: Self.at(3_400)).startsFetch)
        _ = refresh.finish(.success(Self.token()), at: Self.at(3_400), jitter: 0)
        #expect(!refresh.lookUp(at: Self.at(3_409)).startsFetch)
        #expect(refresh.lookUp(at: Self.at(3_410)).startsFetch)
    }

    @Test("waits after failures double up to a minute, and end with a success")
    func backoff() {
        var refresh = TokenRefresh()
        var waits: [Duration] = []
        var second = 0.0
        for _ in 0..<8 {
            #expect(refresh.lookUp(at: Self.at(second)).startsFetch)
            let wait = refresh.finish(.failure(Self.failure), at: Self.at(second), jitter: 0)
            waits.append(wait)
            let early = refresh.lookUp(at: Self.at(second + wait / .seconds(1) - 0.5))
            #expect(!early.startsFetch)
            #expect(Self.words(early.answer) == "server_failed, again in 0.5 seconds")
            second += wait / .seconds(1)
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        _ = refresh.lookUp(at: Self.at(second))
        _ = refresh.finish(.success(Self.token("new", life: second + 60)), at: Self.at(second), jitter: 0)
        #expect(refresh.nextFetch(at: Self.at(second)).map { $0 > .zero } == true)
    }

    @Test("a server's wait is kept, up to a minute", arguments: [(5, 5), (3_600, 60)])
    func asked(seconds: Int, kept: Int) {
        var refresh = TokenRefresh()
        _ = refresh.lookUp(at: Self.at(0))
        let error = IDTokenCredentialsError(.serverFailed, "failed", retryAfter: .seconds(seconds))
        #expect(refresh.finish(.failure(error), at: Self.at(0), jitter: 0) == .seconds(kept))
    }

    @Test("a clock that is behind the server's shortens the use of a token, one that is ahead does not lengthen it")
    func clockOffset() {
        #expect(Self.token(offset: -600).usableUntil == Self.start + 3_000)
        #expect(Self.token(offset: 600).usableUntil == Self.start + 3_600)
    }

    @Test("a token that a server has refused is forgotten, another one is not")
    func forgotten() {
        var refresh = Self.loaded()
        refresh.forget("other")
        #expect(Self.words(refresh.resolve(at: Self.at(1))) == "token")
        refresh.forget("token")
        #expect(refresh.lookUp(at: Self.at(1)).startsFetch)
    }
}
