//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDTokenTesting
internal import Testing

/// Captured requests with tokens of the test issuer, and the report of an audit of them.
struct ReportedAudit {
    static let audience = "https://service.example.run.app"
    /// 2026-10-01, a Thursday.
    static let start = 1_790_812_800

    /// A request as a line of a log.
    struct Request {
        let time: Int
        let token: String
        var peer = "192.0.2.1"

        var line: String {
            let object: [String: Any] = [
                "timestamp": Date(timeIntervalSince1970: Double(self.time)).ISO8601Format(),
                "httpRequest": ["remoteIp": self.peer, "headers": ["authorization": "Bearer \(self.token)"]],
            ]
            let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
            return String(decoding: data ?? Data(), as: UTF8.self)
        }
    }

    /// A token that is valid for an hour.
    static func token(_ email: String, issuedAt time: Int, keyID: String? = nil) throws -> String {
        let issuer = try TestIssuer()
        let claims: [String: Any] = [
            "iss": "https://accounts.google.com", "aud": Self.audience, "sub": "1234567890", "email": email,
            "email_verified": true, "iat": time, "exp": time + 3_600,
        ]
        let header = ["alg": "RS256", "kid": keyID ?? issuer.keyID]
        return try issuer.sign(
            claims: String(decoding: JSONSerialization.data(withJSONObject: claims), as: UTF8.self),
            header: String(decoding: JSONSerialization.data(withJSONObject: header), as: UTF8.self)
        )
    }

    let command: Command
    /// The file of the report.
    let page: URL
    let html: String

    /// Audits requests.
    ///
    /// - Parameters:
    ///   - requests: The requests.
    ///   - folder: Where the files are made.
    ///   - keys: The keys; those of the test issuer if nil.
    ///   - arguments: More arguments.
    /// - Throws: If the command cannot be run.
    init(
        _ requests: [Request],
        in folder: URL,
        keys: String? = nil,
        _ arguments: String...
    ) async throws {
        try await self.init(lines: requests.map(\.line), in: folder, keys: keys, arguments)
    }

    init(lines: [String], in folder: URL, keys: String? = nil, _ arguments: [String] = []) async throws {
        let log = folder.appending(path: "log.ndjson")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: log)
        let document = folder.appending(path: "keys.json")
        try Data(try TestIssuer().keyDocument).write(to: document)
        self.page = folder.appending(path: "report.html")
        self.command = try await Command(
            [
                "audit", "--keys", keys ?? document.path(percentEncoded: false), "--audience", Self.audience,
                "--field", ".httpRequest.headers.authorization", "--format", "ndjson", "--report",
                self.page.path(percentEncoded: false),
            ] + arguments + [log.path(percentEncoded: false)]
        )
        self.html = (try? String(contentsOf: self.page, encoding: .utf8)) ?? ""
    }
}
#endif
