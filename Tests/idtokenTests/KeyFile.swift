//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import OpenSSLSigning
internal import Testing

/// The key file of a service account, and what the account asserts with it.
struct KeyFile {
    let tokenURI: String
    private let email: String
    private let keyID: String
    private let key: RSAKeyPair

    init(_ path: String) throws {
        let data = try Data(contentsOf: URL(filePath: path))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: String])
        self.tokenURI = try #require(object["token_uri"])
        self.email = try #require(object["client_email"])
        self.keyID = try #require(object["private_key_id"])
        self.key = try RSAKeyPair(privateKeyPEM: Array(try #require(object["private_key"]).utf8))
    }

    /// An assertion for the key grant with changes.
    func assertion(_ changes: [String: String]) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let times = ["past": now - 3_600, "far": now + 7_200, "future": now + 600]
        let header = ["alg": changes["alg"] ?? "RS256", "kid": changes["kid"] ?? self.keyID, "typ": "JWT"]
        var claims: [String: Any] = ["iss": self.email, "aud": self.tokenURI, "iat": now, "exp": now + 3_600]
        for (name, value) in changes where !["alg", "kid", "signature"].contains(name) {
            claims[name] = times[value] ?? value
        }
        let signed = try [header, claims]
            .map { Base64URL.encode(Array(try JSONSerialization.data(withJSONObject: $0))) }
            .joined(separator: ".")
        return try signed + "." + (changes["signature"] ?? Base64URL.encode(self.key.sign(Array(signed.utf8))))
    }
}

extension StandInProcess {
    /// Asks for a token with an assertion.
    func grant(_ assertion: String) async throws -> StandInResponse {
        try await self.send(
            "/token",
            method: "POST",
            body: "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=\(assertion)"
        )
    }
}

/// A folder for one test.
final class TestFolder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.path = folder.path(percentEncoded: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }
}
#endif
