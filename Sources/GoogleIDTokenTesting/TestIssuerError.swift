//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Why a ``TestIssuer`` cannot make a key, a token or a certificate: OpenSSL refuses.
public struct TestIssuerError: Error, Sendable, CustomStringConvertible {
    /// What could not be done, and OpenSSL's reason, in one line.
    public let description: String

    init(_ problem: String, _ reason: any Error) {
        self.description = "\(problem): \(reason)"
    }
}
