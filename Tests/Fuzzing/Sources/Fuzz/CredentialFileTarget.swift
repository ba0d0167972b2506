//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDTokenCredentials

/// A credential file of any content gives credentials or an explained error, without a request, and never shows a secret.
enum CredentialFileTarget {
    private static let environment = CredentialsEnvironment.forFuzzing(
        ["AWS_REGION": "a", "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES": "1"]
    )

    static func run(_ bytes: [UInt8]) {
        do throws(IDTokenCredentialsError) {
            let members = try CredentialMembers(json: bytes, place: "the file")
            for name in ["private_key", "refresh_token", "client_secret"] {
                let value = (try? members.string(name)) ?? nil
                promise(value?.utf8.isEmpty != true, "an empty member counts as absent")
            }
            let file = try CredentialFile(members, Self.environment)
            Self.check { () throws(IDTokenCredentialsError) in try file.idTokenSource().words }
            Self.check { () throws(IDTokenCredentialsError) in try file.accessTokens().words }
        } catch {
            Self.check(error)
        }
    }

    private static func check(_ open: () throws(IDTokenCredentialsError) -> String) {
        do throws(IDTokenCredentialsError) {
            promise(!(try open()).isEmpty, "a source has words")
        } catch {
            Self.check(error)
        }
    }

    private static func check(_ error: IDTokenCredentialsError) {
        promise(error.disposition == .misconfigured, "a file's mistake is a misconfiguration")
        promise(
            !error.explanation.isEmpty && error.explanation.utf8.count < 4_096,
            "an error is explained, at bounded length"
        )
        promise(
            error.explanation.unicodeScalars.allSatisfy { " "..."~" ~= $0 || $0 == "…" },
            "an explanation is one line"
        )
    }
}
