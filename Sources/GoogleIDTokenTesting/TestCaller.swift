//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The caller that a test's token names.
public struct TestCaller: Sendable {
    /// The e-mail address, the claim `email` of senders that tell it.
    public var email: String
    /// The unique ID, the claim `sub`.
    public var subject: String
    /// The Google Workspace domain, the claim `hd` of users' tokens.
    public var hostedDomain: String?

    /// Names a caller.
    ///
    /// - Parameters:
    ///   - email: The e-mail address.
    ///   - subject: The unique ID; if nil, 21 digits that are always the same for the same e-mail address.
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
        // FNV-1a: any function that spreads would do.
        let hash = email.utf8.reduce(into: UInt64(0xcbf2_9ce4_8422_2325)) { hash, byte in
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let digits = String(hash)
        return "1" + String(repeating: "0", count: 20 - digits.count) + digits
    }
}
