//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting

/// The identity tokens that the metadata server has given, which it gives again until shortly before they expire.
struct IdentityTokens: Sendable {
    /// What the claims of a token depend on.
    struct Request: Sendable {
        let audience: String
        let sender: TokenSender
        /// Whether the token lists the licenses of the machine's image.
        let tellsLicenses: Bool

        fileprivate var key: ExactString {
            ExactString("\(self.sender.rawValue) \(self.tellsLicenses) \(self.audience)")
        }

        /// The machine that a token describes.
        func machine(in project: String) -> TestMachine {
            TestMachine(project: project, licenses: self.tellsLicenses ? ["1000204", "1000205"] : [])
        }
    }

    private static let mostKept = 1_000
    private var tokens: [ExactString: (token: String, keptUntil: Date)] = [:]

    func token(for request: Request, at time: Date) -> String? {
        guard let entry = self.tokens[request.key], entry.keptUntil > time else { return nil }
        return entry.token
    }

    mutating func keep(_ token: String, for request: Request, until time: Date) {
        // A client that asks for ever new audiences must not fill the memory.
        if self.tokens.count >= Self.mostKept { self.tokens = [:] }
        self.tokens[request.key] = (token, time)
    }
}
#endif
