//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The reason why OpenSSL could not create a key, a token or a certificate for a ``TestIssuer``.
public struct TestIssuerError: Error, Sendable, CustomStringConvertible {
    /// The failed operation and OpenSSL's reason, in one line.
    public let description: String

    init(_ problem: String) {
        self.description = problem
    }

    init(_ problem: String, _ reason: any Error) {
        self.description = "\(problem): \(reason)"
    }
}
