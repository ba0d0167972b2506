//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform

extension VerifiedIDToken {
    /// Runs an operation while the token is valid, and cancels it when the token expires.
    ///
    /// A verifier checks a token once, when a request begins. Use this method for operations that last longer than
    /// that, such as a stream of events:
    ///
    /// ```swift
    /// try await caller.whileValid {
    ///     for try await event in events { try await writer.write(event) }
    /// }
    /// ```
    /// The token expires when this machine's wall clock reaches ``expiresAt``, the claim `exp` (RFC 7519 §4.1.4). The
    /// verifier's clock skew is not added: it allows for differing clocks when a request begins, whereas a caller can
    /// open a stream again. If a token was accepted only because of the clock skew, this method throws at once and does
    /// not start the operation. A change of the wall clock takes effect within ten seconds.
    ///
    /// The operation runs in a child task: it has the caller's task-local values, and is cancelled with the surrounding
    /// task. It may use values that are not sendable, such as a response writer; in an actor, write it as
    /// `{ @Sendable in … }`. Cancellation is cooperative: this method returns only when the operation returns, so an
    /// operation that ignores cancellation continues after the token expires.
    ///
    /// - Parameter operation: The operation to run while the token is valid.
    /// - Returns: The operation's result, if the operation ends before the token expires.
    /// - Throws: ``VerificationError`` with `token_expired` if the token expires first, whatever the operation then
    ///   returns or throws; otherwise the error that the operation throws.
    @concurrent
    public func whileValid<Outcome>(_ operation: @concurrent () async throws -> Outcome) async throws -> Outcome {
        try await self.whileValid(by: .system, operation)
    }

    /// Runs an operation while the token is valid by a given clock.
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
            "The token expired before the operation of its caller ended; exp is compared with this machine's clock, "
                + "without the clock skew. The caller must repeat the request with a new token."
        )
    }
}
