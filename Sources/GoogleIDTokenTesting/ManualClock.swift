//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials
internal import GoogleIDToken
internal import IDTokenPlatform

/// A clock that a test sets, for handlers that take the time from a clock.
///
/// ```swift
/// let clock = ManualClock()
/// let token = try issuer.token(for: audience, issuedAt: clock.now)
/// clock.advance(by: .seconds(2 * 60 * 60))
/// try await verifier.verify(token: token, at: clock.now)   // throws token_expired
/// ```
public final class ManualClock: Sendable {
    private let time: Lock<Date>

    /// Creates a stopped clock.
    ///
    /// - Parameter time: The time that it shows; the default is a fixed time in 2023.
    public init(_ time: Date = Date(timeIntervalSince1970: 1_700_000_000)) {
        self.time = Lock(time)
    }

    /// The time that the clock shows.
    public var now: Date {
        self.time.withLock { $0 }
    }

    /// Moves the clock.
    ///
    /// - Parameter duration: The time by which to move it; negative values move it back.
    public func advance(by duration: Duration) {
        self.time.withLock { $0.addTimeInterval(duration.inSeconds) }
    }
}
