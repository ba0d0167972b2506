//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

private import IDTokenPlatform

/// The prepared contexts of one key that are not in use.
struct VerificationContextPool: Sendable {
    /// The number of contexts kept for reuse; more are in use at once only if more threads verify.
    private static let mostIdleContexts = 64

    private let idle: Lock<[VerificationContext]> = Lock([])

    /// Verifies a signature with an idle context, or with a new one if all are in use.
    ///
    /// - Throws: ``OpenSSLError`` if the signature is invalid, or no context can be made.
    @inline(__always)
    func verify(
        _ signature: Span<UInt8>,
        over message: Span<UInt8>,
        orWith makeContext: () throws(OpenSSLError) -> VerificationContext
    ) throws(OpenSSLError) {
        let idle = self.idle.withLock { $0.popLast() }
        let context = if let idle { idle } else { try makeContext() }
        defer { self.giveBack(context) }
        try context.verify(signature, over: message)
    }

    /// Keeps a context for the next verification.
    func giveBack(_ context: VerificationContext) {
        self.idle.withLock { idle in
            if idle.count < Self.mostIdleContexts {
                idle.append(context)
            }
        }
    }
}
