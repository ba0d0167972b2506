//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser

/// The command `idtoken`.
@main
struct IDTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idtoken",
        abstract: "Verify Google-signed OpenID Connect ID tokens.",
        discussion: """
            Exit status: 0 verified, 1 rejected, 64 usage, 69 no such port, 74 unreadable input, 75 keys unavailable.
            A token is never taken as an argument, since process lists and shell histories keep those.
            """,
        subcommands: [
            VerifyCommand.self, InspectCommand.self, CheckCommand.self, KeysCommand.self, EmulateCommand.self,
            DemoCommand.self,
        ]
    )
}
#else
private import Glibc

@available(*, unavailable, message: "enable the trait CommandLine of swift-google-id-token")
struct IDTokenCommand {}

@main
enum WithoutCommandLine {
    static func main() {
        print("idtoken: built without its commands; build it with --traits CommandLine")
        exit(EX_USAGE)
    }
}
#endif
