//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if canImport(Darwin)
private import Darwin
#elseif canImport(Musl)
private import Musl
#else
private import Glibc
#endif

/// Fetches small documents over HTTP, within limits of time and size, on a thread of its own for each.
///
/// Redirects are not followed; every response that is complete is returned, whatever its status.
package struct CurlTransport: Sendable {
    private let limits: TransportLimits
    private let certificateAuthorityFile: String?

    /// - Parameters:
    ///   - limits: How much one GET may take.
    ///   - certificateAuthorityFile: The path of certificates (PEM) that vouch for servers instead of the system's.
    package init(limits: TransportLimits = TransportLimits(), certificateAuthorityFile: String? = nil) {
        self.limits = limits
        self.certificateAuthorityFile = certificateAuthorityFile
    }

    /// Checks, without any traffic, whether a URL may be fetched from.
    ///
    /// - Parameter url: The URL.
    /// - Throws: ``TransportError`` that says what is wrong with it, or with the certificate authority file.
    package func check(_ url: String) throws(TransportError) {
        _ = try TransportURL(url)
        if let file = self.certificateAuthorityFile, unsafe access(file, R_OK) != 0 {
            throw TransportError(
                .certificateAuthorityFileUnreadable,
                "the certificate authority file \(file) cannot be read"
            )
        }
    }

    /// A URL as it may be shown: without user, password, query and fragment, which may be secret.
    ///
    /// - Parameter url: The URL.
    /// - Returns: What may be shown; fixed words if it is none.
    package static func shown(_ url: String) -> String {
        TransportURL.shown(url)
    }

    /// Fetches a document.
    ///
    /// - Parameters:
    ///   - url: An `https` URL, or an `http` one on this machine.
    ///   - headers: Header fields to send.
    /// - Returns: The response.
    /// - Throws: ``TransportError``; of the kind `cancelled` if the task is cancelled.
    package func get(
        _ url: String,
        headers: [(name: String, value: String)] = []
    ) async throws(TransportError) -> HTTPResponse {
        let transfer = Transfer(
            url: url,
            fields: headers,
            limits: self.limits,
            certificateAuthorityFile: self.certificateAuthorityFile
        )
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let hasStarted = DedicatedThread.start {
                    transfer.perform { continuation.resume(returning: $0) }
                }
                if !hasStarted {
                    continuation.resume(returning: .failure(TransportError(.other, "there can be no more threads")))
                }
            }
        } onCancel: {
            transfer.cancel()
        }
        return try result.get()
    }
}
