//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import GoogleIDToken

/// A failure that ends the command: one line on standard error that says what to do, and an exit status.
struct CommandFailure: Error {
    /// The exit statuses other than 0; those from 64 on have the meanings of `sysexits.h`.
    enum Status: Int32 {
        case rejected = 1
        /// In an audit, some tokens could not be decided, or something could not be read.
        case undecided = 2
        /// In an audit, the input contains no token.
        case tokenMissing = 3
        case usage = 64
        case unavailable = 69
        case unreadableInput = 74
        /// Keys, or a token for a call, cannot be fetched at present.
        case keysUnavailable = 75
    }

    let status: Status
    let message: String

    init(status: Status, message: String) {
        self.status = status
        self.message = message
    }

    /// The failure for a verifier that cannot be made.
    init(_ error: IDTokenVerifier.ConfigurationError) {
        let isInput = [.keysUnreadable, .keysUnusable].contains(error.code)
        // An audience is an argument, and a user may have given a credential in its place.
        let message = isInput ? error.explanation : error.explanation.withoutCredentials
        self.init(status: isInput ? .unreadableInput : .usage, message: message)
    }

    /// The failure for a subcommand that is missing.
    static func verbMissing(_ verbs: String) -> CommandFailure {
        CommandFailure(status: .usage, message: "the command is incomplete; add one of: \(verbs).")
    }
}
#endif
