//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
internal import OpenSSLSignature
internal import OpenSSLSigning

/// Signs requests to AWS (Signature Version 4, AWS4-HMAC-SHA256).
struct AWSSignature: Sendable {
    static let algorithm = "AWS4-HMAC-SHA256"

    /// The keys of an AWS identity.
    struct Keys: Sendable {
        let id: String
        let secret: String
        /// Present for temporary keys.
        let sessionToken: String?
    }

    /// The request to sign, without content.
    struct Request: Sendable {
        let method: String
        let host: String
        /// The path in its canonical form, at least `/`.
        let path: String
        /// The parameters of the query, not encoded.
        var query: [(name: String, value: String)] = []
        /// Header fields besides `host` and the date, with names in lower case.
        var fields: [(name: String, value: String)] = []
    }

    let keys: Keys
    let region: String
    let service: String

    /// Signs a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - seconds: The current time, in seconds since 1970.
    /// - Returns: All header fields of the request, by name; `authorization` is the last.
    /// - Throws: `OpenSSLError` if OpenSSL fails.
    func fields(for request: Request, at seconds: Double) throws(OpenSSLError) -> [(name: String, value: String)] {
        let date = Self.date(seconds)
        let day = String(decoding: date.utf8.prefix(8), as: UTF8.self)
        var fields = request.fields + [("host", request.host), ("x-amz-date", date)]
        if let token = self.keys.sessionToken { fields.append(("x-amz-security-token", token)) }
        fields.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

        let names = fields.map(\.name).joined(separator: ";")
        let canonical = [
            request.method, request.path, Self.canonicalQuery(request.query),
            fields.map { "\($0.name):\($0.value)\n" }.joined(), names, try Self.hash(""),
        ]
        let scope = "\(day)/\(self.region)/\(self.service)/aws4_request"
        let text = [Self.algorithm, date, scope, try Self.hash(canonical.joined(separator: "\n"))]
        let signature = try MessageAuthentication.code(
            of: Array(text.joined(separator: "\n").utf8),
            key: try self.signingKey(day)
        )
        let value =
            "\(Self.algorithm) Credential=\(self.keys.id)/\(scope), SignedHeaders=\(names), "
            + "Signature=\(Self.hexadecimal(signature))"
        return fields + [("authorization", value)]
    }

    /// Derives the key for a day, a region and a service.
    func signingKey(_ day: String) throws(OpenSSLError) -> [UInt8] {
        var key = Array("AWS4\(self.keys.secret)".utf8)
        for part in [day, self.region, self.service, "aws4_request"] {
            key = try MessageAuthentication.code(of: Array(part.utf8), key: key)
        }
        return key
    }

    private static func canonicalQuery(_ query: [(name: String, value: String)]) -> String {
        query.map { (FormText.encode($0.name), FormText.encode($0.value)) }
            .sorted { left, right in
                left.0.utf8.elementsEqual(right.0.utf8)
                    ? left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
                    : left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
            }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// The time in the basic format of ISO 8601, such as `20150830T123600Z`.
    private static func date(_ seconds: Double) -> String {
        let style = Date.ISO8601FormatStyle(
            dateSeparator: .omitted,
            dateTimeSeparator: .standard,
            timeSeparator: .omitted,
            timeZone: .gmt
        )
        return Date(timeIntervalSince1970: seconds).formatted(style)
    }

    /// The SHA-256 digest of a text, in hexadecimal digits.
    private static func hash(_ text: String) throws(OpenSSLError) -> String {
        let bytes = Array(text.utf8)
        guard let hash = try SHA256Digest().hash(bytes.span) else { throw OpenSSLError.drainingQueue() }
        return Self.hexadecimal(hash.indices.map { hash[$0] })
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
