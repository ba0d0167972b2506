//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import GoogleIDTokenCredentials

/// Prints one ID token for the audience in the first argument.
@main struct FirstToken {
    static func main() async throws {
        let credentials = try IDTokenCredentials.applicationDefault()
        print(try await credentials.token(for: CommandLine.arguments[1]).text)
    }
}
