//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension Diagnosis {
    /// Mistakes in the configuration, which the initialiser reports.
    static let ofConfigurations = [
        Diagnosis("no audience is configured", "`IDTokenVerifier(audience: \"\", …)`") {
            Self.message { _ = try Self.verifier(audience: "") }
        },
        Diagnosis("no caller is configured", "`callers: .serviceAccounts([])`") {
            Self.message { _ = try Self.verifier(callers: .serviceAccounts([])) }
        },
        Diagnosis("egress is blocked, so keys come from a file", "`keys: .file(\"/keys/google.json\")`, and no file") {
            Self.message { _ = try Self.verifier(keys: .file("/keys/google.json")) }
        },
        Diagnosis("the keys come from another URL", "`keys: .remote(\"http://keys.example.com/certs\")`") {
            Self.message { _ = try Self.verifier(keys: .remote("http://keys.example.com/certs")) }
        },
        Diagnosis("a large skew hides a wrong clock", "`configuration.clockSkew = .seconds(600)`") {
            var configuration = IDTokenVerifier.Configuration()
            configuration.clockSkew = .seconds(600)
            return Self.message { _ = try Self.verifier(configuration) }
        },
    ]
}
