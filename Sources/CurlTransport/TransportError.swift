//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The reason why there is no response.
package struct TransportError: Error, Sendable, CustomStringConvertible {
    /// A time limit.
    package enum TimeLimit: Sendable {
        case connecting
        case whole
    }

    /// The kind of failure.
    package enum Kind: Sendable, Equatable {
        case invalidURL
        /// The URL is `http` of another machine, which this transport does not allow.
        case plainHTTP
        case certificateAuthoritiesUnreadable
        case nameNotResolved
        case connectionRefused
        case timedOut(TimeLimit)
        case tlsRefused
        case proxyFailed
        /// The response is not HTTP.
        case invalidAnswer
        case tooLarge
        case cutShort
        case connectionLost
        case contentEncoding
        case cancelled
        case other
    }

    package let kind: Kind
    /// A description of the failure, in one line of printable ASCII.
    package let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = String(
            String.UnicodeScalarView(description.unicodeScalars.prefix(300).filter { " "..."~" ~= $0 })
        )
    }
}

extension TransportError {
    static let proxyUnusable = TransportError(
        .proxyFailed,
        "the proxy of the environment cannot be used, or the host cannot be reached through it; check https_proxy and "
            + "similar variables, and egress"
    )

    static func headerTooLarge(_ limits: TransportLimits) -> TransportError {
        TransportError(
            .tooLarge,
            "the header of the response is larger than \(limits.headerSize / 1024) KiB or has more than "
                + "\(limits.headerLineCount) lines"
        )
    }

    static func bodyTooLarge(_ limits: TransportLimits) -> TransportError {
        TransportError(.tooLarge, "the response is larger than \(limits.bodySize / 1024) KiB")
    }
}
