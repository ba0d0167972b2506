//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import IDTokenPlatform

/// The HTTP client that fetches key documents: libcurl, or a client that the service provides.
struct KeyClient: Sendable {
    /// The time limit for a client that the service provides; libcurl has its own limits.
    static let timeLimit: Duration = .seconds(5)

    /// Sends one GET request.
    let get:
        @Sendable (_ url: String, _ headerFields: [(name: String, value: String)]) async throws -> KeySource.Response

    /// Creates a client that uses libcurl.
    init(_ transport: CurlTransport) {
        self.get = { url, headerFields in
            let response = try await transport.get(url, headers: headerFields)
            return KeySource.Response(
                status: response.status,
                headerFields: response.fields,
                body: response.body
            )
        }
    }

    /// Creates a client that calls a function of the service.
    init(
        _ fetch:
            @escaping @Sendable (
                _ url: String,
                _ headerFields: [(name: String, value: String)]
            ) async throws -> KeySource.Response,
        timeLimit: Duration
    ) {
        self.get = { url, headerFields in
            let result = await TimeLimit.first(within: timeLimit) { try await fetch(url, headerFields) }
            guard let result else {
                throw Failure(reason: "the service's own HTTP client returned no response within \(timeLimit)")
            }
            do {
                return try result.get()
            } catch {
                throw Failure(
                    reason: "the service's own HTTP client failed with \(type(of: error)); the error itself is in the "
                        + "event fetchFailed",
                    underlying: error
                )
            }
        }
    }

    /// The reason why the service's client returned no response.
    ///
    /// The text contains only the type of the client's error: an error may print a proxy's password or a token.
    struct Failure: Error, CustomStringConvertible {
        let reason: String
        var underlying: (any Error)?

        var description: String { self.reason }
    }
}
