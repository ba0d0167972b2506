//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The caller in a test's token.
public struct TestCaller: Sendable {
    /// The e-mail address (claim `email`), for senders whose tokens have one.
    public var email: String
    /// The unique ID (claim `sub`).
    public var subject: String
    /// The Google Workspace domain (claim `hd`), in users' tokens.
    public var hostedDomain: String?

    /// Creates a caller.
    ///
    /// - Parameters:
    ///   - email: The e-mail address.
    ///   - subject: The unique ID; nil means 21 digits that depend only on the e-mail address.
    ///   - hostedDomain: The Google Workspace domain of a user.
    public init(email: String, subject: String? = nil, hostedDomain: String? = nil) {
        self.email = email
        self.subject = subject ?? Self.subject(of: email)
        self.hostedDomain = hostedDomain
    }

    /// A service account, `caller@my-project.iam.gserviceaccount.com`.
    public static let serviceAccount = TestCaller(email: "caller@my-project.iam.gserviceaccount.com")

    /// A user of the Google Workspace domain `example.com`.
    public static let user = TestCaller(email: "user@example.com", hostedDomain: "example.com")

    private static func subject(of email: String) -> String {
        // FNV-1a; any hash function that distributes well would do.
        let hash = email.utf8.reduce(into: UInt64(0xcbf2_9ce4_8422_2325)) { hash, byte in
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let digits = String(hash)
        return "1" + String(repeating: "0", count: 20 - digits.count) + digits
    }
}
