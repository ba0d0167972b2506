//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import IDTokenPlatform
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// What is cancelled when a token expires, by clocks that the test sets.
@Suite("Verified ID token: whileValid", .timeLimit(.minutes(5)))
struct VerifiedIDTokenExpiryTests {
    private struct Failure: Error {}

    /// A wall clock and the clock that one sleeps by.
    private final class Clocks: Sendable {
        let sleeping = ManualClock()
        /// How far the wall clock has been set, in seconds.
        let adjustment = Lock(0.0)

        var clock: ExpiryClock {
            ExpiryClock(
                now: { TestToken.now + self.sleeping.now / .seconds(1) + self.adjustment.withLock { $0 } },
                sleep: { await self.sleeping.sleep(until: self.sleeping.now + $0) }
            )
        }

        /// Lets the sleeper sleep for as long as it wants.
        ///
        /// - Returns: For how long it slept.
        func letSleep() async throws -> Duration {
            let start = self.sleeping.now
            let end = try #require(await self.sleeping.waitForSleeper())
            self.sleeping.advance(to: end)
            return end - start
        }
    }

    /// The valid token, which expires in 3,540 seconds, or one with another `exp`.
    private static func caller(expiresIn seconds: Double = 3_540) throws -> VerifiedIDToken {
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .document(TestToken.keyDocument)
        )
        let token = try TestToken.minted(claims: TestToken.claims(["exp": "\(TestToken.now + seconds)"]))
        return try verifier.verifyWithoutFetching(token: token, at: TestToken.date)
    }

    @Test("an operation that ends before the token expires returns or throws what it does")
    func endsEarlier() async throws {
        let caller = try Self.caller()
        let clocks = Clocks()
        #expect(try await caller.whileValid(by: clocks.clock) { 1 } == 1)
        await #expect(throws: Failure.self) { try await caller.whileValid(by: clocks.clock) { throw Failure() } }
    }

    @Test("an operation is cancelled when exp is reached, and the error says why")
    func expires() async throws {
        let caller = try Self.caller(expiresIn: 25.5)
        let clocks = Clocks()
        let isCancelled = Lock(false)
        let stream = Task {
            try await caller.whileValid(by: clocks.clock) {
                await Self.untilCancelled()
                isCancelled.withLock { $0 = true }
            }
        }
        var slept: [Duration] = []
        for _ in 0..<3 { slept.append(try await clocks.letSleep()) }
        #expect(slept == [.seconds(10), .seconds(10), .seconds(5.5)])
        let error = await #expect(throws: VerificationError.self) { try await stream.value }
        #expect(error?.code == .tokenExpired)
        #expect(error?.disposition == .rejected)
        #expect(error?.explanation.contains(TestToken.email) == false)
        #expect(isCancelled.withLock { $0 })
    }

    @Test("what a cancelled operation returns or throws is not what comes of it", arguments: [true, false])
    func outcomeAfterExpiry(_ fails: Bool) async throws {
        let caller = try Self.caller(expiresIn: 1)
        let clocks = Clocks()
        let stream = Task {
            try await caller.whileValid(by: clocks.clock) {
                await Self.untilCancelled()
                if fails { throw Failure() }
                return 1
            }
        }
        _ = try await clocks.letSleep()
        let error = await #expect(throws: VerificationError.self) { try await stream.value }
        #expect(error?.code == .tokenExpired)
    }

    @Test("a wall clock that is set forward or back counts, at the next look")
    func clockIsSet() async throws {
        let caller = try Self.caller(expiresIn: 25)
        let clocks = Clocks()
        let stream = Task { try await caller.whileValid(by: clocks.clock) { await Self.untilCancelled() } }
        clocks.adjustment.withLock { $0 = -100 }
        for _ in 0..<5 { #expect(try await clocks.letSleep() == .seconds(10)) }
        // It sleeps when the clock is set, and sees so when it wakes.
        _ = await clocks.sleeping.waitForSleeper()
        clocks.adjustment.withLock { $0 = 100 }
        _ = try await clocks.letSleep()
        await #expect(throws: VerificationError.self) { try await stream.value }
    }

    @Test("a token past exp, accepted within the skew, is expired at once", arguments: [0, -29.5])
    func acceptedWithinSkew(_ seconds: Double) async throws {
        let caller = try Self.caller(expiresIn: seconds)
        let begins = Lock(false)
        let error = await #expect(throws: VerificationError.self) {
            try await caller.whileValid(by: Clocks().clock) { begins.withLock { $0 = true } }
        }
        #expect(error?.code == .tokenExpired)
        #expect(!begins.withLock { $0 })
    }

    @Test("a cancelled caller cancels the operation, and what the operation does then counts")
    func cancelled() async throws {
        let caller = try Self.caller()
        let clocks = Clocks()
        let (begins, begin) = AsyncStream.makeStream(of: Void.self)
        let surrounding = Task {
            try await caller.whileValid(by: clocks.clock) {
                begin.finish()
                await Self.untilCancelled()
                return "cancelled"
            }
        }
        for await _ in begins {}
        surrounding.cancel()
        #expect(try await surrounding.value == "cancelled")
    }

    @Test("a time that never comes")
    func never() async throws {
        let clocks = Clocks()
        let far = Task { await clocks.clock.hasReached(.greatestFiniteMagnitude) }
        #expect(try await clocks.letSleep() == .seconds(10))
        far.cancel()
        #expect(await far.value == false)
    }

    @Test("this machine's clocks")
    func system() async throws {
        #expect(await ExpiryClock.system.hasReached(Date().timeIntervalSince1970 + 0.05))
        let sleeper = Task { await ExpiryClock.system.hasReached(.infinity) }
        sleeper.cancel()
        #expect(await sleeper.value == false)

        let expired = await #expect(throws: VerificationError.self) { try await Self.caller().whileValid { 1 } }
        #expect(expired?.code == .tokenExpired)
    }

    private static func untilCancelled() async {
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }
}
