//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials
internal import GoogleIDToken
internal import IDTokenPlatform

/// A clock that a test moves, for handlers that judge by a time of their own.
///
/// ```swift
/// let clock = ManualClock()
/// let token = try issuer.token(for: audience, issuedAt: clock.now)
/// clock.advance(by: .seconds(2 * 60 * 60))
/// try await verifier.verify(token: token, at: clock.now)   // throws token_expired
/// ```
public final class ManualClock: Sendable {
    private let time: Lock<Date>

    /// Makes a clock that stands still.
    ///
    /// - Parameter time: The time it shows; if not given, one in 2023 that is the same in every run.
    public init(_ time: Date = Date(timeIntervalSince1970: 1_700_000_000)) {
        self.time = Lock(time)
    }

    /// The time it shows.
    public var now: Date {
        self.time.withLock { $0 }
    }

    /// Moves the clock.
    ///
    /// - Parameter duration: How far; back, if it is negative.
    public func advance(by duration: Duration) {
        self.time.withLock { $0.addTimeInterval(duration.inSeconds) }
    }
}
