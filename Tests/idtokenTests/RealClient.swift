//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
import Foundation
import Testing

/// Runs client libraries from PyPI in a virtual environment, which is made for the first that runs.
struct RealClient {
    let status: Int32
    let output: String
    let errors: String

    private static let folder = Command.projectRoot.appending(path: "Tests/RealClients")
    private static let environment = Command.projectRoot.appending(path: ".build/real-clients")

    /// Nil if the environment is there, else why not.
    private static let obstacle: String? = {
        let command = try? Command(
            executable: Self.folder.appending(path: "make-environment"),
            [Self.environment.path(percentEncoded: false)]
        )
        guard let command else { return "Tests/RealClients/make-environment cannot be run" }
        let lastLine = command.errors.split(separator: "\n").last ?? ""
        return command.status == 0 ? nil : "python3, its venv or PyPI is missing: \(lastLine)"
    }()

    /// Ends the test if the libraries cannot be had here; where they must be, that is a failure.
    ///
    /// - Throws: If the test ends.
    static func require() async throws {
        guard let obstacle = try await Blocking.run({ Self.obstacle }) else { return }
        if ProcessInfo.processInfo.environment["IDTOKEN_REQUIRE_REAL_CLIENTS"] != nil {
            Issue.record("the real clients must run here, but \(obstacle)")
        }
        // What cancels a test is not printed.
        print("real clients: skipped, since they cannot be had: \(obstacle)")
        try Test.cancel("skipped, since the real clients cannot be had: \(obstacle)")
    }

    /// - Parameters:
    ///   - name: The case, as `clients.py` names it.
    ///   - standIn: Whom it asks.
    ///   - audience: Whom the token is for.
    ///   - folder: Where the credential files are.
    ///   - input: The token to verify.
    /// - Throws: If the libraries cannot be had here, which ends the test.
    init(
        _ name: String,
        _ standIn: StandInProcess,
        audience: String,
        folder: TestFolder,
        input: String = ""
    ) async throws {
        try await Self.require()
        let url = standIn.url
        let files = folder.path
        let command = try await Blocking.run {
            try Command(
                executable: Self.environment.appending(path: "bin/python"),
                [
                    Self.folder.appending(path: "clients.py").path(percentEncoded: false), name, url, audience,
                    files,
                ],
                input: input
            )
        }
        self.status = command.status
        self.output = command.output.trimmingCharacters(in: .whitespacesAndNewlines)
        self.errors = command.errors
    }
}
#endif
