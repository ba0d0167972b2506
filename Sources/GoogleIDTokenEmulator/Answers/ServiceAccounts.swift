//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken
internal import GoogleIDTokenTesting

/// The service accounts that have been named, so that each can also be named by its unique ID.
struct ServiceAccounts: Sendable {
    private static let mostKept = 1_000
    private let first: TestCaller
    private var emails: [ExactString: String] = [:]

    /// - Parameter first: The service account of the configuration.
    init(_ first: TestCaller) {
        self.first = first
    }

    /// The account with an e-mail address, whatever it is, or with the unique ID of an account that was named before.
    mutating func account(_ name: String) -> TestCaller? {
        if name.isExactly(self.first.email) || name.isExactly(self.first.subject) { return self.first }
        guard name.utf8.contains(UInt8(ascii: "@")) else {
            return self.emails[ExactString(name)].map { TestCaller(email: $0) }
        }
        let account = TestCaller(email: name)
        if self.emails.count >= Self.mostKept { self.emails = [:] }
        self.emails[ExactString(account.subject)] = name
        return account
    }
}
#endif
