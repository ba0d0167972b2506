//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import AsyncHTTPClient
import GoogleIDTokenCredentials
import Hummingbird
import Logging

/// A private service that this service calls with ID tokens.
struct PrivateService: Sendable {
    private static let largestBody = 1 << 20

    private let url: String
    private let audience: String
    private let credentials: IDTokenCredentials
    private let client: HTTPClient

    struct SettingMissing: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads where the service is, and which audience it expects.
    ///
    /// On Cloud Run both are the same URL. They differ only if requests take another way, such as a proxy or, on a
    /// developer's machine, the loopback interface.
    ///
    /// - Parameters:
    ///   - name: The beginning of the environment variables' names: `NAME_URL` and `NAME_AUDIENCE`.
    ///   - environment: The environment variables.
    ///   - credentials: The source of tokens.
    ///   - client: An HTTP client that does not follow redirects, which could carry the token to another host.
    /// - Throws: ``SettingMissing``.
    init(
        _ name: String,
        _ environment: Environment,
        _ credentials: IDTokenCredentials,
        _ client: HTTPClient
    ) throws {
        func setting(_ suffix: String) throws -> String {
            if let value = environment.get("\(name)_\(suffix)"), !value.isEmpty { return value }
            throw SettingMissing(description: "the environment variable \(name)_\(suffix) is not set; set it to a URL")
        }
        self.url = try setting("URL")
        self.audience = try setting("AUDIENCE")
        self.credentials = credentials
        self.client = client
    }

    /// Sends a request and passes the response on.
    ///
    /// - Parameters:
    ///   - folder: The path before the last segment.
    ///   - name: The last segment, from the user: letters, digits, hyphens and underscores.
    ///   - logger: Receives the reason if there is no response.
    /// - Returns: The service's response; or 503 if there is none.
    /// - Throws: `HTTPError` with 400 if the name contains something else.
    func get(_ folder: String, _ name: String, _ logger: Logger) async throws -> Response {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isName else {
            throw HTTPError(.badRequest, message: "a name has letters, digits, hyphens and underscores")
        }
        do {
            var request = HTTPClientRequest(url: "\(self.url)/\(folder)/\(name)")
            let header = try await self.credentials.header(for: self.audience)
            request.headers.add(name: header.name, value: header.value)
            let response = try await self.client.execute(request, timeout: .seconds(10))
            let body = try await response.body.collect(upTo: Self.largestBody)
            return Response(
                status: .init(code: Int(response.status.code)),
                headers: [.contentType: response.headers.first(name: "content-type") ?? "text/plain"],
                body: .init(byteBuffer: body)
            )
        } catch {
            logger.error("no response from \(self.url): \(error)")
            return Response(status: .serviceUnavailable, headers: [.retryAfter: "1"])
        }
    }
}
