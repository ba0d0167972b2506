//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation

/// Runs client libraries from PyPI.
struct RealClient {
    let status: Int32
    let output: String
    let errors: String

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
        let environment = try await PythonEnvironment.require(.clients)
        let command = try await Command(
            executable: environment.python,
            ["Tests/RealClients/clients.py", name, standIn.url, audience, folder.path],
            input: input
        )
        self.status = command.status
        self.output = command.output.trimmingCharacters(in: .whitespacesAndNewlines)
        self.errors = command.errors
    }
}
#endif
