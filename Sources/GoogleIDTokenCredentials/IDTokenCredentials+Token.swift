//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

extension IDTokenCredentials {
    /// An ID token for an audience.
    ///
    /// A program that has it can call the audience until it expires.
    public struct Token: Sendable {
        /// The token in the compact form of RFC 7515 §7.1; a secret.
        public let text: String
        /// The audience for which it was obtained.
        public let audience: String
        /// The time at which it expires, the claim `exp`.
        public let expiresAt: Date
    }
}

extension IDTokenCredentials.Token: CustomStringConvertible, CustomReflectable {
    /// The audience and the expiry, without the token, so that a log does not contain it.
    public var description: String {
        "ID token for \(self.audience) until \(self.expiresAt)"
    }

    /// The members without the token, for `dump` and debuggers.
    public var customMirror: Mirror {
        Mirror(self, children: ["audience": self.audience, "expiresAt": self.expiresAt])
    }
}

extension IDTokenCredentials.Token {
    init(_ token: FetchedToken, audience: String) {
        self.init(text: token.text, audience: audience, expiresAt: Date(timeIntervalSince1970: token.expiresAt))
    }
}
