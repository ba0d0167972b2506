//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import Foundation

/// A failure that ends the command: one line on standard error that says what to do, and an exit status.
struct CommandFailure: Error {
    /// The exit statuses beside 0; those from 64 on are those of `sysexits.h`.
    enum Status: Int32 {
        case rejected = 1
        case usage = 64
        case unavailable = 69
        case unreadableInput = 74
        case keysUnavailable = 75
    }

    let status: Status
    let message: String

    /// Writes the line and turns the failure into what the argument parser exits with.
    func report() -> ExitCode {
        StandardError.write("idtoken: \(self.message)")
        return ExitCode(self.status.rawValue)
    }
}

/// Standard error, for lines that are not the command's result.
enum StandardError {
    static func write(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
#endif
