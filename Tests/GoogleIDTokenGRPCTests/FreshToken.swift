//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if GRPC
internal import FoundationEssentials
internal import GoogleIDToken
internal import TestSupport

/// Tokens that are valid now: a server judges by its own clock.
enum FreshToken {
    static func minted(header: [String: String?] = [:], _ changes: [String: String?] = [:]) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let claims = ["iat": "\(now)", "exp": "\(now + 3_600)"].merging(changes) { _, change in change }
        return try TestToken.minted(header: TestToken.header(header), claims: TestToken.claims(claims))
    }

    /// A token of someone else.
    static func minted(email: String) throws -> String {
        try Self.minted(["email": "\"\(email)\""])
    }

    /// A token with another third segment.
    static func minted(signature: String) throws -> String {
        try Self.minted().split(separator: ".").prefix(2).joined(separator: ".") + "." + signature
    }
}

extension IDTokenVerifier {
    /// A verifier of fresh tokens with keys from a server.
    init(keysFrom server: LoopbackServer, onEvent: (@Sendable (Event) -> Void)? = nil) throws {
        var configuration = Configuration()
        configuration.onEvent = onEvent
        // So that a token of a second is still accepted on a machine that is busy for minutes.
        configuration.clockSkew = .seconds(300)
        // Far below what HTTP/2 takes for the whole metadata.
        configuration.maximumTokenSize = 4_096
        try self.init(
            audience: TestToken.audience,
            callers: .serviceAccounts(TestToken.email, ProfilesService.admin),
            keys: .remote(server.url()),
            configuration: configuration
        )
    }
}

extension Answer {
    /// The key document of the test key.
    static func keys() throws -> Answer {
        .response(fields: [("Cache-Control", "max-age=1000")], body: try TestToken.keyDocument)
    }
}
#endif
