//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenPlatform

/// Sends HTTP requests with small responses within time and size limits, with one thread for each request.
///
/// It does not follow redirects, and returns every complete response, whatever its status.
package struct CurlTransport: Sendable {
    private let limits: TransportLimits
    private let authorities: CertificateAuthorities
    private let allowsPlainHTTP: Bool

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - limits: The limits of one request.
    ///   - certificateAuthorityFile: The path of a PEM file of certificate authorities that replaces the system's and
    ///     those of the environment, which are read now.
    ///   - allowsPlainHTTP: Whether `http` URLs of other machines may be fetched, without TLS and without a proxy.
    package init(
        limits: TransportLimits = TransportLimits(),
        certificateAuthorityFile: String? = nil,
        allowsPlainHTTP: Bool = false
    ) {
        self.limits = limits
        self.authorities = certificateAuthorityFile.map { .file($0) } ?? .ofEnvironment()
        self.allowsPlainHTTP = allowsPlainHTTP
    }

    /// Checks whether a URL may be fetched, without network traffic.
    ///
    /// - Parameter url: The URL.
    /// - Throws: ``TransportError`` that describes the error in the URL, or in the certificate authorities if the URL needs
    ///   them.
    package func check(_ url: String) throws(TransportError) {
        let target = try TransportURL(url, allowsPlainHTTP: self.allowsPlainHTTP)
        if target.isEncrypted { try self.authorities.check() }
    }

    /// Returns a URL without user, password, query and fragment, which may be secret.
    ///
    /// - Parameter url: The URL.
    /// - Returns: The shortened URL, or a fixed text if it cannot be parsed.
    package static func shown(_ url: String) -> String {
        TransportURL.shown(url)
    }

    /// Fetches a document.
    ///
    /// - Parameters:
    ///   - url: An `https` URL, or an `http` URL on this machine, or on any machine if the transport allows it.
    ///   - headers: Header fields to send.
    /// - Returns: The response.
    /// - Throws: ``TransportError``; its kind is `cancelled` if the task is cancelled.
    package func get(
        _ url: String,
        headers: [(name: String, value: String)] = []
    ) async throws(TransportError) -> HTTPResponse {
        try await self.send(HTTPRequest(.get, url, fields: headers))
    }

    /// Sends a request.
    ///
    /// - Parameter request: The request.
    /// - Returns: The response.
    /// - Throws: ``TransportError``; its kind is `cancelled` if the task is cancelled.
    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let transfer = Transfer(
            request: request,
            limits: self.limits,
            authorities: self.authorities,
            allowsPlainHTTP: self.allowsPlainHTTP
        )
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let hasStarted = DedicatedThread.start {
                    transfer.perform { continuation.resume(returning: $0) }
                }
                if !hasStarted {
                    continuation.resume(returning: .failure(TransportError(.other, "no thread can be created")))
                }
            }
        } onCancel: {
            transfer.cancel()
        }
        return try result.get()
    }
}
