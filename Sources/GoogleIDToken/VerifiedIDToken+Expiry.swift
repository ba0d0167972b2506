//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform

extension VerifiedIDToken {
    /// Runs an operation for as long as the token is valid, and cancels it when the token expires.
    ///
    /// A verifier judges a token once, when a request begins. What goes on for longer, such as a stream of events, asks
    /// here to be ended:
    ///
    /// ```swift
    /// try await caller.whileValid {
    ///     for try await event in events { try await writer.write(event) }
    /// }
    /// ```
    /// The token expires when this machine's wall clock reaches ``expiresAt``, the claim `exp` (RFC 7519 §4.1.4). The clock
    /// skew of the verifier does not count: it forgives a caller's clock when a request begins, and a stream can be opened
    /// again. A token that was accepted within the skew alone is expired here at once, and the operation does not begin.
    /// A clock that is set is noticed within ten seconds.
    ///
    /// The operation runs in a child task: it sees the caller's task-local values, and when the surrounding task is cancelled,
    /// so is the operation. It may use what is not sendable, such as the writer of a response; an actor writes it as
    /// `{ @Sendable in … }`. Cancellation is cooperative: the call returns when the operation has, so one that overlooks its
    /// cancellation goes on for as long as it likes.
    ///
    /// - Parameter operation: What to do while the token is valid.
    /// - Returns: What the operation returns, if that comes before the token expires.
    /// - Throws: ``VerificationError`` with `token_expired` if the token expires first, whatever the operation then returns
    ///   or throws; what the operation throws otherwise.
    @concurrent
    public func whileValid<Outcome>(_ operation: @concurrent () async throws -> Outcome) async throws -> Outcome {
        try await self.whileValid(by: .system, operation)
    }

    /// Runs an operation for as long as the token is valid by a clock.
    @concurrent
    package func whileValid<Outcome>(
        by clock: ExpiryClock,
        _ operation: @concurrent () async throws -> Outcome
    ) async throws -> Outcome {
        let expiry = self.claims.expiresAt
        guard clock.now() < expiry else { throw Self.hasExpired }
        let result = await ChildTask.run(operation) { await clock.hasReached(expiry) }
        guard let result else { throw Self.hasExpired }
        return try result.get()
    }

    private static var hasExpired: VerificationError {
        VerificationError(
            .tokenExpired,
            "The token expired, by this machine's clock and without any skew, before what its caller asked for was over; "
                + "have the caller ask again with a new token."
        )
    }
}
