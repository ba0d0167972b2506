//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import FoundationEssentials
internal import GoogleIDToken

/// What credentials take from outside: clocks, random numbers, environment variables, limits and the application's options.
struct CredentialsEnvironment: Sendable {
    /// The wall clock, and a way to sleep.
    var clock: ExpiryClock
    /// Returns the time since a fixed instant of a monotonic clock.
    var steadyTime: @Sendable () -> Duration
    /// Returns a number from -1 to 1.
    var jitter: @Sendable () -> Double = { .random(in: -1...1) }
    /// The environment variables; an empty one counts as unset.
    var variables: EnvironmentVariables
    /// The limits of a request to a metadata server.
    var metadataLimits = Self.limits(whole: .seconds(3))
    /// The limits of other requests.
    var limits = Self.limits(whole: .seconds(10))
    var trustedHosts: [String] = []
    var onEvent: (@Sendable (IDTokenCredentials.Event) -> Void)?
    /// The last difference between the clocks that a server has stated.
    let clockOffset = ClockOffset()

    /// The current time by both clocks.
    var now: TokenRefresh.Instant {
        TokenRefresh.Instant(wall: self.clock.now(), steady: self.steadyTime())
    }

    /// This machine's clocks and this process's environment variables.
    static func system(_ configuration: IDTokenCredentials.Configuration) -> CredentialsEnvironment {
        let steady = ContinuousClock()
        let start = steady.now
        let now = configuration.now
        return CredentialsEnvironment(
            clock: ExpiryClock(now: { now().timeIntervalSince1970 }, sleep: ExpiryClock.system.sleep),
            steadyTime: { start.duration(to: steady.now) },
            variables: EnvironmentVariables(ProcessInfo.processInfo.environment),
            trustedHosts: configuration.trustedHosts,
            onEvent: configuration.onEvent
        )
    }

    private static func limits(whole: Duration) -> TransportLimits {
        var limits = TransportLimits()
        limits.whole = whole
        limits.bodySize = 64 * 1024
        return limits
    }
}

/// Environment variables by name.
struct EnvironmentVariables: Sendable {
    /// All variables.
    let all: [String: String]

    init(_ all: [String: String]) {
        self.all = all
    }

    /// Returns a variable, or nil if it is not set or empty.
    subscript(name: String) -> String? {
        self.all[name].flatMap { $0.utf8.isEmpty ? nil : $0 }
    }
}
