//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import GoogleIDTokenCredentials

/// Prints one ID token for the audience in the first argument.
///
/// With a second argument, it then asks for the header field with the same token so many times, and prints the nanoseconds
/// for each.
@main struct FirstToken {
    static func main() async throws {
        let audience = CommandLine.arguments[1]
        let credentials = try IDTokenCredentials.applicationDefault()
        print(try await credentials.token(for: audience).text)
        guard CommandLine.arguments.count > 2, let count = Int(CommandLine.arguments[2]), count > 0 else { return }
        var size = 0
        let time = try await ContinuousClock()
            .measure {
                for _ in 0..<count { size &+= try await credentials.header(for: audience).value.utf8.count }
            }
        print("\(Int(time / .nanoseconds(1)) / count) ns, \(size / count) bytes")
    }
}
