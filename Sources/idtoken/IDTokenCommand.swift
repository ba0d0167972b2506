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
            The exit status is 0 if the token is verified, 1 if it is rejected, 64 if the arguments are wrong, 69 if a \
            server cannot listen on its port, 74 if input or output fails, and 75 if the keys or a token for a call cannot be fetched.
            Give tokens on standard input or in a file. Arguments, including those of --header, are visible in process \
            lists and stay in shell histories.
            """,
        version: "idtoken 0.1.0",
        subcommands: [
            VerifyCommand.self, AuditCommand.self, InspectCommand.self, CheckCommand.self, KeysCommand.self,
            FetchCommand.self, EmulateCommand.self, DemoCommand.self,
        ]
    )

    static func main() async {
        do {
            var command = try self.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            self.end(with: error)
        }
    }

    /// Ends the process: help to standard output, a failure in one line to standard error.
    private static func end(with error: any Error) -> Never {
        if let failure = error as? CommandFailure {
            StandardStreams.report(failure.message)
            self.exit(withError: ExitCode(failure.status.rawValue))
        }
        guard self.exitCode(for: error) == .validationFailure else { self.exit(withError: error) }
        StandardStreams.report(self.explanation(of: error, arguments: CommandLine.arguments.dropFirst().map { $0 }))
        self.exit(withError: ExitCode.validationFailure)
    }

    /// The message about wrong arguments, without those arguments that may be credentials.
    static func explanation(of error: any Error, arguments: [String]) -> String {
        let reason = self.message(for: error).withoutLong(arguments).withoutCredentials
        return "\(reason)\(reason.utf8.last == UInt8(ascii: ".") ? "" : ";") See 'idtoken help'."
    }

    func run() async throws {
        throw CommandFailure.verbMissing(
            "demo, verify, audit, inspect, check, keys, fetch, emulate; 'idtoken help' describes them"
        )
    }
}
#else
private import Foundation

@available(*, unavailable, message: "enable the trait CommandLine of swift-google-id-token in Package.swift")
struct IDTokenCommand {}

@main
enum WithoutTheTrait {
    static func main() {
        let line = """
            idtoken: this program has no commands, because it was built without the trait CommandLine. In the checkout \
            of swift-google-id-token, run 'swift run --traits CommandLine idtoken'; in another package, write \
            traits: ["CommandLine"] in the dependency on swift-google-id-token, in Package.swift.

            """
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
        exit(64)
    }
}
#endif
