//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation
import GoogleIDToken

/// A service like that of the fixture cases, under each policy for removed signatures.
enum Verifiers {
    static let audience = "https://service.example.run.app"
    static let now = Date(timeIntervalSince1970: 1_700_000_000)
    static let fixtures = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures").path(percentEncoded: false)

    static let rejecting = Self.make(.reject)
    static let readingAuthorization = Self.make(.verifyAuthorizationInstead)
    static let trustingCloudRun = Self.make(.trustCloudRun)
    static let trustingCloudRunInEitherHeader = Self.make(.trustCloudRunInEitherHeader)

    private static func make(_ removedSignature: RemovedSignaturePolicy) -> IDTokenVerifier {
        var configuration = IDTokenVerifier.Configuration()
        configuration.removedSignature = removedSignature
        do {
            return try IDTokenVerifier(
                audience: Self.audience,
                callers: .anyGoogleIdentity,
                keys: .file("\(Self.fixtures)/keys/google.json"),
                configuration: configuration
            )
        } catch {
            fatalError("\(error)")
        }
    }
}
